#include "net/transport/transport.h"

#include "base/array.h"
#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LENGTH_PREFIX = 2 };

struct datagrams {
    uv_udp_t handle;
    struct datagrams *next; /* of the unused */
    struct transport_room *room;
    struct transport_owner owner;
    bool closing;
};

struct stream {
    uv_tcp_t handle;
    uv_connect_t connect;
    uv_write_t write;
    struct transport_room *room;
    struct transport_owner owner;
    bool closing;
    uint8_t *query; /* with its length in front */
    size_t query_length;
    uint8_t *reply; /* what came so far, with its length in front */
    size_t reply_length, reply_capacity;
};

union socket_address transport_address(const struct server *server)
{
    union socket_address address = {0};

    if (server->address.family == 4) {
        address.v4.sin_family = AF_INET;
        address.v4.sin_port = htons(server->port);
        memcpy(&address.v4.sin_addr, server->address.bytes, 4);
    } else {
        address.v6.sin6_family = AF_INET6;
        address.v6.sin6_port = htons(server->port);
        address.v6.sin6_scope_id = server->scope;
        memcpy(&address.v6.sin6_addr, server->address.bytes, 16);
    }
    return address;
}

uint16_t transport_id(struct transport_room *room)
{
    int error = 0;

    if (!room->id_count) {
        error = uv_random(NULL, NULL, room->ids, sizeof room->ids, 0, NULL);
        room->id_count = TRANSPORT_IDS;
    }
    assert(!error);
    return room->ids[--room->id_count];
}

static void offer_room(struct transport_room *room, uv_buf_t *buffer)
{
    *buffer = uv_buf_init((char *)room->bytes, sizeof room->bytes);
}

static void on_datagram_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct datagrams *datagrams = handle->data;

    (void)suggested;
    offer_room(datagrams->room, buffer);
}

static void tell(const struct transport_owner *owner, int error)
{
    struct transport_failure failure = {.error = error};

    owner->failed(owner->context, owner->server, &failure);
}

static void on_datagram(uv_udp_t *handle, ssize_t length, const uv_buf_t *buffer,
                        const struct sockaddr *from, unsigned flags)
{
    struct datagrams *datagrams = handle->data;
    struct transport_owner *owner = &datagrams->owner;

    (void)flags;
    if (datagrams->closing || (length == 0 && !from))
        return;
    if (length < 0)
        tell(owner, (int)length);
    else
        owner->message(owner->context, owner->server, (const uint8_t *)buffer->base,
                       (size_t)length);
}

static void on_datagrams_closed(uv_handle_t *handle)
{
    free(handle->data);
}

int datagrams_open(struct transport_room *room, const struct server *server,
                   struct transport_owner owner, struct datagrams **socket)
{
    struct datagrams *datagrams = memory_new(1, sizeof *datagrams);
    union socket_address address = transport_address(server);
    int error = uv_udp_init(room->loop, &datagrams->handle);

    if (error) {
        free(datagrams);
        return error;
    }
    datagrams->handle.data = datagrams;
    datagrams->room = room;
    datagrams->owner = owner;
    do
        error = uv_udp_connect(&datagrams->handle, &address.any);
    while (error == UV_EMFILE && datagrams_close_unused(room));
    if (!error)
        error = uv_udp_recv_start(&datagrams->handle, on_datagram_room, on_datagram);
    if (error)
        datagrams_close(datagrams);
    else
        *socket = datagrams;
    return error;
}

int datagrams_send(struct datagrams *datagrams, const uint8_t *bytes, size_t length)
{
    uv_buf_t buffer = uv_buf_init((char *)(uintptr_t)bytes, (unsigned)length);
    int sent = uv_udp_try_send(&datagrams->handle, &buffer, 1, NULL);

    return sent < 0 && sent != UV_EAGAIN && sent != UV_ENOBUFS ? sent : 0;
}

