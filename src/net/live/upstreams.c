#include "net/live/upstreams.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/message.h"
#include "net/live/resolv_conf.h"

#include <stdlib.h>
#include <string.h>

static const char resolv_conf_path[] = "/etc/resolv.conf";

enum { SINGLES_MOST = 4096 };

struct key {
    uint8_t family, bytes[16];
    uint16_t port, encrypted;
};

struct single {
    UT_hash_handle hh;
    struct key key;
    struct upstream *upstream;
};

struct upstreams {
    uint16_t port;
    uint8_t family;
    char *trusted; /* file of certificates; NULL: those of the system */
    struct upstream *configured[QUERY_SERVERS];
    size_t configured_count;
    struct single *singles; /* asked because a question said so */
    unsigned window_most;
    struct text text;
};

static struct upstream *upstream_new(const struct upstreams *upstreams, const struct server *server)
{
    struct upstream *upstream = memory_new(1, sizeof *upstream);
    struct text text = {0};

    upstream->server = *server;
    upstream->allowance.most = upstreams->window_most;
    upstream->trusted = upstreams->trusted;
    server_print(server, &text);
    upstream->text = text_take(&text);
    return upstream;
}

static void upstream_free(struct upstream *upstream)
{
    backlog_clear(&upstream->waiting);
    session_free(upstream->session);
    free(upstream->text);
    free(upstream);
}

static void single_free(struct upstreams *upstreams, struct single *single)
{
    HASH_DEL(upstreams->singles, single);
    upstream_free(single->upstream);
    free(single);
}

static bool family_allowed(const struct upstreams *upstreams, const struct address *address)
{
    return !upstreams->family || upstreams->family == address->family;
}

/* Takes a configured server in, unless it is there already or of the wrong family. */
static void configure(struct upstreams *upstreams, struct server server)
{
    if (!server.port)
        server.port = upstreams->port;
    if (!family_allowed(upstreams, &server.address) || upstreams->configured_count == QUERY_SERVERS)
        return;
    for (size_t i = 0; i < upstreams->configured_count; i++)
        if (server_equal(&upstreams->configured[i]->server, &server))
            return;
    upstreams->configured[upstreams->configured_count++] = upstream_new(upstreams, &server);
}

/* The C library's habits, within our own ten seconds. */
static void adopt_limits(const struct resolv_conf *conf, const struct live_options *options,
                         struct query_limits *limits)
{
    int64_t most = limits->total_us;

    if (options->timeout_ms || options->tries)
        return;
    query_limits_init(limits, conf->timeout_s * 1000, conf->attempts, options->tcp);
    if (limits->total_us > most)
        limits->total_us = most;
}

static void read_resolv_conf(struct upstreams *upstreams, const struct live_options *options,
                             struct query_limits *limits, struct faults *warnings)
{
    const char *path = options->resolv_conf ? options->resolv_conf : resolv_conf_path;
    struct resolv_conf conf;

    resolv_conf_read(path, &conf, warnings);
    adopt_limits(&conf, options, limits);
    for (size_t i = 0; i < conf.server_count; i++)
        configure(upstreams, conf.servers[i]);
}

struct upstreams *upstreams_new(const struct live_options *options, struct query_limits *limits,
                                struct faults *warnings)
{
    struct upstreams *upstreams = memory_new(1, sizeof *upstreams);

    upstreams->port = options->port ? options->port : SERVER_PORT;
    upstreams->family = options->family;
    upstreams->window_most = options->many ? ALLOWANCE_MOST_BATCH : ALLOWANCE_MOST;
    upstreams->trusted = options->trusted ? memory_dup(options->trusted) : NULL;
    for (size_t i = 0; i < options->server_count; i++)
        configure(upstreams, options->servers[i]);
    if (!options->server_count)
        read_resolv_conf(upstreams, options, limits, warnings);
    return upstreams;
}

