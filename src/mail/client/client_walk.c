#include "mail/client/client_walk.h"

#include "base/message.h"
#include "dns/formats/octets.h"
#include "dns/name.h"
#include "dns/type.h"
#include "mail/client/client_order.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 16 };

static const char *const outcomes[] = {
    [CLIENT_SKIPPED] = "skipped", [CLIENT_WAITING] = "waiting",
    [CLIENT_FOUND] = "found",     [CLIENT_NOT_OFFERED] = N_("not offered"),
    [CLIENT_NONE] = "none",       [CLIENT_FAILED] = "failed",
};

const char *client_outcome_text(enum client_outcome outcome)
{
    return outcomes[outcome];
}

struct walking {
    const struct client *client;
    const struct lookup *lookup;
    const struct client_place *place;
    const struct sender *down;
    struct arena *arena;
    struct client_walk *walk;
    struct client_step *steps;
    size_t group;
    bool refused;      /* something is not offered: an address would say nothing */
    const char *taken; /* owner of the first SRV records that were found; NULL: none */
    uint16_t web_port; /* of the question that found the targets: 443 with TLS, 80 without */
    const char *path;  /* that a TXT record beside them tells; NULL: none */
};

/* ---- targets ---- */

static bool has_address(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED && reply->record_count > 0;
}

/* Without an address, or down. */
static const char *why_down(struct walking *walking, const char *host)
{
    struct host_addresses replies = lookup_addresses(walking->lookup, host);
    const struct address none = {0};

    if (walking->down && sender_stage(walking->down, host, NULL, &none, 0) != STAGE_ACCEPTS)
        return tr("down");
    if (has_address(replies.a) || has_address(replies.aaaa) || !replies.a || !replies.aaaa)
        return NULL;
    if (outcome_is_temporary(replies.a->outcome) || outcome_is_temporary(replies.aaaa->outcome))
        return tr("its address cannot be looked up");
    return tr("no address");
}

static void add_target(struct walking *walking, const char *owner, const char *host,
                       uint16_t priority, uint16_t weight, uint16_t port)
{
    struct client_walk *walk = walking->walk;

    if (walk->count == CLIENT_ITEMS_MAX)
        return;
    walk->targets[walk->count++] = (struct client_target){
        .host = host,
        .owner = owner,
        .priority = priority,
        .weight = weight,
        .port = port,
        .group = walking->group,
        .down = why_down(walking, host),
    };
}

static bool uri_host(const struct record *record, char out[NAME_TEXT])
{
    const struct octets *target = &record->uri.target;
    const char *text = (const char *)target->bytes;
    const char *last = target->length ? strrchr(text, ':') : NULL;

    return last && !memchr(text, '\0', target->length) && strlen(last) < NAME_TEXT &&
           name_canonical(last + 1, out, NULL) == STATUS_OK;
}

static void add_record(struct walking *walking, const char *owner, const struct record *record)
{
    char host[NAME_TEXT];

    if (record->type == TYPE_SRV && !name_is_root(record->srv.target))
        add_target(walking, owner, record->srv.target, record->srv.priority, record->srv.weight,
                   record->srv.port);
    else if (record->type == TYPE_URI && uri_host(record, host))
        add_target(walking, owner, arena_dup(walking->arena, host), record->uri.priority,
                   record->uri.weight, 88);
}

static int compare_targets(const void *a, const void *b)
{
    const struct client_target *left = a, *right = b;

    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    return (left->priority > right->priority) - (left->priority < right->priority);
}

static int compare_ranks(const void *a, const void *b)
{
    const struct client_target *left = a, *right = b;
    int order = compare_targets(left, right);

    return order ? order : (left->rank > right->rank) - (left->rank < right->rank);
}

/* A stable sort: what compares equal stays as received. */
static void sort(struct client_target *targets, size_t count,
                 int (*compare)(const void *, const void *))
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k && compare(&targets[k - 1], &targets[k]) > 0; k--) {
            struct client_target one = targets[k];
            targets[k] = targets[k - 1];
            targets[k - 1] = one;
        }
}

/* ---- questions ---- */