void datagrams_close(struct datagrams *datagrams)
{
    datagrams->closing = true;
    uv_udp_recv_stop(&datagrams->handle); /* nor looks whether there is more */
    datagrams->next = datagrams->room->unused;
    datagrams->room->unused = datagrams;
}

bool datagrams_close_unused(struct transport_room *room)
{
    bool any = room->unused;

    while (room->unused) {
        struct datagrams *unused = room->unused;
        room->unused = unused->next;
        uv_close((uv_handle_t *)&unused->handle, on_datagrams_closed);
    }
    return any;
}

static void on_stream_closed(uv_handle_t *handle)
{
    struct stream *stream = handle->data;

    free(stream->query);
    free(stream->reply);
    free(stream);
}

static void fail(struct stream *stream, int error)
{
    if (!stream->closing)
        tell(&stream->owner, error);
}

static void on_stream_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct stream *stream = handle->data;

    (void)suggested;
    offer_room(stream->room, buffer);
}

/* Nothing beyond the one message is kept, however much the server sends. */
static void on_stream_bytes(uv_stream_t *handle, ssize_t length, const uv_buf_t *buffer)
{
    struct stream *stream = handle->data;
    size_t wanted = LENGTH_PREFIX + TRANSPORT_MESSAGE_MAX - stream->reply_length, got;

    if (length < 0)
        fail(stream, (int)length);
    if (length <= 0 || stream->closing)
        return;
    got = (size_t)length < wanted ? (size_t)length : wanted;
    stream->reply = array_reserve(stream->reply, &stream->reply_capacity,
                                  stream->reply_length + got, sizeof *stream->reply);
    memcpy(stream->reply + stream->reply_length, buffer->base, got);
    stream->reply_length += got;
    if (stream->reply_length < LENGTH_PREFIX)
        return;
    wanted = (size_t)stream->reply[0] << 8 | stream->reply[1];
    if (stream->reply_length < LENGTH_PREFIX + wanted)
        return;
    uv_read_stop(handle);
    stream->owner.message(stream->owner.context, stream->owner.server,
                          stream->reply + LENGTH_PREFIX, wanted);
}

static void on_written(uv_write_t *request, int error)
{
    if (error)
        fail(request->handle->data, error);
}

static void on_connected(uv_connect_t *request, int error)
{
    struct stream *stream = request->handle->data;
    uv_buf_t buffer = uv_buf_init((char *)stream->query, (unsigned)stream->query_length);
    uv_stream_t *handle = (uv_stream_t *)&stream->handle;

    if (stream->closing)
        return;
    if (!error)
        error = uv_write(&stream->write, handle, &buffer, 1, on_written);
    if (!error)
        error = uv_read_start(handle, on_stream_room, on_stream_bytes);
    if (error)
        fail(stream, error);
}

int stream_open(struct transport_room *room, const struct server *server,
                struct transport_owner owner, const uint8_t *bytes, size_t length,
                struct stream **opened)
{
    struct stream *stream = memory_new(1, sizeof *stream);
    union socket_address address = transport_address(server);
    int error = uv_tcp_init(room->loop, &stream->handle);

    if (error) {
        free(stream);
        return error;
    }
    stream->handle.data = stream;
    stream->room = room;
    stream->owner = owner;
    stream->query_length = length + LENGTH_PREFIX;
    stream->query = memory_new(1, stream->query_length);
    stream->query[0] = (uint8_t)(length >> 8);
    stream->query[1] = (uint8_t)length;
    memcpy(stream->query + LENGTH_PREFIX, bytes, length);
    uv_tcp_nodelay(&stream->handle, 1);
    do
        error = uv_tcp_connect(&stream->connect, &stream->handle, &address.any, on_connected);
    while (error == UV_EMFILE && datagrams_close_unused(room));
    if (error)
        stream_close(stream);
    else
        *opened = stream;
    return error;
}

void stream_close(struct stream *stream)
{
    stream->closing = true;
    uv_close((uv_handle_t *)&stream->handle, on_stream_closed);
}
