/* A server of DNS over TLS, or over HTTPS, that misbehaves, on 127.0.0.1:
 *
 *     rogue_tls CERTIFICATE KEY [mute|plain|drop|slow|web]
 *
 * It prints "port N" once it listens, "connection" for each one that is accepted, "resumed" for one
 * whose handshake was shortened by a ticket, and "query NAME OCTETS" for each query. The last word
 * is what it does in place of the handshake: say nothing, say something that is not TLS, read and
 * close, or wait for 2.5 s first; web: it speaks HTTP/1.1 behind it (RFC 8484). What it does with a
 * query the label at the front of the name says (digits at its end make more names of it); "good"
 * is A 192.0.2.1. */
#include "server/rogue_message.h"

#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SLOW_MS = 2500, DRIP = 3 };

struct peer {
    SSL *ssl;
    bool web;
    struct message held; /* an answer that comes behind the next one; length 0: none */
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void send_bytes(struct peer *peer, const uint8_t *bytes, size_t length)
{
    if (SSL_write(peer->ssl, bytes, (int)length) <= 0)
        exit(0);
}

static void send_page(struct peer *peer, const struct message *message, size_t announced)
{
    static uint8_t page[MESSAGE + 200];
    int head = snprintf((char *)page, 200,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        announced);

    memcpy(page + head, message->bytes, message->length);
    send_bytes(peer, page, (size_t)head + message->length);
}

static void send_framed(struct peer *peer, const struct message *message, size_t announced)
{
    uint8_t framed[MESSAGE + 3] = {(uint8_t)(announced >> 8), (uint8_t)announced};

    if (peer->web) {
        send_page(peer, message, announced);
        return;
    }
    memcpy(framed + 2, message->bytes, message->length);
    send_bytes(peer, framed, 2 + message->length);
}

static void answer(struct peer *peer, const struct message *message)
{
    send_framed(peer, message, message->length);
}

/* ---- what a label does; false closes the connection ---- */

static bool do_good(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    answer(peer, message);
    return true;
}

static bool do_silent(struct peer *peer, const struct query *query, struct message *message)
{
    (void)peer, (void)query, (void)message;
    return true;
}

static bool do_close(struct peer *peer, const struct query *query, struct message *message)
{
    (void)peer, (void)query, (void)message;
    return false;
}

/* Answers one query a connection. */
static bool do_one(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    answer(peer, message);
    return false;
}

/* Its answer comes behind that to the next query. */
static bool do_behind(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    peer->held = *message;
    return true;
}

static bool do_drip(struct peer *peer, const struct query *query, struct message *message)
{
    uint8_t framed[MESSAGE + 3] = {(uint8_t)(message->length >> 8), (uint8_t)message->length};

    (void)query;
    memcpy(framed + 2, message->bytes, message->length);
    for (size_t at = 0; at < message->length + 2; at += DRIP)
        send_bytes(peer, framed + at,
                   message->length + 2 - at < DRIP ? message->length + 2 - at : DRIP);
    return true;
}

/* Announces more than it sends. */
static bool do_half(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    send_framed(peer, message, message->length + 40);
    return false;
}

/* Three messages that answer nothing. */
static bool do_noise(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    message->length = 1;
    for (int i = 0; i < 3; i++)
        answer(peer, message);
    return true;
}

/* The right id, another name. */
static bool do_other(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    message->bytes[HEADER + 1] ^= 1;
    answer(peer, message);
    return true;
}

/* Two answers to one query, the second one forged. */
static bool do_twice(struct peer *peer, const struct query *query, struct message *message)
{
    answer(peer, message);
    forged(message, query);
    answer(peer, message);
    return true;
}

static bool do_cut(struct peer *peer, const struct query *query, struct message *message)
{
    (void)query;
    message->bytes[2] |= 2;
    answer(peer, message);
    return true;
}

static bool do_plain(struct peer *peer, const struct query *query, struct message *message)
{
    if (query->edns)
        begin(message, query, 1);
    answer(peer, message);
    return true;
}

static bool do_padded(struct peer *peer, const struct query *query, struct message *message)
{
    const uint8_t opt[] = {0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 24, 0, 12, 0, 20};
    const uint8_t zeros[20] = {0};

    (void)query;
    add(message, opt, sizeof opt);
    add(message, zeros, sizeof zeros);
    set_count(message, 3, 1);
    answer(peer, message);
    return true;
}

static const struct behaviour {
    const char *label;
    bool (*act)(struct peer *peer, const struct query *query, struct message *message);
} behaviours[] = {
    {"good", do_good},     {"silent", do_silent}, {"close", do_close}, {"one", do_one},
    {"behind", do_behind}, {"drip", do_drip},     {"half", do_half},   {"noise", do_noise},
    {"other", do_other},   {"twice", do_twice},   {"cut", do_cut},     {"plain", do_plain},
    {"padded", do_padded},
};

static const struct behaviour *behaviour_of(const uint8_t *name)
{
    size_t length = name[0];

    while (length && name[length] >= '0' && name[length] <= '9')
        length--;
    for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++)
        if (strlen(behaviours[i].label) == length &&
            memcmp(behaviours[i].label, name + 1, length) == 0)
            return &behaviours[i];
    return &behaviours[0];
}

