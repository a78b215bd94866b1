/* What one reply says of its server, on the way from the root. */
#include "policy/servers/trace_walk.h"
#include "policy/servers/trace_words.h"

#include "dns/type.h"
#include "unit/check.h"

#include <string.h>

#define ZONE "com."
#define NAME "a.example.com."

struct said {
    const char *what;
    enum outcome outcome;
    bool aa;
    int rcode;
    bool answers, alias;
    const char *ns;          /* owner in the authority section; NULL: none */
    bool soa;                /* stands there, too */
    const char *state, *why; /* why: NULL none */
};

static const struct said cases[] = {
    {"a referral", OUTCOME_NODATA, false, 0, false, false, "example.com.", false, "referral", NULL},
    {"a referral to the name itself", OUTCOME_NODATA, false, 0, false, false, NAME, false,
     "referral", NULL},
    {"to the same zone", OUTCOME_NODATA, false, 0, false, false, ZONE, false, "lame",
     "does not answer for com: refers to com, which leads nowhere"},
    {"upwards", OUTCOME_NODATA, false, 0, false, false, ".", false, "lame",
     "does not answer for com: refers to ., which leads nowhere"},
    {"to a zone beside the name", OUTCOME_NODATA, false, 0, false, false, "other.com.", false,
     "lame", "does not answer for com: refers to other.com, which leads nowhere"},
    {"NS records below an answer", OUTCOME_ANSWERED, true, 0, true, false, "example.com.", false,
     "answer", NULL},
    {"an answer without authority", OUTCOME_ANSWERED, false, 0, true, false, "example.com.", false,
     "lame", "does not answer for com: without authority (no AA)"},
    {"an alias", OUTCOME_NODATA, true, 0, true, true, NULL, false, "answer", NULL},
    {"no such type", OUTCOME_NODATA, true, 0, false, false, NULL, true, "nodata", NULL},
    {"no such type, with NS records", OUTCOME_NODATA, true, 0, false, false, "example.com.", true,
     "nodata", NULL},
    {"no such name", OUTCOME_NXDOMAIN, true, 3, false, false, NULL, true, "nxdomain", NULL},
    {"no such name, with NS records", OUTCOME_NXDOMAIN, true, 3, false, false, "example.com.",
     false, "nxdomain", NULL},
    {"nothing at all", OUTCOME_NODATA, false, 0, false, false, NULL, false, "lame",
     "does not answer for com: without authority (no AA)"},
    {"refused", OUTCOME_REFUSED, false, 5, false, false, NULL, false, "refused", NULL},
    {"silence", OUTCOME_TIMEOUT, false, -1, false, false, NULL, false, "timeout", NULL},
    {"no question", OUTCOME_NOT_ASKED, false, -1, false, false, NULL, false, "not_asked", NULL},
    {"no name", OUTCOME_INVALID, false, -1, false, false, NULL, false, "not_asked", NULL},
    {"no reply that can be read", OUTCOME_MALFORMED, false, -1, false, false, NULL, false, "failed",
     NULL},
    {"no way to it", OUTCOME_UNREACHABLE, false, -1, false, false, NULL, false, "failed", NULL},
    {"a failure", OUTCOME_SERVFAIL, false, 2, false, false, NULL, false, "lame",
     "does not answer for com: server failure (SERVFAIL)"},
    {"a failure with authority", OUTCOME_SERVFAIL, true, 2, false, false, NULL, false, "lame",
     "does not answer for com: server failure (SERVFAIL)"},
};

static void a_reply_says_what_its_server_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct said *said = &cases[i];
        struct record records[] = {{.owner = "com.", .type = TYPE_TXT},
                                   {.owner = "com.", .type = TYPE_SOA},
                                   {.owner = said->ns, .type = TYPE_NS}};
        size_t from = said->soa ? 1 : 2;
        struct reply reply = {.question = {.name = NAME, .type = TYPE_MX},
                              .outcome = said->outcome,
                              .aa = said->aa,
                              .rcode = said->rcode,
                              .alias_count = said->alias,
                              .answer = {records, said->answers},
                              .authority = {records + from, (said->ns ? 3 : 2) - from}};
        struct trace_view view = {.name = NAME, .type = TYPE_MX};
        struct trace_server server = {.reply = &reply};
        struct arena *arena = arena_new();

        print_message("# %s\n", said->what);
        trace_judge(arena, &view, ZONE, &server);
        assert_string_equal(trace_state_text(server.state), said->state);
        assert_string_equal(server.why ? server.why : "", said->why ? said->why : "");
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_says_what_its_server_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