static enum client_outcome outcome_of(const struct reply *reply)
{
    if (!reply)
        return CLIENT_WAITING;
    if (reply->outcome == OUTCOME_NXDOMAIN || reply->outcome == OUTCOME_NODATA)
        return CLIENT_NONE;
    if (reply->outcome != OUTCOME_ANSWERED || !reply->record_count)
        return CLIENT_FAILED;
    if (reply->record_count == 1 && reply->records[0]->type == TYPE_SRV &&
        name_is_root(reply->records[0]->srv.target))
        return CLIENT_NOT_OFFERED;
    return CLIENT_FOUND;
}

/* The name asked; NULL when it needs a site and none is known, or is no DNS. */
static const char *owner_of(struct walking *walking, const struct client_question *question)
{
    const struct client_place *place = walking->place;
    const char *star = strchr(question->pattern, '*'), *prefix = question->pattern;
    char name[NAME_TEXT];

    if (question->kind == CLIENT_PATH)
        return walking->taken;
    if (question->kind == CLIENT_OTHER || question->kind == CLIENT_URL || (star && !place->site))
        return NULL;
    if (!*prefix)
        return question->kind == CLIENT_SRV ? place->owner : place->domain;
    if (star)
        prefix = arena_format(walking->arena, "%.*s%s%s", (int)(star - prefix), prefix, place->site,
                              star + 1);
    return name_join(prefix, place->domain, name) == STATUS_OK ? arena_dup(walking->arena, name)
                                                               : NULL;
}

static const struct reply *ask(struct walking *walking, const char *owner, uint16_t type)
{
    const struct reply *reply = lookup_find(walking->lookup, owner, type);

    walking->walk->complete &= reply != NULL;
    return reply;
}

/* Of both the one that decides: an address, else one that is open or failed; NULL: open. */
static const struct reply *deciding(const struct reply *a, const struct reply *aaaa)
{
    if (has_address(a) || has_address(aaaa))
        return has_address(a) ? a : aaaa;
    if (!a || !aaaa)
        return NULL;
    return outcome_of(a) == CLIENT_FAILED ? a : aaaa;
}

static void take_addresses(struct walking *walking, struct client_step *step)
{
    const struct reply *a = ask(walking, step->owner, TYPE_A);
    const struct reply *aaaa = ask(walking, step->owner, TYPE_AAAA);

    step->reply = deciding(a, aaaa);
    step->outcome = outcome_of(step->reply);
    if (step->outcome == CLIENT_FOUND) {
        add_target(walking, step->owner, step->owner, 0, 0, step->question->port);
        walking->web_port = step->question->port;
    }
}

/* The SRV records of each replacement, by order and preference. */
static void take_naptr(struct walking *walking, struct client_step *step)
{
    const struct reply *reply = step->reply;

    for (size_t i = 0; step->outcome == CLIENT_FOUND && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];
        const struct reply *srv;
        if (record->naptr.flags.length != 1 || (record->naptr.flags.bytes[0] | 0x20) != 's' ||
            name_is_root(record->naptr.replacement))
            continue;
        srv = ask(walking, record->naptr.replacement, TYPE_SRV);
        for (size_t k = 0; outcome_of(srv) == CLIENT_FOUND && k < srv->record_count; k++)
            add_record(walking, record->naptr.replacement, srv->records[k]);
        walking->group++;
    }
}

static void take_records(struct walking *walking, struct client_step *step)
{
    static const uint16_t types[] = {
        [CLIENT_SRV] = TYPE_SRV, [CLIENT_URI] = TYPE_URI, [CLIENT_NAPTR] = TYPE_NAPTR};

    step->reply = ask(walking, step->owner, types[step->question->kind]);
    step->outcome = outcome_of(step->reply);
    if (step->question->kind == CLIENT_NAPTR) {
        take_naptr(walking, step);
        return;
    }
    if (step->outcome == CLIENT_FOUND && !walking->taken) {
        walking->taken = step->owner;
        walking->web_port = step->question->port;
    }
    for (size_t i = 0; step->outcome == CLIENT_FOUND && i < step->reply->record_count; i++)
        add_record(walking, step->owner, step->reply->records[i]);
}

/* "path=/dav/" (RFC 6764 4), or NULL. What is no path of a URL is none. */
static const char *path_of(struct walking *walking, const struct record *record)
{
    static const char key[] = "path=";
    struct octets text = record->txt.joined;
    struct octets path = octets_part(text, sizeof key - 1, text.length);

    if (!octets_begin(text, key) || !path.length || path.bytes[0] != '/')
        return NULL;
    return octets_shown(walking->arena, path);
}

