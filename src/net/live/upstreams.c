#include "net/live/upstreams.h"

#include "base/array.h"
#include "base/memory.h"
#include "net/live/resolv_conf.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static const char resolv_conf_path[] = "/etc/resolv.conf";

struct upstreams {
    uint16_t port;
    uint8_t family;
    struct upstream *configured[POLICY_SERVERS];
    size_t configured_count;
    struct upstream **others; /* asked because a question said so */
    size_t other_count, other_capacity;
    struct search *searches; /* names being looked up */
    struct text lack;        /* why there is no configured server */
    struct text text;
    void (*settled)(void *context);
    void *context;
};

struct search { /* for the addresses of one "@name"; lives until libuv is done with it */
    uv_getaddrinfo_t request;
    struct upstreams *upstreams; /* NULL when nobody waits any more */
    struct search *next;
    uint16_t port;
    char name[SERVER_NAME_TEXT];
};

static struct upstream *upstream_new(const struct server *server)
{
    struct upstream *upstream = memory_new(1, sizeof *upstream);
    struct text text = {0};

    upstream->server = *server;
    server_print(server, &text);
    upstream->text = text_take(&text);
    return upstream;
}

static void upstream_free(struct upstream *upstream)
{
    free(upstream->text);
    free(upstream);
}

static bool family_allowed(const struct upstreams *upstreams, const struct address *address)
{
    return !upstreams->family || upstreams->family == address->family;
}

static const char *family_name(const struct upstreams *upstreams)
{
    return upstreams->family == 4 ? "IPv4" : "IPv6";
}

/* Takes a configured server in, unless it is there already or of the wrong family. */
static void configure(struct upstreams *upstreams, struct server server)
{
    if (!server.port)
        server.port = upstreams->port;
    if (!family_allowed(upstreams, &server.address) ||
        upstreams->configured_count == POLICY_SERVERS)
        return;
    for (size_t i = 0; i < upstreams->configured_count; i++)
        if (server_equal(&upstreams->configured[i]->server, &server))
            return;
    upstreams->configured[upstreams->configured_count++] = upstream_new(&server);
}

static void note_lack(struct upstreams *upstreams, const char *name, const char *what)
{
    text_format(&upstreams->lack, "%s%s: %s", upstreams->lack.length ? "; " : "", name, what);
}

static void take_found(struct upstreams *upstreams, const struct addrinfo *found, uint16_t port)
{
    for (; found; found = found->ai_next) {
        struct server server = {.port = port};

        if (found->ai_family == AF_INET) {
            server.address.family = 4;
            memcpy(server.address.bytes,
                   &((const struct sockaddr_in *)(const void *)found->ai_addr)->sin_addr, 4);
        } else if (found->ai_family == AF_INET6) {
            const struct sockaddr_in6 *v6 = (const void *)found->ai_addr;

            server.address.family = 6;
            server.scope = v6->sin6_scope_id;
            memcpy(server.address.bytes, &v6->sin6_addr, 16);
        } else {
            continue;
        }
        configure(upstreams, server);
    }
}

static void unlink_search(struct upstreams *upstreams, const struct search *search)
{
    struct search **link = &upstreams->searches;

    while (*link != search)
        link = &(*link)->next;
    *link = search->next;
}

static void on_found(uv_getaddrinfo_t *request, int error, struct addrinfo *found)
{
    struct search *search = request->data;
    struct upstreams *upstreams = search->upstreams;

    if (upstreams) {
        unlink_search(upstreams, search);
        if (error)
            note_lack(upstreams, search->name, uv_strerror(error));
        else
            take_found(upstreams, found, search->port);
        if (!upstreams->searches)
            upstreams->settled(upstreams->context);
    }
    uv_freeaddrinfo(found);
    free(search);
}

static void find(struct upstreams *upstreams, uv_loop_t *loop, const struct server_spec *spec)
{
    static const int families[] = {[0] = AF_UNSPEC, [4] = AF_INET, [6] = AF_INET6};
    struct addrinfo hints = {.ai_family = families[upstreams->family], .ai_socktype = SOCK_DGRAM};
    struct search *search = memory_new(1, sizeof *search);
    int error;

    search->request.data = search;
    search->upstreams = upstreams;
    search->port = spec->server.port;
    memcpy(search->name, spec->name, sizeof search->name);
    error = uv_getaddrinfo(loop, &search->request, on_found, search->name, NULL, &hints);
    if (error) {
        note_lack(upstreams, search->name, uv_strerror(error));
        free(search);
        return;
    }
    search->next = upstreams->searches;
    upstreams->searches = search;
}

