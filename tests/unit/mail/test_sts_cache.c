/* MTA-STS over time (ROUTING 9.6, 9.7; RFC 8461 3.1, 3.3): cached policies, ids, max_age. */
#include "mail/sender/sts_cache.h"
#include "mail/timeline/timeline.h"
#include "unit/check.h"
#include "unit/mail/tls_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, DAY = 86400 };

static const char *const caches[] = {"empty", "held", "half", "old"};
static const char *const ids[] = {"same", "new", "none"};
static const char *const fetches[] = {"works", "fails"};

/* For each cache, id and fetch, in this order: y the policy counts, r and max_age begins anew, n it
 * does not. */
static const struct {
    const char *profile, *views;
} rows[] = {
    /*            empty  held   half   old
     *            sa ne no ... */
    {"rfc5321", "rnrnnn yyryyy yyryyy rnrnnn"},
    {"postfix", "rnrnnn yyryyy yyryyy rnrnnn"},
    {"sendmail", "rnrnnn yyryyy yyryyy rnrnnn"},
    {"courier", "rnrnnn yyyyyy rrryyy rrrnnn"},
};

static char view_of(struct routing *routing, const char *cache, const char *id, const char *fetch)
{
    char text[64];
    struct sts_view view;

    snprintf(text, sizeof text, "mta_sts_cache=%s", cache);
    routing_set(routing, text);
    snprintf(text, sizeof text, "mta_sts_id=%s", id);
    routing_set(routing, text);
    snprintf(text, sizeof text, "mta_sts_fetch=%s", fetch);
    routing_set(routing, text);
    view = sts_view(&routing->sender.settings);
    assert_true(*view.rule.text && *view.rule.reference);
    assert_true(view.applies || !view.renews);
    return view.renews ? 'r' : view.applies ? 'y' : 'n';
}

static void rule_9_6_2_caches(void **state)
{
    (void)state;
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        struct routing routing;
        struct text views = {0};
        tls_begin(&routing, TLS_TWO, rows[row].profile, "mta_sts=yes", "enforce *.example.com.",
                  "nobody");
        assert_true(sts_matters(&routing.sender));
        for (size_t i = 0; i < 4; i++) {
            if (i)
                text_add_char(&views, ' ');
            for (size_t j = 0; j < 3; j++)
                for (size_t k = 0; k < 2; k++)
                    text_add_char(&views, view_of(&routing, caches[i], ids[j], fetches[k]));
        }
        print_message("# %s\n", rows[row].profile);
        assert_string_equal(text_get(&views), rows[row].views);
        text_clear(&views);
        routing_clear(&routing);
    }
}

