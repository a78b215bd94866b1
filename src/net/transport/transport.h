/* Datagrams and streams over libuv: what carries one question to one server in plain DNS
 * (session.h: encrypted). Nothing here knows what a reply is worth. */
#ifndef NET_TRANSPORT_TRANSPORT_H
#define NET_TRANSPORT_TRANSPORT_H

#include "net/server.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <uv.h>

enum { TRANSPORT_MESSAGE_MAX = 65535 };

struct datagrams;
struct stream;

enum { TRANSPORT_IDS = 64 };

/* Shared by all sockets of a loop; outlives them. */
struct transport_room {
    uv_loop_t *loop;
    uint8_t bytes[TRANSPORT_MESSAGE_MAX + 1]; /* what is read last */
    struct datagrams *unused;                 /* sockets to be closed */
    uint16_t ids[TRANSPORT_IDS];              /* chance from the system, for the next so many */
    size_t id_count;
};

/* An ID that nobody guesses (RFC 5452 9.2). */
uint16_t transport_id(struct transport_room *room);

/* Beside the error codes of libuv, which are negative. */
enum transport_error {
    TRANSPORT_UNTRUSTED = 1, /* the certificate does not prove who the server is */
    TRANSPORT_NO_TLS,        /* it does not speak TLS, or not with us */
    TRANSPORT_NO_DNS,        /* it speaks, but no DNS */
    TRANSPORT_NO_LIBRARY,    /* what speaks it here is not installed */
};

struct transport_failure {
    int error;       /* never 0 */
    const char *why; /* a sentence, or NULL: what libuv says of the code */
    bool served;     /* the connection had brought an answer to some question before */
};

/* Called from the loop; the socket may be closed from inside. `message` is a whole DNS message,
 * borrowed for the call, as the failure is; a stream is of no use after that. */
struct transport_owner {
    void (*message)(void *context, unsigned server, const uint8_t *bytes, size_t length);
    void (*failed)(void *context, unsigned server, const struct transport_failure *failure);
    void *context;
    unsigned server;
};

union socket_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};
/* Where the server is, for the system. */
union socket_address transport_address(const struct server *server);

/* A UDP socket connected to the server, so that the kernel drops what others send; its source port
 * is the kernel's random choice. Returns 0 or a libuv error code; *socket is set on success. */
int datagrams_open(struct transport_room *room, const struct server *server,
                   struct transport_owner owner, struct datagrams **socket);
/* Sends one datagram. A full send buffer counts as a lost datagram. Returns 0 or an error code. */
int datagrams_send(struct datagrams *socket, const uint8_t *bytes, size_t length);
/* Nothing more comes of the socket. It is closed with the others by datagrams_close_unused(): while
 * the loop hands out what many sockets received, it would look through all of that for each. */
void datagrams_close(struct datagrams *socket);
/* To be called when the loop is about to wait, and at the end. Were there any? */
bool datagrams_close_unused(struct transport_room *room);

/* Connects, sends the message behind its length (RFC 1035 4.2.2) and reads one message. Errors
 * after this call come through `failed`. */
int stream_open(struct transport_room *room, const struct server *server,
                struct transport_owner owner, const uint8_t *bytes, size_t length,
                struct stream **stream);
void stream_close(struct stream *stream);

#endif
