#include "mail/clients/server_choice.h"

#include "base/message.h"

/* Milliseconds: what a silent server is taken to need, more each time; what one that was never
 * asked is, at most; what spreads. */
enum { SILENT_MS = 800, UNKNOWN_MS = 32, BAND_MS = 400, ASSUMED_MS = 10 };

enum way {
    WAY_UNKNOWN, /* nothing is known: any */
    WAY_FASTEST, /* the fastest, while the times of the others fade away */
    WAY_BAND,    /* any within BAND_MS of the fastest */
};

struct remembered {
    double time_ms, known_ms; /* it takes; it is remembered to take */
    bool silent;
};

struct resolver {
    const struct rotation_set *set;
    enum way way;
    struct remembered *servers;
    struct random random;
    struct rotation_share *shares;
    struct rotation *rotation;
};

static size_t fastest(const struct resolver *resolver)
{
    size_t best = 0;

    for (size_t i = 1; i < resolver->set->records; i++)
        if (resolver->servers[i].known_ms < resolver->servers[best].known_ms)
            best = i;
    return best;
}

static size_t any_within(struct resolver *resolver, double most_ms)
{
    size_t count = resolver->set->records, start = (size_t)random_below(&resolver->random, count);
    size_t within = 0, wanted;

    for (size_t i = 0; i < count; i++)
        within += resolver->servers[i].known_ms <= most_ms;
    wanted = (size_t)random_below(&resolver->random, within);
    for (size_t i = 0;; i++) {
        size_t at = (start + i) % count;
        if (resolver->servers[at].known_ms <= most_ms && wanted-- == 0)
            return at;
    }
}

static size_t choose(struct resolver *resolver)
{
    const struct remembered *best = resolver->servers + fastest(resolver);

    if (resolver->way == WAY_UNKNOWN)
        return (size_t)random_below(&resolver->random, resolver->set->records);
    return resolver->way == WAY_FASTEST ? (size_t)(best - resolver->servers)
                                        : any_within(resolver, best->known_ms + BAND_MS);
}

/* A smoothed time, as RFC 1034 5.3.3 asks for; that of the others fades, so that they are asked
 * again some day. */
static void remember(struct resolver *resolver, size_t asked)
{
    for (size_t i = 0; i < resolver->set->records; i++) {
        struct remembered *server = resolver->servers + i;
        if (i == asked)
            server->known_ms = server->silent ? 2 * server->known_ms + SILENT_MS
                                              : 0.7 * server->known_ms + 0.3 * server->time_ms;
        else if (resolver->way == WAY_FASTEST)
            server->known_ms *= 0.98;
    }
}

static bool all_silent(const struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->set->records; i++)
        if (!resolver->servers[i].silent)
            return false;
    return true;
}

/* One query: it goes on to another server as long as nobody answers. */
static void query(struct resolver *resolver)
{
    bool first = true;
    size_t asked;

    resolver->rotation->users++;
    if (all_silent(resolver)) {
        resolver->rotation->unserved++;
        return;
    }
    do {
        asked = choose(resolver);
        remember(resolver, asked);
        resolver->shares[asked].first += first;
        resolver->rotation->extra_tries += resolver->servers[asked].silent;
        first = false;
    } while (resolver->servers[asked].silent);
    resolver->shares[asked].served++;
}

static double measured(const struct rotation_set *set, size_t server)
{
    return set->rtt_us && set->rtt_us[server] ? set->rtt_us[server] / 1000.0
                                              : ASSUMED_MS * (double)(server + 1);
}

static const char *text_of(const struct rotation_set *set, enum way way, bool silent)
{
    bool known = false;

    for (size_t i = 0; set->rtt_us && i < set->records; i++)
        known = known || set->rtt_us[i];
    if (silent)
        return tr("A query to it waits, and then goes to another server. Each time, resolvers "
                  "avoid the server that is down for longer.");
    switch (way) {
    case WAY_UNKNOWN:
        return tr("A resolver that knows nothing about the servers yet queries any of them, and "
                  "remembers how long each took.");
    case WAY_FASTEST:
        return known ? tr("Most queries go to the fastest server. The others are queried now and "
                          "then, because what is remembered about them fades. The times are those "
                          "measured here.")
                     : tr("Most queries go to the fastest server. The others are queried now and "
                          "then, because what is remembered about them fades. Assumed: the first "
                          "answers within 10 ms, the second within 20 ms, and so on.");
    case WAY_BAND:
        return tr("All servers that are at most 400 ms slower than the fastest are queried alike.");
    }
    return "";
}

static const struct rotation *play(const struct rotation_set *set, enum way way, const bool *down,
                                   struct arena *arena)
{
    struct resolver resolver = {.set = set, .way = way};
    struct rotation *rotation = arena_alloc(arena, 1, sizeof *rotation);

    resolver.rotation = rotation;
    resolver.shares = arena_alloc(arena, set->records, sizeof *resolver.shares);
    resolver.servers = arena_alloc(arena, set->records, sizeof *resolver.servers);
    random_init(&resolver.random, set->seed);
    for (size_t i = 0; i < set->records; i++)
        resolver.servers[i] = (struct remembered){
            measured(set, i), (double)random_below(&resolver.random, UNKNOWN_MS), down && down[i]};
    for (unsigned i = 0; i < ROTATION_USERS; i++)
        query(&resolver);
    for (size_t i = 0; i < set->records; i++) {
        resolver.shares[i].share = (double)resolver.shares[i].first / ROTATION_USERS;
        resolver.shares[i].served_share = (double)resolver.shares[i].served / ROTATION_USERS;
        resolver.shares[i].even = 1 / (double)set->records;
    }
    rotation->shares = resolver.shares;
    rotation->count = set->records;
    rotation->text = text_of(set, way, down != set->down);
    return rotation;
}

/* The fastest server that is up falls silent. */
static const bool *with_one_silent(const struct rotation_set *set, struct arena *arena)
{
    bool *down = arena_alloc(arena, set->records, sizeof *down);
    size_t best = set->records;

    for (size_t i = 0; i < set->records; i++) {
        down[i] = set->down && set->down[i];
        if (!down[i] && (best == set->records || measured(set, i) < measured(set, best)))
            best = i;
    }
    if (best < set->records)
        down[best] = true;
    return down;
}

size_t server_choice_cases(const struct rotation_set *set, struct arena *arena,
                           struct rotation_case cases[SERVER_CHOICE_CASES])
{
    static const struct {
        const char *title;
        enum way way;
        bool silent;
    } ways[SERVER_CHOICE_CASES] = {
        {N_("At first: nothing is known about them"), WAY_UNKNOWN, false},
        {N_("A resolver that keeps to the fastest"), WAY_FASTEST, false},
        {N_("A resolver that spreads over all that are fast enough"), WAY_BAND, false},
        {N_("The fastest server is down"), WAY_FASTEST, true},
    };

    for (size_t i = 0; i < SERVER_CHOICE_CASES; i++) {
        const bool *down = ways[i].silent ? with_one_silent(set, arena) : set->down;
        cases[i] = (struct rotation_case){.title = tr(ways[i].title),
                                          .rotation = play(set, ways[i].way, down, arena),
                                          .down = down};
    }
    return SERVER_CHOICE_CASES;
}