/* ---- connections ---- */

static bool read_bytes(struct peer *peer, uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        int got = SSL_read(peer->ssl, bytes + at, (int)(length - at));
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

/* The head of a request; the octets that follow it, 0 where there is none. */
static size_t read_head(struct peer *peer)
{
    char head[2048] = "";
    size_t length = 0;
    const char *field;

    while (length + 1 < sizeof head && !strstr(head, "\r\n\r\n"))
        if (read_bytes(peer, (uint8_t *)head + length, 1))
            head[++length] = '\0';
        else
            return 0;
    field = strstr(head, "Content-Length: ");
    return field ? strtoul(field + strlen("Content-Length: "), NULL, 10) : 0;
}

static size_t read_length(struct peer *peer)
{
    uint8_t length[2];

    if (peer->web)
        return read_head(peer);
    return read_bytes(peer, length, 2) ? (size_t)length[0] << 8 | length[1] : 0;
}

static bool take_query(struct peer *peer, const uint8_t *bytes, size_t length)
{
    static struct message message;
    struct query query = {.bytes = bytes, .tcp = true, .edns = length > HEADER && bytes[11]};
    size_t end = HEADER;
    bool stays;

    while (end < length && bytes[end])
        end += 1U + bytes[end];
    query.question_length = end + 5;
    if (query.question_length > length)
        return false;
    printf("query %.*s %zu\n", bytes[HEADER], bytes + HEADER + 1, length);
    good(&message, &query);
    stays = behaviour_of(bytes + HEADER)->act(peer, &query, &message);
    if (peer->held.length && peer->held.bytes[0] | peer->held.bytes[1] &&
        memcmp(peer->held.bytes, bytes, 2) != 0) {
        answer(peer, &peer->held);
        peer->held.length = 0;
    }
    return stays;
}

static void serve(SSL_CTX *context, int socket, bool web)
{
    static struct peer peer;
    uint8_t query[512];
    size_t wanted;

    peer.web = web;
    peer.ssl = SSL_new(context);
    SSL_set_fd(peer.ssl, socket);
    if (SSL_accept(peer.ssl) != 1)
        exit(0);
    if (SSL_session_reused(peer.ssl))
        puts("resumed");
    while ((wanted = read_length(&peer)) && wanted <= sizeof query &&
           read_bytes(&peer, query, wanted) && take_query(&peer, query, wanted))
        ;
    SSL_shutdown(peer.ssl);
    shutdown(socket, SHUT_WR);
    while (read(socket, query, sizeof query) > 0)
        ; /* closed with bytes unread, the answer would be lost */
    exit(0);
}

/* In place of the handshake. */
static void spoil(const char *how, int socket)
{
    char hello[4096];

    if (strcmp(how, "slow") == 0)
        poll(NULL, 0, SLOW_MS);
    if (strcmp(how, "plain") == 0 && write(socket, "220 mail.test ESMTP\r\n", 21) < 0)
        die("write");
    if (strcmp(how, "mute") == 0 || strcmp(how, "plain") == 0)
        while (read(socket, hello, sizeof hello) > 0)
            ;
    if (strcmp(how, "drop") == 0 && read(socket, hello, sizeof hello) < 0)
        die("read");
    if (strcmp(how, "slow") != 0 && strcmp(how, "web") != 0)
        exit(0);
}

static int listening(void)
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof place;
    int tcp = socket(AF_INET, SOCK_STREAM, 0);

    if (tcp < 0 || bind(tcp, (struct sockaddr *)&place, length) || listen(tcp, 64) ||
        getsockname(tcp, (struct sockaddr *)&place, &length))
        die("socket");
    printf("port %u\n", ntohs(place.sin_port));
    return tcp;
}

int main(int count, char **arguments)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    int tcp, socket;

    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    if (count < 3 || SSL_CTX_use_certificate_chain_file(context, arguments[1]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, arguments[2], SSL_FILETYPE_PEM) != 1) {
        fprintf(stderr, "rogue_tls CERTIFICATE KEY [mute|plain|drop|slow|web]\n");
        return 2;
    }
    tcp = listening();
    while ((socket = accept(tcp, NULL, NULL)) >= 0) {
        puts("connection");
        if (fork() == 0) {
            close(tcp);
            if (count > 3)
                spoil(arguments[3], socket);
            serve(context, socket, count > 3 && strcmp(arguments[3], "web") == 0);
        }
        close(socket);
    }
    return 0;
}