/* The C library's habits, within our own ten seconds. */
static void adopt_limits(const struct resolv_conf *conf, const struct live_options *options,
                         struct policy_limits *limits)
{
    int64_t most = limits->total_us;

    if (options->timeout_ms || options->tries)
        return;
    policy_limits_init(limits, conf->timeout_s * 1000, conf->attempts, options->tcp);
    if (limits->total_us > most)
        limits->total_us = most;
}

static void read_resolv_conf(struct upstreams *upstreams, const struct live_options *options,
                             struct policy_limits *limits, struct faults *warnings)
{
    const char *path = options->resolv_conf ? options->resolv_conf : resolv_conf_path;
    struct resolv_conf conf;

    resolv_conf_read(path, &conf, warnings);
    adopt_limits(&conf, options, limits);
    for (size_t i = 0; i < conf.server_count; i++)
        configure(upstreams, conf.servers[i]);
}

struct upstreams *upstreams_new(uv_loop_t *loop, const struct live_options *options,
                                struct policy_limits *limits, struct faults *warnings,
                                void (*settled)(void *context), void *context)
{
    struct upstreams *upstreams = memory_new(1, sizeof *upstreams);

    upstreams->port = options->port ? options->port : SERVER_PORT;
    upstreams->family = options->family;
    upstreams->settled = settled;
    upstreams->context = context;
    for (size_t i = 0; i < options->server_count; i++)
        if (options->servers[i].name[0])
            find(upstreams, loop, &options->servers[i]);
        else
            configure(upstreams, options->servers[i].server);
    if (!options->server_count)
        read_resolv_conf(upstreams, options, limits, warnings);
    return upstreams;
}

static void abandon_searches(struct upstreams *upstreams, const char *what)
{
    struct search *next;

    for (struct search *search = upstreams->searches; search; search = next) {
        next = search->next;
        note_lack(upstreams, search->name, what);
        search->upstreams = NULL;
        uv_cancel((uv_req_t *)&search->request);
    }
    upstreams->searches = NULL;
}

void upstreams_free(struct upstreams *upstreams)
{
    abandon_searches(upstreams, "");
    for (size_t i = 0; i < upstreams->configured_count; i++)
        upstream_free(upstreams->configured[i]);
    for (size_t i = 0; i < upstreams->other_count; i++)
        upstream_free(upstreams->others[i]);
    free(upstreams->others);
    text_clear(&upstreams->lack);
    text_clear(&upstreams->text);
    free(upstreams);
}

bool upstreams_are_settled(const struct upstreams *upstreams)
{
    return !upstreams->searches;
}

void upstreams_settle(struct upstreams *upstreams)
{
    abandon_searches(upstreams, "its address could not be found in time");
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

static struct upstream *other(struct upstreams *upstreams, const struct question *question)
{
    struct server server = {.address = question->server,
                            .port = question->port ? question->port : upstreams->port};

    for (size_t i = 0; i < upstreams->configured_count; i++)
        if (server_equal(&upstreams->configured[i]->server, &server))
            return upstreams->configured[i];
    for (size_t i = 0; i < upstreams->other_count; i++)
        if (server_equal(&upstreams->others[i]->server, &server))
            return upstreams->others[i];
    ARRAY_PUSH(upstreams->others, upstreams->other_count, upstreams->other_capacity,
               upstream_new(&server));
    return upstreams->others[upstreams->other_count - 1];
}

size_t upstreams_choose(struct upstreams *upstreams, const struct question *question,
                        struct upstream *chosen[POLICY_SERVERS], const char **why)
{
    if (question->server.family && !family_allowed(upstreams, &question->server)) {
        *why = upstreams->family == 4 ? "only servers with an IPv4 address may be asked (-4)"
                                      : "only servers with an IPv6 address may be asked (-6)";
        return 0;
    }
    if (question->server.family) {
        chosen[0] = other(upstreams, question);
        return 1;
    }
    if (!upstreams->configured_count && !upstreams->lack.length)
        text_format(&upstreams->lack, "there is no name server with an %s address",
                    family_name(upstreams));
    *why = text_get(&upstreams->lack);
    return choose_configured(upstreams, chosen);
}

const char *upstreams_text(struct upstreams *upstreams)
{
    struct text *text = &upstreams->text;

    text_cut(text, 0);
    for (size_t i = 0; i < upstreams->configured_count; i++)
        text_format(text, "%s%s", text->length ? ", " : "", upstreams->configured[i]->text);
    for (const struct search *search = upstreams->searches; search; search = search->next)
        text_format(text, "%s%s", text->length ? ", " : "", search->name);
    return text_get(text);
}
