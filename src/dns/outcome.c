#include "dns/outcome.h"

#include "base/message.h"

#include <stddef.h>
#include <string.h>

struct words {
    const char *text, *word, *phrase, *sentence;
};

static const struct words outcomes[OUTCOME_COUNT] = {
    [OUTCOME_ANSWERED] = {"answered", N_("answered"), N_("answered"), N_("The records are there.")},
    [OUTCOME_NODATA] = {"nodata", N_("no data"), N_("no data (NODATA)"),
                        N_("The name exists, but it has no record of this type (RFC 2308 2.2).")},
    [OUTCOME_NXDOMAIN] = {"nxdomain", N_("no such name"), N_("no such name (NXDOMAIN)"),
                          N_("Neither this name nor anything below it exists (RFC 8020).")},
    [OUTCOME_SERVFAIL] = {"servfail", N_("server failure"), N_("server failure (SERVFAIL)"),
                          N_("The server could not get an answer. Senders defer the mail.")},
    [OUTCOME_REFUSED] = {"refused", N_("refused"), N_("refused"),
                         N_("The server refuses to answer this query. Query another server.")},
    [OUTCOME_TIMEOUT] = {"timeout", N_("timed out"), N_("timed out"),
                         N_("No response came in time, so nothing is known.")},
    [OUTCOME_MALFORMED] = {"malformed", N_("malformed"), N_("malformed"),
                           N_("The response is not a valid DNS message. No part of it is used.")},
    [OUTCOME_INVALID] = {"invalid", N_("invalid name"), N_("invalid name"),
                         N_("This cannot be a name, so it was not queried.")},
    [OUTCOME_UNREACHABLE] = {"unreachable", N_("unreachable"), N_("unreachable"),
                             N_("There is no route to the server, so nothing is known.")},
    [OUTCOME_CONNECTION_REFUSED] =
        {"connection_refused", N_("connection refused"), N_("connection refused"),
         N_("The host is there, but no DNS server listens on it, so nothing is known.")},
    [OUTCOME_CONNECTION_RESET] =
        {"connection_reset", N_("connection reset"), N_("connection reset"),
         N_("The server closed the connection before its response was complete, so "
            "nothing is known.")},
    [OUTCOME_UNTRUSTED] =
        {"untrusted", N_("certificate not valid"), N_("certificate not valid"),
         N_("The certificate does not prove that the resolver is the one you named. Nothing was "
            "sent to it, so nothing is known.")},
    [OUTCOME_NO_TLS] = {"no_tls", N_("no TLS"), N_("no TLS"),
                        N_("There is no encrypted connection to the resolver. mxtrail sends "
                           "nothing without encryption instead, so nothing is known.")},
    [OUTCOME_NO_MATCH] = {"no_match", N_("no matching response"), N_("no matching response"),
                          N_("Only responses to other queries came. They may be forged and are "
                             "ignored, so nothing is known.")},
    [OUTCOME_NOT_ASKED] = {"not_asked", N_("not queried"), N_("not queried"),
                           N_("This query was not sent, so nothing is known.")},
    [OUTCOME_NOT_IN_FILE] = {"not_in_file", N_("not in the file"), N_("not in the file"),
                             N_("The zone file does not cover this name, so nothing is known.")},
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
    return tr(outcomes[outcome].word);
}

const char *outcome_phrase(enum outcome outcome)
{
    return tr(outcomes[outcome].phrase);
}

const char *outcome_sentence(enum outcome outcome)
{
    return tr(outcomes[outcome].sentence);
}

bool outcome_is_temporary(enum outcome outcome)
{
    return outcome > OUTCOME_NXDOMAIN && outcome != OUTCOME_INVALID;
}
