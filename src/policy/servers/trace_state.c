#include "policy/servers/trace_walk.h"

const char *trace_state_text(enum trace_state state)
{
    static const char *const words[] = {
        [TRACE_PENDING] = "waiting",       [TRACE_REFERRAL] = "referral",
        [TRACE_ANSWER] = "answer",         [TRACE_NODATA] = "nodata",
        [TRACE_NXDOMAIN] = "nxdomain",     [TRACE_LAME] = "lame",
        [TRACE_REFUSED] = "refused",       [TRACE_SILENT] = "timeout",
        [TRACE_FAILED] = "failed",         [TRACE_NOT_ASKED] = "not_asked",
        [TRACE_SPARED] = "spared",         [TRACE_NO_GLUE] = "no_glue",
        [TRACE_NO_ADDRESS] = "no_address", [TRACE_NOT_KNOWN] = "address_unknown",
    };

    return words[state];
}

bool trace_state_is_good(enum trace_state state)
{
    return state >= TRACE_REFERRAL && state <= TRACE_NXDOMAIN;
}

const char *trace_origin_text(enum trace_origin origin)
{
    static const char *const words[] = {"hint", "glue", "lookup"};

    return words[origin];
}

const char *trace_ds_text(enum trace_ds ds)
{
    static const char *const words[] = {
        [TRACE_DS_UNKNOWN] = "unknown", [TRACE_DS_NONE] = "none",
        [TRACE_DS_GOOD] = "good",       [TRACE_DS_THERE] = "there",
        [TRACE_DS_NO_KEYS] = "no_keys", [TRACE_DS_OTHER_KEY] = "other_key",
    };

    return words[ds];
}

bool trace_ds_is_broken(enum trace_ds ds)
{
    return ds == TRACE_DS_NO_KEYS || ds == TRACE_DS_OTHER_KEY;
}

const char *trace_end_text(enum trace_end end)
{
    static const char *const words[] = {"waiting",  "answer", "nodata",
                                        "nxdomain", "broken", "unknown"};

    return words[end];
}

const struct reply *trace_ask(struct trace_walk *walk, const struct address *server,
                              const char *name, uint16_t type)
{
    struct question question = {
        .name = name, .type = type, .flags = QUESTION_NO_RECURSION, .server = *server};
    const struct reply *reply = lookup_question(walk->lookup, &question);

    walk->trace->complete &= reply != NULL;
    return reply;
}
