#include "net/live/health.h"

void health_heard(struct health *health)
{
    health->silent = 0;
    health->quiet = health->dead = false;
}

void health_sent(struct health *health, int64_t now_us)
{
    if (!health->quiet)
        health->quiet_since_us = now_us;
    health->quiet = true;
}

void health_gave_up(struct health *health, int64_t started_us, int64_t now_us)
{
    if (!health->quiet || health->quiet_since_us > started_us)
        return; /* others were answered meanwhile */
    health->dead = true;
    health->dead_us = health->probed_us = now_us;
}

bool health_is_quiet(const struct health *health, int64_t now_us)
{
    return health->quiet && now_us - health->quiet_since_us >= HEALTH_QUIET_US;
}

int64_t health_probe_due(const struct health *health)
{
    int64_t first = health->quiet_since_us + HEALTH_QUIET_US, due = first;

    if (health->probed_us >= first)
        due = health->probed_us + (health->probed_us - health->quiet_since_us) / HEALTH_PROBE_PART;
    return due - health->quiet_since_us < HEALTH_PROBES_US ? due : INT64_MAX;
}

void health_answered(struct health *health, int64_t rtt_us)
{
    int64_t error;

    health_heard(health);
    if (rtt_us < 1)
        rtt_us = 1;
    if (!health->rtt_us) {
        health->rtt_us = rtt_us;
        health->variation_us = rtt_us / 2;
        return;
    }
    error = rtt_us - health->rtt_us;
    health->variation_us += ((error < 0 ? -error : error) - health->variation_us) / 4;
    health->rtt_us += error / 8;
}

void health_unanswered(struct health *health)
{
    if (health->silent <= HEALTH_SILENT_MOST)
        health->silent++;
}

bool health_is_proven(const struct health *health)
{
    return health->rtt_us && health->silent <= HEALTH_SILENT_MOST;
}

int64_t health_patience(const struct health *health)
{
    int64_t patience = health->rtt_us * 5 / 2, varied = health->rtt_us + 4 * health->variation_us;

    if (!health->rtt_us)
        return HEALTH_PATIENCE_FIRST_US;
    if (patience < varied)
        patience = varied;
    if (patience < HEALTH_PATIENCE_LEAST_US)
        return HEALTH_PATIENCE_LEAST_US;
    return patience > HEALTH_PATIENCE_MOST_US ? HEALTH_PATIENCE_MOST_US : patience;
}

void health_take_stock(struct health *health, unsigned open, unsigned overdue)
{
    health->busy = open >= HEALTH_MANY && overdue * 2 > open;
}

static int rank(const struct health *health)
{
    if (health_is_proven(health))
        return 0;
    return health->silent ? 2 : 1;
}

int health_compare(const struct health *a, const struct health *b)
{
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (rank(a) != 0 || a->rtt_us == b->rtt_us)
        return 0;
    return a->rtt_us < b->rtt_us ? -1 : 1;
}
