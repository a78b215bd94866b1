/* Datagrams and streams over libuv: what carries one question to one server. Nothing here knows
 * what a reply is worth. */
#ifndef NET_LIVE_TRANSPORT_H
#define NET_LIVE_TRANSPORT_H

#include "net/server.h"

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

enum { TRANSPORT_MESSAGE_MAX = 65535 };

/* Shared by all sockets of a loop; outlives them. */
struct transport_room {
    uv_loop_t *loop;
    uint8_t bytes[TRANSPORT_MESSAGE_MAX + 1]; /* what is read last */
};

/* Called from the loop; the socket may be closed from inside. `message` is a whole DNS message,
 * borrowed for the call. `failed` gets a libuv error code, never 0; a stream is of no use after it.
 */
struct transport_owner {
    void (*message)(void *context, unsigned server, const uint8_t *bytes, size_t length);
    void (*failed)(void *context, unsigned server, int error);
    void *context;
    unsigned server;
};

struct datagrams;
struct stream;

/* A UDP socket connected to the server, so that the kernel drops what others send; its source port
 * is the kernel's random choice. Returns 0 or a libuv error code; *socket is set on success. */
int datagrams_open(struct transport_room *room, const struct server *server,
                   struct transport_owner owner, struct datagrams **socket);
/* Sends one datagram. A full send buffer counts as a lost datagram. Returns 0 or an error code. */
int datagrams_send(struct datagrams *socket, const uint8_t *bytes, size_t length);
void datagrams_close(struct datagrams *socket);

/* Connects, sends the message behind its length (RFC 1035 4.2.2) and reads one message. Errors
 * after this call come through `failed`. */
int stream_open(struct transport_room *room, const struct server *server,
                struct transport_owner owner, const uint8_t *bytes, size_t length,
                struct stream **stream);
void stream_close(struct stream *stream);

#endif
