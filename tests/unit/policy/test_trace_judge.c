/* What one reply says of its server, on the way from the root. */
#include "policy/servers/dnssec.h"
#include "policy/servers/trace_walk.h"
#include "policy/servers/trace_words.h"

#include "base/text.h"
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

/* ---- DS and DNSKEY ---- */

#define ABSENT OUTCOME_COUNT
enum { TAG = 2064 }; /* of the key below */

static const struct {
    const char *what;
    enum outcome ds;
    bool ds_aa;
    enum outcome keys;
    bool keys_aa;
    uint16_t tag;
    uint8_t algorithm, digest_type; /* of the DS record */
    const char *told;
} pairs[] = {
    {"no reply", ABSENT, false, ABSENT, false, 0, 0, 0, "unknown"},
    {"no DS record", OUTCOME_NODATA, true, ABSENT, false, 0, 0, 0, "none"},
    {"no such name", OUTCOME_NXDOMAIN, true, ABSENT, false, 0, 0, 0, "none"},
    {"none, without authority", OUTCOME_NODATA, false, ABSENT, false, 0, 0, 0, "unknown"},
    {"a failure", OUTCOME_SERVFAIL, true, ABSENT, false, 0, 0, 0, "unknown"},
    {"keys not known", OUTCOME_ANSWERED, true, ABSENT, false, TAG, 13, 2, "there"},
    {"keys fail", OUTCOME_ANSWERED, true, OUTCOME_SERVFAIL, true, TAG, 13, 2, "there"},
    {"keys without authority", OUTCOME_ANSWERED, true, OUTCOME_ANSWERED, false, TAG, 13, 2,
     "there"},
    {"no keys", OUTCOME_ANSWERED, true, OUTCOME_NODATA, true, TAG, 13, 2, "no_keys"},
    {"the key", OUTCOME_ANSWERED, true, OUTCOME_ANSWERED, true, TAG, 13, 2, "good"},
    {"the key, DS without authority", OUTCOME_ANSWERED, false, OUTCOME_ANSWERED, true, TAG, 13, 2,
     "good"},
    {"another tag", OUTCOME_ANSWERED, true, OUTCOME_ANSWERED, true, TAG + 1, 13, 2, "other_key"},
    {"another algorithm", OUTCOME_ANSWERED, true, OUTCOME_ANSWERED, true, TAG, 8, 2, "other_key"},
    {"another key, and a digest nobody knows", OUTCOME_ANSWERED, true, OUTCOME_ANSWERED, true,
     TAG + 1, 13, 200, "there"},
};

static void ds_records_are_held_against_keys(void **state)
{
    static const uint8_t octets[] = {1, 2, 3};
    static const struct record key = {
        .type = TYPE_DNSKEY,
        .dnskey = {.flags = 257, .protocol = 3, .algorithm = 13, .key = {octets, 3}}};
    static const struct record *const key_list[] = {&key};

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct record record = {.type = TYPE_DS,
                                .ds = {.key_tag = pairs[i].tag,
                                       .algorithm = pairs[i].algorithm,
                                       .digest_type = pairs[i].digest_type}};
        const struct record *const list[] = {&record};
        struct reply ds = {.outcome = pairs[i].ds,
                           .aa = pairs[i].ds_aa,
                           .records = list,
                           .record_count = pairs[i].ds == OUTCOME_ANSWERED};
        struct reply keys = {.outcome = pairs[i].keys,
                             .aa = pairs[i].keys_aa,
                             .records = key_list,
                             .record_count = pairs[i].keys == OUTCOME_ANSWERED};

        print_message("# %s\n", pairs[i].what);
        assert_string_equal(trace_ds_text(trace_judge_ds(pairs[i].ds == ABSENT ? NULL : &ds,
                                                         pairs[i].keys == ABSENT ? NULL : &keys)),
                            pairs[i].told);
    }
}

/* DNSSEC algorithms and digests that resolvers know, all others left out. */
static void known_algorithms_and_digests(void **state)
{
    struct text algorithms = {0}, digests = {0};

    (void)state;
    for (unsigned i = 0; i < 256; i++) {
        struct record by_algorithm = {.ds = {.algorithm = (uint8_t)i, .digest_type = 2}};
        struct record by_digest = {.ds = {.algorithm = 13, .digest_type = (uint8_t)i}};

        if (dnssec_ds_is_known(&by_algorithm))
            text_format(&algorithms, "%u ", i);
        if (dnssec_ds_is_known(&by_digest))
            text_format(&digests, "%u ", i);
    }
    assert_string_equal(text_get(&algorithms), "5 7 8 10 13 14 15 16 ");
    assert_string_equal(text_get(&digests), "1 2 4 ");
    text_clear(&algorithms);
    text_clear(&digests);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_says_what_its_server_is),
        cmocka_unit_test(ds_records_are_held_against_keys),
        cmocka_unit_test(known_algorithms_and_digests),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