static void take_path(struct walking *walking, struct client_step *step)
{
    step->reply = ask(walking, step->owner, TYPE_TXT);
    step->outcome = outcome_of(step->reply);
    for (size_t i = 0; step->outcome == CLIENT_FOUND && i < step->reply->record_count; i++)
        walking->path = walking->path ? walking->path : path_of(walking, step->reply->records[i]);
    if (step->outcome == CLIENT_FOUND && !walking->path)
        step->outcome = CLIENT_NONE;
}

/* Nothing came back, not even an error. */
static bool is_unanswered(enum outcome outcome)
{
    return outcome == OUTCOME_TIMEOUT || outcome == OUTCOME_UNREACHABLE ||
           outcome == OUTCOME_CONNECTION_REFUSED || outcome == OUTCOME_CONNECTION_RESET;
}

static enum client_next next_of(const struct client_step *step)
{
    switch (step->outcome) {
    case CLIENT_FOUND:
        return step->question->found;
    case CLIENT_NONE:
        return step->question->none;
    case CLIENT_FAILED:
        if (step->question->failed != CLIENT_END_UNANSWERED)
            return step->question->failed;
        return is_unanswered(step->reply->outcome) ? CLIENT_END : CLIENT_ON;
    case CLIENT_NOT_OFFERED:
        return step->question->apart ? CLIENT_ON : CLIENT_END;
    default:
        return CLIENT_ON;
    }
}

static const char *words_of(const struct client_step *step)
{
    static const char *const led[] = {
        [CLIENT_ON] = N_("the next query follows"),
        [CLIENT_TAKE] = N_("it takes these and queries no more"),
        [CLIENT_MORE] = N_("it takes these, and what follows comes after them"),
        [CLIENT_MIX] = N_("it mixes these with what follows"),
        [CLIENT_END] = N_("it gives up"),
    };

    return tr(led[step->next]);
}

/* An address in place of SRV records, where there are some or "." is one. */
static bool is_needless(const struct walking *walking, const struct client_question *question)
{
    return question->kind == CLIENT_ADDRESS && !question->apart &&
           (walking->refused || walking->walk->count > 0);
}

/* Where it connects to: a URL for each target. */
static const char *urls(struct walking *walking, const struct client_question *question)
{
    struct client_walk *walk = walking->walk;
    const char *path = walking->path ? walking->path : question->pattern, *text;
    struct text list = {0};

    sort(walk->targets, walk->count, compare_targets);
    for (size_t i = 0; i < walk->count; i++) {
        const struct client_target *target = &walk->targets[i];
        text_format(&list, "%s%s://%.*s", i ? message_comma() : "",
                    walking->web_port == 80 ? "http" : "https", name_shown_length(target->host),
                    target->host);
        if (target->port != walking->web_port)
            text_format(&list, ":%u", target->port);
        text_add(&list, path);
    }
    text = list.length      ? arena_dup(walking->arena, text_get(&list))
           : walk->complete ? tr("No server was found.")
                            : tr("Waiting for the answer, or not queried.");
    text_clear(&list);
    return text;
}

static const char *tell(struct walking *walking, const struct client_step *step)
{
    size_t count = step->reply ? step->reply->record_count : 0;

    if (step->question->kind == CLIENT_URL)
        return urls(walking, step->question);
    if (step->question->kind == CLIENT_PATH && step->outcome == CLIENT_FOUND)
        return arena_format(walking->arena, tr("The path is %s."), walking->path);
    if (step->question->kind == CLIENT_PATH && step->outcome == CLIENT_NONE)
        return tr("No path is told: the well-known one is taken.");
    if (step->outcome == CLIENT_SKIPPED && is_needless(walking, step->question))
        return walking->refused ? tr("Something is not offered, so the address is not taken.")
                                : tr("There are SRV records, so the address is not taken.");
    if (step->outcome == CLIENT_SKIPPED && step->question->kind != CLIENT_OTHER)
        return strchr(step->question->pattern, '*') ? tr("No site is known, so this is left out.")
                                                    : tr("Nothing is known to look up.");
    if (step->outcome == CLIENT_SKIPPED)
        return tr("Not DNS: it is not played here.");
    if (step->outcome == CLIENT_WAITING)
        return tr("Waiting for the answer, or not queried.");
    if (step->outcome == CLIENT_NOT_OFFERED && step->question->apart)
        return tr("The target is \".\": this is not offered, and the next query follows.");
    if (step->outcome == CLIENT_NOT_OFFERED)
        return tr("The target is \".\": the service is not offered, and it stops.");
    if (step->outcome == CLIENT_FOUND)
        return arena_format(walking->arena, tr_plural("%zu record: %s.", "%zu records: %s.", count),
                            count, words_of(step));
    return arena_format(walking->arena, tr("%s: %s."), outcome_phrase(step->reply->outcome),
                        words_of(step));
}

