/* A network of our own on 127.0.0.1, since loopback has neither delay nor loss:
 *
 *     proxy --upstream PORT [--listen PORT] [--delay MS] [--loss PERCENT] [--seed N]
 *           [--silent LABEL] [--slow LABEL=MS]
 *
 * Datagrams to the port it listens on go to the upstream port and back, each way delayed by MS
 * milliseconds and lost with the probability PERCENT. The round trip takes twice the delay,
 * whatever the upstream takes of it. TCP is delayed likewise and nothing of it is lost. Datagrams
 * that ask for a name with a label that begins with LABEL are never answered, or MS milliseconds
 * later than others. Prints "port N" once it listens; when it is ended by SIGTERM or SIGINT it
 * prints what passed: "queries N replies N lost N silent N distinct N most N connections N peak N",
 * where distinct counts different questions, most is how often one of them was sent, and peak is
 * how many datagrams were on their way at once. */
#include "base/array.h"
#include "base/memory.h"
#include "base/random.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    HEADER = 12,
    DATAGRAM = 65535,
    PAIRS = 128,
    IDS = 65536,
    SLOTS = 1 << 22,
    PROBES = 1 << 10,
    SECOND = 1000000000
};

struct options {
    uint16_t upstream, listen;
    double delay_ms, loss_percent;
    const char *silent;
    const char *slow; /* "LABEL=MS" */
    uint64_t seed;
};

struct parcel { /* on its way; the queue is in the order of what is due first */
    int64_t due_ns;
    int socket; /* to send to */
    int pair;   /* of a stream; -1 for a datagram */
    bool last;  /* the stream ends here */
    struct sockaddr_in to;
    uint8_t *bytes;
    size_t length;
};

struct pair {           /* of TCP connections */
    int client, server; /* -1: closed */
};

struct origin { /* who asked under an id of ours */
    struct sockaddr_in from;
    uint8_t id[2];
    int64_t asked_ns, slow_ns;
};

static struct options options;
static struct random random_numbers;
static int client_side = -1, server_side = -1, listener = -1;
static struct sockaddr_in upstream;
static struct parcel *parcels;
static size_t parcel_first, parcel_count, parcel_capacity;
static struct pair pairs[PAIRS];
static struct origin origins[IDS];
static uint16_t next_id;
static uint64_t seen[SLOTS];  /* hashes of the questions seen */
static uint16_t times[SLOTS]; /* and how often each was */
static unsigned long queries, replies, lost, silent, distinct, repeats, connections, peak;
static volatile sig_atomic_t ended;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec;
}

static bool is_lost(void)
{
    return random_below(&random_numbers, 1000000) < (uint64_t)(options.loss_percent * 10000);
}

static int64_t delay_ns(void)
{
    return (int64_t)(options.delay_ms * 1e6);
}

static int64_t slow_ns(void)
{
    const char *ms = strchr(options.slow, '=');

    return ms ? (int64_t)(atof(ms + 1) * 1e6) : 0;
}

static void send_off(struct parcel parcel, const void *bytes, size_t length)
{
    size_t place;

    if (parcel_first && parcel_first == parcel_count)
        parcel_first = parcel_count = 0;
    parcel.bytes = (uint8_t *)memory_dup_bytes(bytes, length);
    parcel.length = length;
    ARRAY_PUSH(parcels, parcel_count, parcel_capacity, parcel);
    for (place = parcel_count - 1;
         place > parcel_first && parcels[place - 1].due_ns > parcel.due_ns; place--)
        parcels[place] = parcels[place - 1];
    parcels[place] = parcel;
    if (parcel_count - parcel_first > peak)
        peak = parcel_count - parcel_first;
}

/* ---- datagrams ---- */

/* FNV-1a over the question, whose case does not matter, and over RD and CD, which make it another
 * one. */
static void count_question(const uint8_t *bytes, size_t length)
{
    uint64_t hash = 14695981039346656037U + (bytes[2] & 1) + (bytes[3] & 0x10);

    for (size_t i = HEADER, zeros = 0; i < length && zeros < 4; i++) {
        uint8_t byte = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] | 0x20 : bytes[i];

        if (zeros || !byte)
            zeros++;
        hash = (hash ^ byte) * 1099511628211U;
    }
    for (size_t i = 0; i < PROBES; i++) {
        size_t slot = (hash + i) % SLOTS;

        if (seen[slot] && seen[slot] != hash)
            continue;
        distinct += !seen[slot];
        seen[slot] = hash;
        if (++times[slot] > repeats)
            repeats = times[slot];
        return;
    }
}

