/* A name server that misbehaves as a label of the question's name says, on 127.0.0.1:
 *
 *     rogue [PORT]      prints "port N" once it listens on UDP and TCP, runs until it is ended
 *
 * What each label does is in the table of behaviours; digits at its end make more names of it.
 * "good" is A 192.0.2.1, and forgeries say 192.0.2.66. */
#include "server/rogue_message.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS = 64,
    LATER_MAX = 256,
    NAMES_MAX = 512,
    DRIP_MS = 250,
    LATE_MS = 900,
    SOON_MS = 20,
};

struct later { /* a datagram to be sent when its time has come */
    int64_t at;
    struct sockaddr_in to;
    uint8_t bytes[512];
    size_t length;
};

struct connection {
    int socket; /* -1: free */
    uint8_t query[600];
    size_t query_length;
    struct message *reply;
    size_t sent, drip; /* bytes at a time; 0: all at once */
    int64_t next;
};

static int udp, tcp, stranger; /* sockets; the stranger has another port */
static struct later laters[LATER_MAX];
static size_t later_count;
static struct connection connections[CONNECTIONS];
static struct seen {
    uint8_t name[256];
    unsigned count;
} names[NAMES_MAX];

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- sending ---- */

static void reply_now(const struct query *query, const struct message *message)
{
    sendto(udp, message->bytes, message->length, 0, (const struct sockaddr *)&query->from,
           sizeof query->from);
}

static void reply_later(const struct query *query, const struct message *message, int64_t delay)
{
    struct later *later = &laters[later_count];

    if (later_count == LATER_MAX || message->length > sizeof later->bytes)
        return;
    later_count++;
    later->at = now_ms() + delay;
    later->to = query->from;
    later->length = message->length;
    memcpy(later->bytes, message->bytes, message->length);
}

/* ---- behaviours: fill in the reply; false means that none is to be sent ---- */

static bool do_good(const struct query *query, struct message *message)
{
    good(message, query);
    return true;
}

static bool do_silent(const struct query *query, struct message *message)
{
    (void)query;
    (void)message;
    return false;
}

static bool do_lost(const struct query *query, struct message *message)
{
    good(message, query);
    return query->count > 2;
}

/* Only the first datagram is answered, long after others were sent. */
static bool do_late(const struct query *query, struct message *message)
{
    good(message, query);
    if (query->count == 1)
        reply_later(query, message, LATE_MS);
    return false;
}

static bool do_twice(const struct query *query, struct message *message)
{
    good(message, query);
    reply_now(query, message);
    return true;
}

static bool do_id(const struct query *query, struct message *message)
{
    forged(message, query);
    message->bytes[0] ^= 0xff;
    reply_now(query, message);
    good(message, query);
    reply_later(query, message, SOON_MS);
    return false;
}

static bool do_flood(const struct query *query, struct message *message)
{
    good(message, query);
    if (query->tcp)
        return true;
    forged(message, query);
    for (uint8_t i = 1; i <= 40; i++) {
        message->bytes[1] = (uint8_t)(query->bytes[1] ^ i);
        reply_now(query, message);
    }
    return false;
}

enum wrong { WRONG_NAME, WRONG_TYPE, WRONG_CLASS, WRONG_OPCODE };

/* A forgery that has everything right but for one bit, then good. */
static bool do_wrong(const struct query *query, struct message *message)
{
    const size_t at[] = {[WRONG_NAME] = HEADER + 1,
                         [WRONG_TYPE] = query->question_length - 3,
                         [WRONG_CLASS] = query->question_length - 1,
                         [WRONG_OPCODE] = 2};

    forged(message, query);
    message->bytes[at[query->argument]] ^= 8;
    reply_now(query, message);
    good(message, query);
    reply_later(query, message, SOON_MS);
    return false;
}

static bool do_echo(const struct query *query, struct message *message)
{
    message->length = 0;
    add(message, query->bytes, query->question_length);
    reply_now(query, message);
    good(message, query);
    reply_later(query, message, SOON_MS);
    return false;
}

static bool do_stranger(const struct query *query, struct message *message)
{
    forged(message, query);
    sendto(stranger, message->bytes, message->length, 0, (const struct sockaddr *)&query->from,
           sizeof query->from);
    good(message, query);
    reply_later(query, message, SOON_MS);
    return false;
}