/* Only where there is something to keep to, and a sender that does. */
static void matters(void **state)
{
    static const struct {
        const char *profile, *settings, *known;
        bool matters;
    } cases[] = {
        {"postfix", "mta_sts=yes", "enforce *.example.com.", true},
        {"postfix", "", "enforce *.example.com.", false},
        {"postfix", "mta_sts=yes", "testing *.example.com.", false},
        {"postfix", "mta_sts=yes", "none *.example.com.", false},
        {"postfix", "mta_sts=yes", "", false},
        {"courier", "", "enforce *.example.com.", true},
        {"exim", "", "enforce *.example.com.", false},
        {"opensmtpd", "", "enforce *.example.com.", false},
        {"qmail", "", "enforce *.example.com.", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        tls_begin(&routing, TLS_TWO, cases[i].profile, cases[i].settings, cases[i].known, "nobody");
        print_message("# %s %s %s\n", cases[i].profile, cases[i].settings, cases[i].known);
        assert_int_equal(sts_matters(&routing.sender), cases[i].matters);
        routing_clear(&routing);
    }
}

/* What the tables of TLS do with a host the policy does not list, by what is in the cache. */
static void rule_9_6_decides_tls(void **state)
{
    static const struct {
        const char *profile, *settings, *ending;
    } cases[] = {
        {"postfix", "mta_sts=yes", "defer 4.3.0"},
        {"postfix", "mta_sts=yes mta_sts_fetch=fails", "deliver"},
        {"postfix", "mta_sts=yes mta_sts_cache=held mta_sts_fetch=fails", "defer 4.3.0"},
        {"postfix", "mta_sts=yes mta_sts_cache=old mta_sts_fetch=fails", "deliver"},
        {"postfix", "mta_sts=yes mta_sts_cache=held mta_sts_id=none", "defer 4.3.0"},
        {"rfc5321", "mta_sts=yes", "defer"},
        {"rfc5321", "mta_sts=yes mta_sts_id=none", "deliver"},
        {"sendmail", "mta_sts=yes mta_sts_fetch=fails", "deliver"},
        {"sendmail", "mta_sts=yes mta_sts_cache=half mta_sts_id=new mta_sts_fetch=fails",
         "defer 4.0.0"},
        {"courier", "mta_sts_cache=old mta_sts_id=new mta_sts_fetch=fails", "deliver"},
        {"courier", "mta_sts_cache=old mta_sts_id=same mta_sts_fetch=fails", "bounce"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        tls_begin(&routing, TLS_TWO, cases[i].profile, cases[i].settings,
                  "enforce other.example.com.", "nobody");
        print_message("# %s %s\n", cases[i].profile, cases[i].settings);
        if (strcmp(cases[i].ending, "bounce") == 0)
            assert_int_equal(strncmp(routing_ending(&routing), "bounce", 6), 0);
        else
            assert_string_equal(routing_ending(&routing), cases[i].ending);
        routing_clear(&routing);
    }
}

static const struct timeline *play(struct routing *routing)
{
    return timeline_build(&routing->world.lookup, routing->route, &routing->sender,
                          routing->world.arena);
}

/* When the policy is told of, "HOURS:", and what: y it counts, n it does not. */
static const char *policies(struct routing *routing, const struct timeline *timeline)
{
    text_clear(&routing->text);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct timeline_event *event = timeline->events + i;
        bool without = strstr(event->text, "as without") || strstr(event->text, "none for a day");
        if (event->kind == TIMELINE_POLICY)
            text_format(&routing->text, "%s%d%c", routing->text.length ? " " : "",
                        (int)(event->at / HOUR), without ? 'n' : 'y');
    }
    return text_get(&routing->text);
}

/* All hosts are unlisted: the message waits until the policy counts no more. */
static void max_age_runs_out(void **state)
{
    static const struct {
        const char *profile, *settings, *told;
        enum verdict verdict;
        int64_t from, until; /* in which the end lies */
    } cases[] = {
        {"postfix", "mta_sts=yes mta_sts_cache=held mta_sts_id=new mta_sts_fetch=fails", "0y 24n",
         VERDICT_DELIVER, DAY, DAY + 2 * HOUR},
        {"postfix", "mta_sts=yes mta_sts_cache=held mta_sts_id=none", "0y 24n", VERDICT_DELIVER,
         DAY, DAY + 2 * HOUR},
        {"rfc5321", "mta_sts=yes mta_sts_cache=half mta_sts_id=none", "0y 13n", VERDICT_DELIVER,
         DAY / 2, DAY / 2 + 5 * HOUR},
        {"postfix", "mta_sts=yes", "0y 0y 24y 25y 49y 50y 73y 74y 97y 99y", VERDICT_BOUNCE, 4 * DAY,
         6 * DAY},
        {"postfix", "mta_sts=yes mta_sts_fetch=fails", "0n", VERDICT_DELIVER, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        const struct timeline *timeline;
        tls_begin(&routing, TLS_TWO, cases[i].profile, cases[i].settings,
                  "enforce other.example.com.", "nobody");
        routing.sender.security.sts_max_age = DAY;
        timeline = play(&routing);
        print_message("# %s %s: %lld s\n", cases[i].profile, cases[i].settings,
                      (long long)timeline->end);
        assert_int_equal(timeline->decision.verdict, cases[i].verdict);
        assert_in_range(timeline->end, cases[i].from, cases[i].until);
        assert_string_equal(policies(&routing, timeline), cases[i].told);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_9_6_2_caches),
        cmocka_unit_test(matters),
        cmocka_unit_test(rule_9_6_decides_tls),
        cmocka_unit_test(max_age_runs_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