/* Has the name a label that begins so? */
static bool is_of(const char *wanted, const uint8_t *bytes, size_t length)
{
    size_t label = wanted ? strcspn(wanted, "=") : 0;

    for (size_t i = HEADER; label && i < length && bytes[i] && bytes[i] < 64; i += bytes[i] + 1U)
        if (bytes[i] >= label && i + label < length &&
            strncasecmp((const char *)bytes + i + 1, wanted, label) == 0)
            return true;
    return false;
}

static void take_query(struct origin *origin, uint8_t *bytes, size_t length)
{
    struct parcel parcel = {.socket = server_side, .pair = -1, .to = upstream};

    queries++;
    count_question(bytes, length);
    if (is_of(options.silent, bytes, length)) {
        silent++;
        return;
    }
    if (is_lost()) {
        lost++;
        return;
    }
    memcpy(origin->id, bytes, 2);
    origin->asked_ns = now_ns();
    origin->slow_ns = is_of(options.slow, bytes, length) ? slow_ns() : 0;
    bytes[0] = (uint8_t)(next_id >> 8);
    bytes[1] = (uint8_t)next_id;
    next_id++;
    parcel.due_ns = origin->asked_ns + delay_ns();
    send_off(parcel, bytes, length);
}

static void on_queries(void)
{
    static uint8_t bytes[DATAGRAM];
    ssize_t length;

    do {
        struct origin *origin = &origins[next_id];
        socklen_t size = sizeof origin->from;
        length = recvfrom(client_side, bytes, sizeof bytes, MSG_DONTWAIT,
                          (struct sockaddr *)&origin->from, &size);
        if (length >= HEADER)
            take_query(origin, bytes, (size_t)length);
    } while (length >= 0);
}

static void take_reply(uint8_t *bytes, size_t length)
{
    const struct origin *origin = &origins[bytes[0] << 8 | bytes[1]];
    struct parcel parcel = {.socket = client_side, .pair = -1, .to = origin->from};

    if (is_lost()) {
        lost++;
        return;
    }
    replies++;
    memcpy(bytes, origin->id, 2);
    parcel.due_ns = origin->asked_ns + 2 * delay_ns() + origin->slow_ns;
    send_off(parcel, bytes, length);
}

static void on_replies(void)
{
    static uint8_t bytes[DATAGRAM];
    ssize_t length;

    do {
        length = recv(server_side, bytes, sizeof bytes, MSG_DONTWAIT);
        if (length >= HEADER)
            take_reply(bytes, (size_t)length);
    } while (length >= 0);
}

/* ---- streams ---- */

static void on_connection(void)
{
    int client = accept(listener, NULL, NULL), server = socket(AF_INET, SOCK_STREAM, 0);

    for (size_t i = 0; i < PAIRS && client >= 0 && server >= 0; i++)
        if (pairs[i].client < 0 && pairs[i].server < 0) {
            if (connect(server, (struct sockaddr *)&upstream, sizeof upstream) != 0)
                break;
            connections++;
            pairs[i] = (struct pair){client, server};
            return;
        }
    if (client >= 0)
        close(client);
    if (server >= 0)
        close(server);
}

static void on_bytes(int pair, int from, int to)
{
    static uint8_t bytes[DATAGRAM];
    ssize_t length = recv(from, bytes, sizeof bytes, 0);
    struct parcel parcel = {
        .due_ns = now_ns() + delay_ns(), .socket = to, .pair = pair, .last = length <= 0};

    if (length <= 0)
        shutdown(from, SHUT_RD);
    send_off(parcel, bytes, length > 0 ? (size_t)length : 0);
}

static void close_pair(struct pair *pair)
{
    close(pair->client);
    close(pair->server);
    *pair = (struct pair){-1, -1};
}

/* ---- arrival ---- */

static void deliver(const struct parcel *parcel)
{
    if (parcel->pair < 0)
        sendto(parcel->socket, parcel->bytes, parcel->length, 0,
               (const struct sockaddr *)&parcel->to, sizeof parcel->to);
    else if (pairs[parcel->pair].client != parcel->socket &&
             pairs[parcel->pair].server != parcel->socket)
        return;
    else if (parcel->last || send(parcel->socket, parcel->bytes, parcel->length, MSG_NOSIGNAL) < 0)
        close_pair(&pairs[parcel->pair]);
}

static void deliver_due(void)
{
    while (parcel_first < parcel_count && parcels[parcel_first].due_ns <= now_ns()) {
        struct parcel parcel = parcels[parcel_first++];

        deliver(&parcel);
        free(parcel.bytes);
    }
}

static void add_to(fd_set *set, int socket, int *most)
{
    if (socket < 0)
        return;
    FD_SET(socket, set);
    if (socket > *most)
        *most = socket;
}