/* What it led to. */
static enum client_next take_step(struct walking *walking, const struct client_question *question)
{
    struct client_step *step = &walking->steps[walking->walk->step_count++];
    size_t before = walking->walk->count;

    *step = (struct client_step){.question = question, .owner = owner_of(walking, question)};
    if (is_needless(walking, question))
        step->owner = NULL;
    if (step->owner && question->kind == CLIENT_ADDRESS)
        take_addresses(walking, step);
    else if (step->owner && question->kind == CLIENT_PATH)
        take_path(walking, step);
    else if (step->owner)
        take_records(walking, step);
    step->next = next_of(step);
    if ((question->kind == CLIENT_NAPTR || question->kind == CLIENT_URI) &&
        walking->walk->count == before && step->outcome == CLIENT_FOUND)
        step->next = CLIENT_ON; /* none that it can use */
    walking->refused |= step->outcome == CLIENT_NOT_OFFERED;
    step->text = tell(walking, step);
    if (question->found != CLIENT_MIX)
        walking->group++;
    return step->next;
}

/* What is left to ask, or to say, of the targets taken. */
static bool is_about_taken(const struct client_question *question)
{
    return question->kind == CLIENT_PATH || question->kind == CLIENT_URL;
}

static void take_steps(struct walking *walking)
{
    const struct client_question *question = walking->client->questions;
    enum client_next next = CLIENT_ON;

    for (; question->sentence && next != CLIENT_END; question++)
        if (next != CLIENT_TAKE)
            next = take_step(walking, question);
        else if (is_about_taken(question))
            take_step(walking, question);
}

/* ---- levels and shares ---- */

static void number_levels(struct client_walk *walk)
{
    for (size_t i = 0; i < walk->count; i++) {
        if (i && compare_targets(&walk->targets[i - 1], &walk->targets[i]) != 0)
            walk->level_count++;
        walk->targets[i].level = walk->level_count;
        walk->targets[i].place = i;
    }
    walk->level_count += walk->count > 0;
}

struct level {
    struct client_target *targets[CLIENT_ITEMS_MAX];
    struct client_item items[CLIENT_ITEMS_MAX];
    size_t count;
};

/* In the order of the answers, however the targets are sorted. */
static struct level *level_of(struct client_walk *walk, size_t number, const char *domain,
                              struct level *level)
{
    level->count = 0;
    for (size_t i = 0; i < walk->count; i++) {
        struct client_target *target = &walk->targets[i];
        size_t k = level->count;
        if (target->level != number)
            continue;
        for (; k && level->targets[k - 1]->place > target->place; k--) {
            level->targets[k] = level->targets[k - 1];
            level->items[k] = level->items[k - 1];
        }
        level->targets[k] = target;
        level->items[k] = (struct client_item){target->weight, target->place,
                                               name_is_within(target->host, domain)};
        level->count++;
    }
    return level;
}

static void drop(struct level *level, size_t place)
{
    level->count--;
    memmove(&level->targets[place], &level->targets[place + 1],
            (level->count - place) * sizeof *level->targets);
    memmove(&level->items[place], &level->items[place + 1],
            (level->count - place) * sizeof *level->items);
}

enum { DOWN_EXACT = 8 }; /* more hosts down in one priority are not enumerated: 2^n sets */

static bool is_any_up(const struct level *level, size_t *down)
{
    size_t up = 0;

    for (size_t i = 0; i < level->count; i++)
        up += !level->targets[i]->down;
    *down = level->count - up;
    return up > 0;
}

