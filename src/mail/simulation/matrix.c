#include "mail/simulation/matrix.h"

#include "mail/profiles/profiles.h"
#include "mail/simulation/simulation_run.h"

#include <stdlib.h>

enum { MATRIX_DELIVERIES = 1000, MATRIX_WAYS = 2000 };

static double likely(const struct share *share)
{
    return share->expected >= 0 ? share->expected : share->share;
}

static int by_likelihood(const void *left, const void *right)
{
    const struct share *a = left, *b = right;

    if (likely(a) != likely(b))
        return likely(a) < likely(b) ? 1 : -1;
    return a->host - b->host;
}

/* Hosts that are first at all, the likeliest first. */
static void fill_first(struct matrix_row *row, const struct simulation_result *result,
                       struct arena *arena)
{
    struct share *shares = arena_alloc(arena, result->first_exchange_count + 1, sizeof *shares);

    for (size_t i = 0; i < result->first_exchange_count; i++)
        if (likely(result->first_exchange + i) > 0)
            shares[row->first_count++] = result->first_exchange[i];
    qsort(shares, row->first_count, sizeof *shares, by_likelihood);
    row->first = shares;
}

static void fill_verdict(struct matrix_row *row, const struct simulation_result *result)
{
    const struct ending_count *ending = result->endings;
    const struct decision *decision = &row->route->decision;

    row->verdict = ending->verdict;
    row->code = ending->code;
    row->why = ending->rule ? ending->rule->text : decision->why;
    row->reference = ending->rule ? ending->rule->reference : decision->reference;
    row->tries_least = result->tries[0].tries;
    row->tries_most = result->tries[result->tries_count - 1].tries;
}

static const struct simulation_result *simulate(const struct route *route,
                                                const struct sender *sender, struct arena *arena)
{
    struct simulation *simulation = simulation_new(route, sender, MATRIX_DELIVERIES);
    const struct simulation_result *result;

    simulation->ways_most = MATRIX_WAYS;
    while (!simulation_slice(simulation, MATRIX_DELIVERIES))
        continue;
    result = simulation_result(simulation, arena);
    simulation_free(simulation);
    return result;
}

/* Each server that can has a setting of its own. */
static bool set_first(struct sender *sender, const char *const *settings)
{
    for (; *settings; settings++)
        if (settings_set(&sender->settings, *settings, NULL) == STATUS_OK)
            return true;
    return false;
}

static struct matrix_mode mode_of(const struct matrix_row *row, const struct sender *sender,
                                  const char *const *settings, struct arena *arena)
{
    struct matrix_mode mode = {.code = "", .exchange = ""};
    const struct ending_count *ending;
    struct sender other;

    sender_copy(&other, sender);
    mode.can = set_first(&other, settings);
    if (mode.can) {
        ending = simulate(row->route, &other, arena)->endings;
        mode =
            (struct matrix_mode){true,        ending->verdict, ending->code, ending->share.exchange,
                                 ending->way, ending->exposed};
    }
    sender_clear(&other);
    return mode;
}

static void fill_row(struct matrix_row *row, const struct sender *sender, struct arena *arena)
{
    static const char *const dane[] = {"dane=yes", "smtp_tls_security_level=dane",
                                       "hosts_try_dane=yes", "DANE=yes", NULL};
    static const char *const mta_sts[] = {"mta_sts=yes", NULL};
    const struct simulation_result *result = simulate(row->route, sender, arena);

    fill_verdict(row, result);
    fill_first(row, result, arena);
    row->dane = mode_of(row, sender, dane, arena);
    row->mta_sts = mode_of(row, sender, mta_sts, arena);
}

static bool any_tlsa(const struct security *security)
{
    for (size_t i = 0; i < security->host_count; i++)
        if (security->hosts[i].tlsa != TLSA_NONE)
            return true;
    return false;
}

const struct matrix *matrix_build(const struct lookup *lookup, const char *domain,
                                  const struct sender *sender, struct arena *arena)
{
    struct matrix *matrix = arena_alloc(arena, 1, sizeof *matrix);

    matrix->count = profile_count();
    matrix->rows = arena_alloc(arena, matrix->count, sizeof *matrix->rows);
    matrix->complete = true;
    matrix->has_dane = any_tlsa(&sender->security);
    matrix->has_mta_sts = sender->security.sts == STS_ENFORCE;
    for (size_t i = 0; i < matrix->count; i++) {
        struct matrix_row *row = matrix->rows + i;
        struct sender other;
        sender_copy(&other, sender);
        row->profile = profile_at(i);
        if (row->profile != sender->profile)
            sender_set_profile(&other, row->profile);
        row->route = route_build(lookup, domain, &other, arena);
        matrix->complete = matrix->complete && row->route->complete;
        fill_row(row, &other, arena);
        sender_clear(&other);
    }
    return matrix;
}