static bool do_empty(const struct query *query, struct message *message)
{
    message->length = 0;
    reply_now(query, message);
    good(message, query);
    message->length = 5;
    reply_now(query, message);
    good(message, query);
    reply_later(query, message, SOON_MS);
    return false;
}

/* TC with a forgery; good over TCP unless the argument says that it is cut there too. */
static bool do_cut(const struct query *query, struct message *message)
{
    if (query->tcp && !query->argument)
        return do_good(query, message);
    forged(message, query);
    message->bytes[2] |= 2;
    return true;
}

static bool do_large(const struct query *query, struct message *message)
{
    begin(message, query, 0);
    while (message->length < 4000)
        add_address(message, 1);
    return true;
}

static bool do_short_record(const struct query *query, struct message *message)
{
    good(message, query);
    message->length -= 2;
    return true;
}

static bool do_count(const struct query *query, struct message *message)
{
    good(message, query);
    set_count(message, 1, 60000);
    return true;
}

static bool do_pointer(const struct query *query, struct message *message)
{
    good(message, query);
    message->bytes[query->question_length + 1] = (uint8_t)query->question_length;
    return true;
}

/* Two records of the type in the argument, which may only come once or not at all. */
static bool do_additional(const struct query *query, struct message *message)
{
    good(message, query);
    add_additional(message, (uint16_t)query->argument, 40);
    add_additional(message, (uint16_t)query->argument, 40);
    return true;
}

static bool do_rcode(const struct query *query, struct message *message)
{
    begin(message, query, query->argument);
    return true;
}

/* A zone that does not validate: SERVFAIL but for who sets CD (RFC 4035 3.2.2). */
static bool do_bogus(const struct query *query, struct message *message)
{
    if (query->bytes[3] & 0x10)
        return do_good(query, message);
    begin(message, query, 2);
    return true;
}

static bool do_no_edns(const struct query *query, struct message *message)
{
    good(message, query);
    if (query->edns) {
        begin(message, query, 1);
        message->length = HEADER;
        set_count(message, 0, 0);
    }
    return true;
}

static bool do_bad_version(const struct query *query, struct message *message)
{
    good(message, query);
    if (query->edns) {
        begin(message, query, 0);
        add_additional(message, 41, 0);
        message->bytes[message->length - 6] = 1; /* extended rcode 16 */
    }
    return true;
}

static bool do_case(const struct query *query, struct message *message)
{
    good(message, query);
    for (size_t i = HEADER; i < query->question_length - 4; i++)
        if (message->bytes[i] >= 'a' && message->bytes[i] <= 'z')
            message->bytes[i] ^= 0x20;
    return true;
}

enum stream_way { WHOLE, DRIP, HOLD, CLOSE, RESET, HALF, HUGE_LENGTH };

static const struct behaviour {
    const char *label;
    bool (*reply)(const struct query *query, struct message *message);
    unsigned argument;
    enum stream_way way; /* what happens to the reply over TCP */
} behaviours[] = {
    {"good", do_good, 0, WHOLE},
    {"silent", do_silent, 0, HOLD},
    {"lost", do_lost, 0, WHOLE},   /* the first two datagrams get no reply */
    {"late", do_late, 0, WHOLE},   /* a reply to the first datagram, after 900 ms */
    {"twice", do_twice, 0, WHOLE}, /* the same reply two times */
    {"id", do_id, 0, WHOLE},       /* a forgery by id, then good */
    {"flood", do_flood, 0, WHOLE}, /* forty forgeries by id; good over TCP */
    {"name", do_wrong, WRONG_NAME, WHOLE},
    {"type", do_wrong, WRONG_TYPE, WHOLE},
    {"class", do_wrong, WRONG_CLASS, WHOLE},
    {"opcode", do_wrong, WRONG_OPCODE, WHOLE},
    {"echo", do_echo, 0, WHOLE},         /* the query itself, QR clear */
    {"stranger", do_stranger, 0, WHOLE}, /* a forgery from another port */
    {"empty", do_empty, 0, WHOLE},       /* datagrams of 0 and 5 bytes, then good */
    {"cut", do_cut, 0, WHOLE},
    {"cut-always", do_cut, 1, WHOLE},
    {"cut-drip", do_cut, 0, DRIP},        /* over TCP a byte every 250 ms */
    {"cut-hold", do_cut, 0, HOLD},        /* over TCP nothing comes */
    {"cut-close", do_cut, 0, CLOSE},      /* TCP is closed at once */
    {"cut-reset", do_cut, 0, RESET},      /* TCP is reset */
    {"cut-half", do_cut, 0, HALF},        /* TCP is closed in the middle */
    {"cut-huge", do_cut, 0, HUGE_LENGTH}, /* TCP says 65535 bytes will come, few do */
    {"large", do_large, 0, WHOLE},        /* 4000 bytes in a datagram */
    {"short-record", do_short_record, 0, WHOLE},
    {"count", do_count, 0, WHOLE},     /* 60000 records are promised */
    {"pointer", do_pointer, 0, WHOLE}, /* a name that points to itself */
    {"two-opt", do_additional, 41, WHOLE},
    {"tsig", do_additional, 250, WHOLE},
    {"no-edns", do_no_edns, 0, WHOLE}, /* FORMERR without question for EDNS */
    {"bad-version", do_bad_version, 0, WHOLE},
    {"format-error", do_rcode, 1, WHOLE},
    {"servfail", do_rcode, 2, WHOLE},
    {"bogus", do_bogus, 0, WHOLE}, /* SERVFAIL, and good with CD */
    {"nxdomain", do_rcode, 3, WHOLE},
    {"refused", do_rcode, 5, WHOLE},
    {"case", do_case, 0, WHOLE}, /* the question comes back in the other case */
};