/* Waits for bytes or for the next parcel to be due; `signals` may end it. */
static void wait_for(fd_set *readable, const sigset_t *signals)
{
    struct timespec wait = {.tv_sec = 3600};
    int64_t left = parcel_first < parcel_count ? parcels[parcel_first].due_ns - now_ns() : 0;
    int most = 0;

    FD_ZERO(readable);
    add_to(readable, client_side, &most);
    add_to(readable, server_side, &most);
    add_to(readable, listener, &most);
    for (int i = 0; i < PAIRS; i++) {
        add_to(readable, pairs[i].client, &most);
        add_to(readable, pairs[i].server, &most);
    }
    if (parcel_first < parcel_count)
        wait = (struct timespec){left > 0 ? left / SECOND : 0, left > 0 ? left % SECOND : 0};
    if (pselect(most + 1, readable, NULL, NULL, &wait, signals) < 0) {
        if (errno != EINTR)
            die("pselect");
        FD_ZERO(readable);
    }
}

static bool is_readable(const fd_set *readable, int socket)
{
    return socket >= 0 && FD_ISSET(socket, readable);
}

static void serve(const sigset_t *signals)
{
    fd_set readable;

    while (!ended) {
        wait_for(&readable, signals);
        deliver_due();
        if (is_readable(&readable, client_side))
            on_queries();
        if (is_readable(&readable, server_side))
            on_replies();
        for (int i = 0; i < PAIRS; i++) {
            if (is_readable(&readable, pairs[i].client))
                on_bytes(i, pairs[i].client, pairs[i].server);
            if (is_readable(&readable, pairs[i].server))
                on_bytes(i, pairs[i].server, pairs[i].client);
        }
        if (is_readable(&readable, listener))
            on_connection();
    }
}

/* ---- start and end ---- */

/* -1 when the port is taken. */
static int bound(int type, uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int descriptor = socket(AF_INET, type, 0), one = 1, room = 4 << 20;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (descriptor >= 0 && bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0)
        return descriptor;
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

static uint16_t open_sockets(void)
{
    struct sockaddr_in address = {0};
    socklen_t size = sizeof address;

    /* A port that is free for streams may be taken for datagrams. */
    for (int tries = 0; tries < 20 && client_side < 0; tries++) {
        if (listener >= 0)
            close(listener);
        listener = bound(SOCK_STREAM, options.listen);
        if (listen(listener, PAIRS) != 0 ||
            getsockname(listener, (struct sockaddr *)&address, &size) != 0)
            die("listen");
        client_side = bound(SOCK_DGRAM, ntohs(address.sin_port));
    }
    server_side = bound(SOCK_DGRAM, 0);
    if (client_side < 0 || server_side < 0)
        die("bind");
    upstream = address;
    upstream.sin_port = htons(options.upstream);
    upstream.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (size_t i = 0; i < PAIRS; i++)
        pairs[i] = (struct pair){-1, -1};
    return ntohs(address.sin_port);
}

static void on_end(int number)
{
    (void)number;
    ended = 1;
}

/* Ended only while it waits, so that no signal is missed. */
static sigset_t catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_end};
    sigset_t blocked, before;

    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    return before;
}

static bool take_option(const char *name, const char *value)
{
    if (!strcmp(name, "--upstream"))
        options.upstream = (uint16_t)atoi(value);
    else if (!strcmp(name, "--listen"))
        options.listen = (uint16_t)atoi(value);
    else if (!strcmp(name, "--delay"))
        options.delay_ms = atof(value);
    else if (!strcmp(name, "--loss"))
        options.loss_percent = atof(value);
    else if (!strcmp(name, "--silent"))
        options.silent = value;
    else if (!strcmp(name, "--slow"))
        options.slow = value;
    else if (!strcmp(name, "--seed"))
        options.seed = strtoull(value, NULL, 10);
    else
        return false;
    return true;
}

int main(int count, char **arguments)
{
    sigset_t signals = catch_signals();
    bool good = count % 2 == 1;

    for (int i = 1; i + 1 < count && good; i += 2)
        good = take_option(arguments[i], arguments[i + 1]);
    if (!good || !options.upstream) {
        fputs("proxy --upstream PORT [--listen PORT] [--delay MS] [--loss PERCENT]"
              " [--silent LABEL] [--slow LABEL=MS] [--seed N]\n",
              stderr);
        return 2;
    }
    random_init(&random_numbers, options.seed);
    printf("port %u\n", open_sockets());
    fflush(stdout);
    serve(&signals);
    printf("queries %lu replies %lu lost %lu silent %lu distinct %lu most %lu connections %lu peak"
           " %lu\n",
           queries, replies, lost, silent, distinct, repeats, connections, peak);
    while (parcel_first < parcel_count)
        free(parcels[parcel_first++].bytes);
    free(parcels);
    return 0;
}