/* The chance of `with` goes to whoever is reached; those down are tried and passed over. */
static void reach(enum client_order order, const struct level *level, double with)
{
    double shares[CLIENT_ITEMS_MAX];

    client_shares(order, level->items, level->count, shares);
    for (size_t i = 0; i < level->count; i++) {
        struct level *rest;
        if (shares[i] <= 0)
            continue;
        if (!level->targets[i]->down) {
            level->targets[i]->reached += with * shares[i];
            continue;
        }
        rest = memory_new(1, sizeof *rest);
        *rest = *level;
        drop(rest, i);
        reach(order, rest, with * shares[i]);
        free(rest);
    }
}

static void rank(enum client_order order, const struct level *level, struct level *rest)
{
    double shares[CLIENT_ITEMS_MAX];

    *rest = *level;
    for (size_t rank = 0; rest->count; rank++) {
        size_t likeliest = 0;
        client_shares(order, rest->items, rest->count, shares);
        for (size_t i = 1; i < rest->count; i++)
            likeliest = shares[i] > shares[likeliest] ? i : likeliest;
        rest->targets[likeliest]->rank = rank;
        drop(rest, likeliest);
    }
}

static void add_shares(struct walking *walking)
{
    struct client_walk *walk = walking->walk;
    struct level *level = arena_alloc(walking->arena, 2, sizeof *level);
    double shares[CLIENT_ITEMS_MAX];

    walk->nobody = 1;
    for (size_t i = 0; i < walk->level_count; i++) {
        size_t down;
        level_of(walk, i, walking->place->domain, level);
        rank(walking->client->order, level, &level[1]);
        client_shares(walking->client->order, level->items, level->count, shares);
        for (size_t k = 0; i == 0 && k < level->count; k++)
            level->targets[k]->first = shares[k];
        if (!is_any_up(level, &down) || walk->nobody == 0)
            continue;
        if (down <= DOWN_EXACT)
            reach(walking->client->order, level, 1);
        else
            for (size_t k = 0; k < level->count; k++)
                level->targets[k]->reached = -1;
        walk->nobody = 0;
    }
}

struct client_walk *client_walk(const struct client *client, const struct lookup *lookup,
                                const struct client_place *place, const struct sender *down,
                                struct arena *arena)
{
    struct client_walk *walk = arena_alloc(arena, 1, sizeof *walk);
    struct walking walking = {.client = client_at_task(client, place->owner),
                              .lookup = lookup,
                              .place = place,
                              .down = down,
                              .arena = arena,
                              .walk = walk};

    walk->client = walking.client;
    walk->complete = true;
    walk->targets = arena_alloc(arena, CLIENT_ITEMS_MAX, sizeof *walk->targets);
    walk->steps = walking.steps = arena_alloc(arena, STEPS_MAX, sizeof *walking.steps);
    take_steps(&walking);
    sort(walk->targets, walk->count, compare_targets);
    number_levels(walk);
    add_shares(&walking);
    sort(walk->targets, walk->count, compare_ranks);
    return walk;
}

/* ---- draws ---- */

static void draw_once(struct client_walk *walk, struct level *levels, struct level *rest,
                      struct random *random)
{
    bool first = true;

    for (size_t i = 0; i < walk->level_count; i++) {
        *rest = levels[i];
        while (rest->count) {
            size_t chosen = client_draw(walk->client->order, rest->items, rest->count, random);
            rest->targets[chosen]->drawn_first += first;
            first = false;
            if (!rest->targets[chosen]->down) {
                rest->targets[chosen]->drawn_reached++;
                return;
            }
            drop(rest, chosen);
        }
    }
}

void client_walk_draw(struct client_walk *walk, const char *domain, uint64_t seed, uint64_t draws)
{
    struct level *levels = memory_new(walk->level_count + 1, sizeof *levels);
    struct random random;

    random_init(&random, seed);
    for (size_t i = 0; i < walk->level_count; i++)
        level_of(walk, i, domain, &levels[i]);
    for (uint64_t i = 0; i < draws; i++)
        draw_once(walk, levels, &levels[walk->level_count], &random);
    walk->draws += draws;
    free(levels);
}