/* ---- the server ---- */

/* That of the first label that names one. */
static const struct behaviour *behaviour_of(const uint8_t *name)
{
    for (; name[0]; name += name[0] + 1U) {
        char label[64] = "";

        memcpy(label, name + 1, name[0] < sizeof label ? name[0] : 0);
        label[strcspn(label, "0123456789")] = '\0';
        for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++)
            if (!strcmp(behaviours[i].label, label))
                return &behaviours[i];
    }
    return &behaviours[0];
}

static unsigned count_name(const uint8_t *name, size_t length)
{
    for (size_t i = 0; i < NAMES_MAX && length <= sizeof names->name; i++) {
        if (!names[i].count)
            memcpy(names[i].name, name, length);
        if (!memcmp(names[i].name, name, length))
            return ++names[i].count;
    }
    return 1;
}

/* Reads the query; false when it is none. */
static bool understand(const uint8_t *bytes, size_t length, struct query *query)
{
    size_t at = HEADER;

    if (length < HEADER + 5 || bytes[5] != 1)
        return false;
    while (at < length && bytes[at])
        at += bytes[at] + 1U;
    if (at + 5 > length)
        return false;
    query->bytes = bytes;
    query->question_length = at + 5;
    query->edns = bytes[11] > 0;
    return true;
}

static void on_datagram(void)
{
    static struct message message;
    const struct behaviour *behaviour;
    uint8_t bytes[1024];
    struct query query = {0};
    socklen_t size = sizeof query.from;
    ssize_t length = recvfrom(udp, bytes, sizeof bytes, 0, (struct sockaddr *)&query.from, &size);

    if (length < 0 || !understand(bytes, (size_t)length, &query))
        return;
    behaviour = behaviour_of(bytes + HEADER);
    query.argument = behaviour->argument;
    query.count = count_name(bytes + HEADER, query.question_length - HEADER - 4);
    if (behaviour->reply(&query, &message))
        reply_now(&query, &message);
}

static void hang_up(struct connection *connection)
{
    close(connection->socket);
    free(connection->reply);
    *connection = (struct connection){.socket = -1};
}

static void on_connect(void)
{
    int accepted = accept(tcp, NULL, NULL);

    for (size_t i = 0; i < CONNECTIONS && accepted >= 0; i++)
        if (connections[i].socket < 0) {
            connections[i].socket = accepted;
            return;
        }
    if (accepted >= 0)
        close(accepted);
}

static void reset(struct connection *connection)
{
    struct linger linger = {.l_onoff = 1};

    setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    hang_up(connection);
}

