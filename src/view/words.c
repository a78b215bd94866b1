#include "view/words.h"

int64_t words_ttl_change_ms(int64_t left_ms, bool raw)
{
    int64_t unit_ms = raw ? 1000 : (int64_t)words_ttl_unit((uint32_t)(left_ms / 1000)) * 1000;

    return left_ms % unit_ms + 1;
}

static const struct outcome_words outcomes[] = {
    [OUTCOME_ANSWERED] = {"✓", ROLE_ANSWERED, "answered", "NOERROR",
                          "The records asked for are there."},
    [OUTCOME_NODATA] = {"-", ROLE_NODATA, "no data", "NODATA",
                        "The name exists, but it has no record of this type (RFC 2308 2.2)."},
    [OUTCOME_NXDOMAIN] = {"✗", ROLE_NXDOMAIN, "no such name", "NXDOMAIN",
                          "Neither this name nor anything below it exists (RFC 8020)."},
    [OUTCOME_SERVFAIL] = {"!", ROLE_SERVFAIL, "server failed", "SERVFAIL",
                          "The resolver could not find out; senders keep the mail and try again."},
    [OUTCOME_REFUSED] = {"!", ROLE_REFUSED, "refused", "REFUSED",
                         "The server does not want to answer this; ask another one."},
    [OUTCOME_TIMEOUT] = {"?", ROLE_TIMEOUT, "timed out", "no reply",
                         "Nobody answered in time, so nothing is known."},
    [OUTCOME_MALFORMED] = {"!", ROLE_MALFORMED, "malformed", "unreadable",
                           "Something came that is not a DNS reply; no part of it is used."},
    [OUTCOME_INVALID] = {"✗", ROLE_ERROR, "invalid name", "not asked",
                         "This cannot be a name, so it was not asked for."},
};

static const struct outcome_words waiting = {"↻", ROLE_WAITING, "waiting", "no reply yet",
                                             "Asked; the answer is on its way."};

const struct outcome_words *words_outcome(enum outcome outcome)
{
    return &outcomes[outcome];
}

const struct outcome_words *words_reply(const struct reply *reply)
{
    return reply ? words_outcome(reply->outcome) : &waiting;
}

const char *words_spinner(int64_t now_ms)
{
    static const char *const frames[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    return frames[now_ms / SPINNER_MS % (int64_t)(sizeof frames / sizeof frames[0])];
}