void upstreams_free(struct upstreams *upstreams)
{
    for (size_t i = 0; i < upstreams->configured_count; i++)
        upstream_free(upstreams->configured[i]);
    while (upstreams->singles)
        single_free(upstreams, upstreams->singles);
    free(upstreams->trusted);
    text_clear(&upstreams->text);
    free(upstreams);
}

/* Stable, so that equally good servers keep the order configured. */
static size_t choose_configured(struct upstreams *upstreams, struct upstream **chosen)
{
    for (size_t i = 0; i < upstreams->configured_count; i++) {
        struct upstream *upstream = upstreams->configured[i];
        size_t place = i;

        for (; place && health_compare(&upstream->health, &chosen[place - 1]->health) < 0; place--)
            chosen[place] = chosen[place - 1];
        chosen[place] = upstream;
    }
    return upstreams->configured_count;
}

static bool is_idle(const struct upstream *upstream)
{
    return !upstream->asked && !upstream->crowded && !upstream->streams;
}

/* Makes room among the servers that are asked now and then: who was met first and has nothing to do
 * is forgotten. */
static void forget_some(struct upstreams *upstreams)
{
    struct single *single, *next;

    HASH_ITER(hh, upstreams->singles, single, next)
    {
        if (HASH_COUNT(upstreams->singles) < SINGLES_MOST * 3 / 4)
            return;
        if (is_idle(single->upstream))
            single_free(upstreams, single);
    }
}

static struct key key_of(const struct server *server)
{
    struct key key;

    memset(&key, 0, sizeof key);
    key.family = server->address.family;
    memcpy(key.bytes, server->address.bytes, sizeof key.bytes);
    key.port = server->port;
    key.encrypted = server->encrypted;
    return key;
}

static struct upstream *other(struct upstreams *upstreams, const struct question *question)
{
    struct server server = {.address = question->server,
                            .port = question->port ? question->port : upstreams->port,
                            .encrypted = question->encrypted};
    struct key key = key_of(&server);
    struct single *single;

    for (size_t i = 0; i < upstreams->configured_count; i++)
        if (server_equal(&upstreams->configured[i]->server, &server))
            return upstreams->configured[i];
    HASH_FIND(hh, upstreams->singles, &key, sizeof key, single);
    if (single)
        return single->upstream;
    if (HASH_COUNT(upstreams->singles) >= SINGLES_MOST)
        forget_some(upstreams);
    single = memory_new(1, sizeof *single);
    single->key = key;
    single->upstream = upstream_new(upstreams, &server);
    HASH_ADD(hh, upstreams->singles, key, sizeof key, single);
    return single->upstream;
}

struct upstream *upstreams_single(struct upstreams *upstreams, const struct question *question)
{
    if (!question->server.family || !family_allowed(upstreams, &question->server))
        return NULL;
    return other(upstreams, question);
}

size_t upstreams_choose(struct upstreams *upstreams, const struct question *question,
                        struct upstream *chosen[QUERY_SERVERS], const char **why)
{
    if (question->server.family && !family_allowed(upstreams, &question->server)) {
        *why = upstreams->family == 4 ? N_("only servers with an IPv4 address may be queried (-4)")
                                      : N_("only servers with an IPv6 address may be queried (-6)");
        return 0;
    }
    if (question->server.family) {
        chosen[0] = other(upstreams, question);
        return 1;
    }
    *why = upstreams->family == 6 ? N_("there is no name server with an IPv6 address")
                                  : N_("there is no name server with an IPv4 address");
    return choose_configured(upstreams, chosen);
}

const char *upstreams_text(struct upstreams *upstreams)
{
    struct text *text = &upstreams->text;

    text_cut(text, 0);
    for (size_t i = 0; i < upstreams->configured_count; i++) {
        text_add(text, text->length ? ", " : "");
        text_add(text, upstreams->configured[i]->text);
    }
    return text_get(text);
}