static void send_some(struct connection *connection)
{
    struct message *reply = connection->reply;
    size_t left = reply->length - connection->sent;
    ssize_t sent =
        send(connection->socket, reply->bytes + connection->sent,
             connection->drip && connection->drip < left ? connection->drip : left, MSG_NOSIGNAL);

    connection->next = now_ms() + DRIP_MS;
    if (sent > 0)
        connection->sent += (size_t)sent;
    if (sent < 0 || connection->sent == reply->length)
        connection->drip = 0;
}

static void answer_stream(struct connection *connection, enum stream_way way, size_t length)
{
    uint8_t *prefix = connection->reply->bytes;

    prefix[0] = (uint8_t)(length >> 8);
    prefix[1] = (uint8_t)length;
    switch (way) {
    case WHOLE:
        break;
    case DRIP:
        connection->drip = 1;
        break;
    case HOLD:
        return;
    case CLOSE:
        hang_up(connection);
        return;
    case RESET:
        reset(connection);
        return;
    case HALF:
        connection->reply->length /= 2;
        break;
    case HUGE_LENGTH:
        prefix[0] = prefix[1] = 0xff;
        break;
    }
    send_some(connection);
    if (way == HALF)
        hang_up(connection);
}

static void on_stream(struct connection *connection)
{
    static struct message message;
    struct query query = {.tcp = true, .count = 1};
    ssize_t length = recv(connection->socket, connection->query + connection->query_length,
                          sizeof connection->query - connection->query_length, 0);
    const struct behaviour *behaviour;

    if (length <= 0) {
        hang_up(connection);
        return;
    }
    connection->query_length += (size_t)length;
    if (connection->reply || connection->query_length < 2 ||
        connection->query_length < 2U + connection->query[0] * 256U + connection->query[1] ||
        !understand(connection->query + 2, connection->query_length - 2, &query))
        return;
    behaviour = behaviour_of(connection->query + 2 + HEADER);
    query.argument = behaviour->argument;
    if (!behaviour->reply(&query, &message))
        return;
    connection->reply = malloc(sizeof message);
    if (!connection->reply)
        die("malloc");
    memcpy(connection->reply->bytes + 2, message.bytes, message.length);
    connection->reply->length = message.length + 2;
    answer_stream(connection, behaviour->way, message.length);
}

static void send_due(int64_t now)
{
    for (size_t i = later_count; i-- > 0;)
        if (laters[i].at <= now) {
            sendto(udp, laters[i].bytes, laters[i].length, 0,
                   (const struct sockaddr *)&laters[i].to, sizeof laters[i].to);
            laters[i] = laters[--later_count];
        }
    for (size_t i = 0; i < CONNECTIONS; i++)
        if (connections[i].socket >= 0 && connections[i].drip && connections[i].next <= now)
            send_some(&connections[i]);
}

static void serve(void)
{
    for (;;) {
        struct pollfd polled[CONNECTIONS + 2];

        polled[0] = (struct pollfd){.fd = udp, .events = POLLIN};
        polled[1] = (struct pollfd){.fd = tcp, .events = POLLIN};
        for (size_t i = 0; i < CONNECTIONS; i++)
            polled[i + 2] = (struct pollfd){.fd = connections[i].socket, .events = POLLIN};
        if (poll(polled, CONNECTIONS + 2, 10) < 0 && errno != EINTR)
            die("poll");
        send_due(now_ms());
        if (polled[0].revents)
            on_datagram();
        if (polled[1].revents)
            on_connect();
        for (size_t i = 0; i < CONNECTIONS; i++)
            if (polled[i + 2].revents && connections[i].socket >= 0)
                on_stream(&connections[i]);
    }
}

static int bound(int type, uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int descriptor = socket(AF_INET, type, 0), one = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0)
        die("bind");
    return descriptor;
}

int main(int count, char **arguments)
{
    struct sockaddr_in address = {0};
    socklen_t size = sizeof address;

    tcp = bound(SOCK_STREAM, count > 1 ? (uint16_t)atoi(arguments[1]) : 0);
    if (listen(tcp, CONNECTIONS) != 0 || getsockname(tcp, (struct sockaddr *)&address, &size) != 0)
        die("listen");
    udp = bound(SOCK_DGRAM, ntohs(address.sin_port));
    stranger = bound(SOCK_DGRAM, 0);
    for (size_t i = 0; i < CONNECTIONS; i++)
        connections[i].socket = -1;
    printf("port %u\n", ntohs(address.sin_port));
    fflush(stdout);
    serve();
}
