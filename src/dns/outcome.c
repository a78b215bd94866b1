#include "dns/outcome.h"

#include <stddef.h>
#include <string.h>

struct words {
    const char *text, *word, *code, *phrase, *failure, *sentence;
};

#define FAILURE(word) "cannot be looked up now (" word ")"
#define PLAIN(text, word, sentence)                                                                \
    {                                                                                              \
        text, word, "", word, FAILURE(word), sentence                                              \
    }
#define CODED(text, word, code, sentence)                                                          \
    {                                                                                              \
        text, word, code, word " (" code ")", FAILURE(word), sentence                              \
    }

static const struct words outcomes[OUTCOME_COUNT] = {
    [OUTCOME_ANSWERED] = {"answered", "answered", "NOERROR", "answered", "",
                          "The records are there."},
    [OUTCOME_NODATA] = CODED("nodata", "no data", "NODATA",
                             "The name exists, but it has no record of this type (RFC 2308 2.2)."),
    [OUTCOME_NXDOMAIN] = CODED("nxdomain", "no such name", "NXDOMAIN",
                               "Neither this name nor anything below it exists (RFC 8020)."),
    [OUTCOME_SERVFAIL] = CODED("servfail", "server failure", "SERVFAIL",
                               "The server could not get an answer. Senders keep the mail and "
                               "retry."),
    [OUTCOME_REFUSED] = {"refused", "refused", "REFUSED", "refused", FAILURE("refused"),
                         "The server refuses to answer this query. Query another one."},
    [OUTCOME_TIMEOUT] =
        PLAIN("timeout", "timed out", "No response came in time, so nothing is known."),
    [OUTCOME_MALFORMED] = PLAIN("malformed", "malformed",
                                "A response came that is not a valid DNS message. No part of it is "
                                "used."),
    [OUTCOME_INVALID] =
        PLAIN("invalid", "invalid name", "This cannot be a name, so it was not queried."),
    [OUTCOME_UNREACHABLE] = PLAIN("unreachable", "unreachable",
                                  "There is no route to the server, so nothing is known."),
    [OUTCOME_CONNECTION_REFUSED] =
        PLAIN("connection_refused", "connection refused",
              "The host is there, but no DNS server listens on it, so nothing is known."),
    [OUTCOME_CONNECTION_RESET] = PLAIN("connection_reset", "connection reset",
                                       "The server closed the connection before its response was "
                                       "complete, so nothing is known."),
    [OUTCOME_NO_MATCH] = PLAIN("no_match", "no matching response",
                               "Only responses to other queries came. They may be forged and are "
                               "ignored, so nothing is known."),
    [OUTCOME_NOT_ASKED] = {"not_asked", "not queried", "", "not queried", "was not queried",
                           "This query was not sent, so nothing is known."},
};

const char *outcome_text(enum outcome outcome)
{
    return outcomes[outcome].text;
}

bool outcome_parse(const char *text, enum outcome *outcome)
{
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        if (strcmp(outcomes[i].text, text) == 0) {
            *outcome = (enum outcome)i;
            return true;
        }
    return false;
}

const char *outcome_word(enum outcome outcome)
{
    return outcomes[outcome].word;
}

const char *outcome_code(enum outcome outcome)
{
    return outcomes[outcome].code;
}

const char *outcome_phrase(enum outcome outcome)
{
    return outcomes[outcome].phrase;
}

const char *outcome_failure(enum outcome outcome)
{
    return outcomes[outcome].failure;
}

const char *outcome_sentence(enum outcome outcome)
{
    return outcomes[outcome].sentence;
}

bool outcome_is_temporary(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_ANSWERED:
    case OUTCOME_NODATA:
    case OUTCOME_NXDOMAIN:
    case OUTCOME_INVALID:
        return false;
    default:
        return true;
    }
}
