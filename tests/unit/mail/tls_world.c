#include "unit/mail/tls_world.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(struct routing *routing, const char *known)
{
    static const struct {
        const char *word;
        enum tlsa_state tlsa;
    } states[] = {{"key", TLSA_KEY},
                  {"issuer", TLSA_ISSUER},
                  {"pkix", TLSA_PKIX},
                  {"unusable", TLSA_UNUSABLE},
                  {"failed", TLSA_FAILED}};
    static const char *const modes[] = {"", "none", "testing", "enforce"};
    struct security *security = &routing->sender.security;
    enum tlsa_state tlsa = TLSA_NONE;
    bool alias = false;
    char *copy = memory_dup(known), *rest = copy, *word;

    security->mx_secure = true;
    while ((word = strtok_r(rest, " ", &rest))) {
        for (size_t i = 0; i < sizeof states / sizeof *states; i++)
            if (strcmp(word, states[i].word) == 0)
                tlsa = states[i].tlsa;
        for (size_t i = 1; i < sizeof modes / sizeof *modes; i++)
            if (strcmp(word, modes[i]) == 0)
                security->sts = (enum sts_mode)i;
        if (strcmp(word, "mx-insecure") == 0)
            security->mx_secure = false;
        alias = alias || strcmp(word, "alias") == 0;
        if (strchr(word, '.'))
            security_add_pattern(security, word);
    }
    free(copy);
    security_add_host(security, "mx1.example.com.", tlsa, alias);
    security_add_host(security, "mx2.example.com.", tlsa, alias);
}

void tls_begin(struct routing *routing, const char *zone, const char *profile, const char *settings,
               const char *known, const char *down)
{
    char *copy = memory_dup(settings), *rest = copy, *one;

    routing_init(routing, zone, profile);
    while ((one = strtok_r(rest, " ", &rest)))
        routing_set(routing, one);
    free(copy);
    tell(routing, known);
    if (*down)
        routing_down(routing, down);
    routing_build(routing);
}

char tls_letter(struct routing *routing)
{
    static const char letters[] = {'.', 'c', 'r', 'T', 's', 'n'};
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;
    char letter;

    delivery_draw_nth(plan, 0, &delivery);
    if (delivery.skip_count && delivery.skips[0].before == 0)
        letter = delivery.verdict == VERDICT_BOUNCE && delivery.count == 0 ? 'b' : 's';
    else if (delivery.verdict == VERDICT_BOUNCE && delivery.count == 1)
        letter = 'b';
    else
        letter = letters[delivery.attempts[0].way];
    delivery_plan_free(plan);
    return letter;
}

size_t tls_tries(struct routing *routing)
{
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;

    delivery_draw_nth(plan, 0, &delivery);
    delivery_plan_free(plan);
    return delivery.count;
}

enum tls_way tls_way_taken(struct routing *routing)
{
    struct delivery_plan *plan = delivery_plan_new(routing->route, &routing->sender, 0);
    struct delivery delivery;

    delivery_draw_nth(plan, 0, &delivery);
    delivery_plan_free(plan);
    return (enum tls_way)delivery.way;
}

enum { STAGES = TLS_STAGES + 1 };

static const char *stage_name(size_t i)
{
    return i < TLS_STAGES ? stage_text((enum stage)(STAGE_NO_STARTTLS + i)) : "";
}

static void begin_row(struct routing *routing, const struct tls_case_row *row, const char *who,
                      size_t stage)
{
    char down[64] = "";

    if (stage < TLS_STAGES)
        snprintf(down, sizeof down, "%s=%s", who, stage_name(stage));
    tls_begin(routing, TLS_TWO, row->profile, row->settings, row->known, down);
}

static void check_row(const struct tls_case_row *row)
{
    char ways[STAGES + 1] = "", endings[512] = "";

    for (size_t i = 0; i < STAGES; i++) {
        struct routing routing;
        const char *ending;
        begin_row(&routing, row, "mx1.example.com", i);
        ways[i] = tls_letter(&routing);
        routing_clear(&routing);
        begin_row(&routing, row, "*", i);
        ending = routing_ending(&routing);
        snprintf(endings + strlen(endings), sizeof endings - strlen(endings), "%s%s", i ? "|" : "",
                 strcmp(ending, "deliver") == 0 ? "-" : ending);
        routing_clear(&routing);
    }
    print_message("# %s: %s %s, known: %s\n", row->rule, row->profile, row->settings, row->known);
    assert_string_equal(ways, row->ways);
    assert_string_equal(endings, row->endings);
}

void tls_check(const struct tls_case_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_row(rows + i);
}
