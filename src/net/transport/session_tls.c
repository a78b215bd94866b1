/* DNS over TLS (RFC 7858): OpenSSL between two buffers, libuv carries the bytes. */
#include "base/array.h"
#include "base/memory.h"
#include "dns/wire.h"
#include "net/transport/session_class.h"

#include "base/message.h"

#include <assert.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

enum { LENGTH_PREFIX = 2, UNMATCHED_MOST = 3, PLAINTEXT_MOST = 16384, FRUITLESS_MOST = 8 };

struct tls_session {
    struct session session;
    SSL_CTX *context;
    SSL_SESSION *ticket; /* owned: what the next handshake can be shortened by; NULL: nothing */
    struct link *link;   /* NULL: none is open */
    unsigned fruitless;  /* connections in a row that were closed before they brought an answer */
};

struct link { /* one connection; lives until libuv has closed it */
    uv_tcp_t handle;
    uv_connect_t connect;
    struct tls_session *tls; /* NULL: closed, nobody wants it */
    SSL *ssl;
    BIO *in, *out;
    bool connected, open; /* TCP; TLS as well */
    bool served;          /* has brought an answer */
    bool careful;         /* one query, and others when it is answered */
    unsigned unmatched;   /* messages that answer nothing */
    uint8_t *bytes;       /* decrypted and not taken yet */
    size_t length, capacity;
};

struct writing {
    uv_write_t request;
    uint8_t bytes[];
};

static void link_close(struct link *link);
static int link_open(struct tls_session *tls, const char **why);

/* ---- failures ---- */

static void link_fail(struct link *link, int error, const char *why)
{
    struct transport_failure failure = {.error = error, .why = why, .served = link->served};
    struct session *session;

    if (!link->tls)
        return;
    session = &link->tls->session;
    link_close(link);
    session_fail(session, false, &failure);
}

/* The first query that the server left unanswered; those that nobody waits for go. */
static struct transaction *first_unanswered(struct session *session)
{
    static const struct transport_failure unheard = {.error = UV_ECONNRESET};
    struct transaction *first = NULL, *next;

    for (struct transaction *transaction = session->transactions; transaction; transaction = next) {
        next = transaction->next;
        if (!transaction->wanted)
            transaction_fail(transaction, &unheard);
        else if (transaction->sent && !first)
            first = transaction;
    }
    return first;
}

/* The server closed an open connection: what it had not answered is asked anew (RFC 7766 6.2.4).
 * It may have closed because of one query, which then is the first that it left unanswered. So only
 * that one fails; the others go out with the next connection, one alone until there is an answer
 * again. */
static void link_closed(struct link *link, int error)
{
    struct tls_session *tls = link->tls;
    struct session *session = &tls->session;
    struct transport_failure failure = {.error = error, .served = link->served};
    struct transaction *first = first_unanswered(session);

    tls->fruitless = link->served || !first ? 0 : tls->fruitless + 1;
    if (tls->fruitless == FRUITLESS_MOST) {
        tls->fruitless = 0;
        link_fail(link, error, NULL);
        return;
    }
    link_close(link);
    for (struct transaction *each = session->transactions; each; each = each->next)
        each->sent = false;
    if (first)
        transaction_fail(first, &failure);
    if (!tls->link && session->transactions && (failure.error = link_open(tls, &failure.why)))
        session_fail(session, false, &failure);
}

/* Before the session is open every end is one of the handshake. */
static void fail_handshake(struct link *link)
{
    long verified = SSL_get_verify_result(link->ssl);

    if (verified != X509_V_OK)
        link_fail(link, TRANSPORT_UNTRUSTED, session_certificate_fault(verified));
    else
        link_fail(link, TRANSPORT_NO_TLS, N_("it does not answer as TLS should"));
}

static void fail_read(struct link *link, int error)
{
    if (link->connected && !link->open && (error == UV_EOF || error == UV_ECONNRESET))
        link_fail(link, TRANSPORT_NO_TLS, N_("it closed the connection during the TLS handshake"));
    else if (link->tls && link->open)
        link_closed(link, error);
    else
        link_fail(link, error, NULL);
}

/* ---- out ---- */

static void on_written(uv_write_t *request, int error)
{
    struct link *link = request->handle->data;

    free(request->data);
    if (error && error != UV_ECANCELED)
        fail_read(link, error);
}

/* Sends what OpenSSL has put into its buffer. */
static void flush(struct link *link)
{
    size_t length = BIO_ctrl_pending(link->out);
    struct writing *writing;
    uv_buf_t buffer;
    int error;

    if (!length)
        return;
    writing = memory_new(1, sizeof *writing + length);
    writing->request.data = writing;
    BIO_read(link->out, writing->bytes, (int)length);
    buffer = uv_buf_init((char *)writing->bytes, (unsigned)length);
    error = uv_write(&writing->request, (uv_stream_t *)&link->handle, &buffer, 1, on_written);
    if (error) {
        free(writing);
        fail_read(link, error);
    }
}

static void write_transaction(struct link *link, struct transaction *transaction)
{
    uint8_t framed[LENGTH_PREFIX + WIRE_QUERY_MAX];

    assert(transaction->length <= WIRE_QUERY_MAX);
    framed[0] = (uint8_t)(transaction->length >> 8);
    framed[1] = (uint8_t)transaction->length;
    memcpy(framed + LENGTH_PREFIX, transaction->query, transaction->length);
    SSL_write(link->ssl, framed, (int)(LENGTH_PREFIX + transaction->length));
    transaction->sent = true;
    session_sent(transaction->session);
}

/* Sends what is not sent yet; one alone after connections that brought nothing. */
static void send_waiting(struct link *link)
{
    struct transaction *transaction = link->tls->session.transactions;

    session_heard(&link->tls->session);
    for (; transaction; transaction = transaction->next)
        if (!transaction->sent) {
            write_transaction(link, transaction);
            if (link->careful)
                break;
        }
    flush(link);
}

/* ---- in ---- */

static struct transaction *transaction_of(struct link *link, const uint8_t *message, size_t length)
{
    struct transaction *transaction = link->tls->session.transactions;
    uint16_t id = length < 2 ? 0 : (uint16_t)(message[0] << 8 | message[1]);

    while (transaction && (!transaction->sent || transaction->id != id))
        transaction = transaction->next;
    return transaction;
}

static void take_message(struct link *link, const uint8_t *message, size_t length)
{
    struct transaction *transaction = transaction_of(link, message, length);

    session_heard(&link->tls->session);
    if (transaction) {
        link->served = true;
        link->tls->fruitless = 0;
        transaction_answer(transaction, message, length);
        if (link->tls && link->careful) {
            link->careful = false;
            send_waiting(link);
        }
    } else if (++link->unmatched == UNMATCHED_MOST) {
        link_fail(link, TRANSPORT_NO_DNS, N_("it sends what answers no query"));
    }
}

/* Takes the whole messages off the bytes there are. */
static void take_messages(struct link *link)
{
    size_t at = 0, left, length;

    while (link->tls && (left = link->length - at) >= LENGTH_PREFIX) {
        length = (size_t)link->bytes[at] << 8 | link->bytes[at + 1];
        if (left < LENGTH_PREFIX + length)
            break;
        at += LENGTH_PREFIX + length;
        take_message(link, link->bytes + at - length, length);
    }
    memmove(link->bytes, link->bytes + at, link->length - at);
    link->length -= at;
}

static void read_plaintext(struct link *link)
{
    int got;

    do {
        link->bytes = array_reserve(link->bytes, &link->capacity, link->length + PLAINTEXT_MOST,
                                    sizeof *link->bytes);
        ERR_clear_error();
        got = SSL_read(link->ssl, link->bytes + link->length, PLAINTEXT_MOST);
        if (got > 0) {
            link->length += (size_t)got;
            take_messages(link);
        }
    } while (got > 0 && link->tls);
    if (!link->tls)
        return;
    switch (SSL_get_error(link->ssl, got)) {
    case SSL_ERROR_WANT_READ:
        flush(link);
        break;
    case SSL_ERROR_ZERO_RETURN:
        link_closed(link, UV_EOF);
        break;
    default:
        link_fail(link, TRANSPORT_NO_TLS, N_("what it sends is not TLS any more"));
        break;
    }
}

/* Goes on with the handshake, and with what follows it. */
static void go_on(struct link *link)
{
    int done;

    if (!link->open) {
        ERR_clear_error();
        done = SSL_do_handshake(link->ssl);
        if (done != 1 && SSL_get_error(link->ssl, done) != SSL_ERROR_WANT_READ) {
            fail_handshake(link);
            return;
        }
        flush(link);
        if (done != 1 || !link->tls)
            return;
        link->open = true;
        link->careful = link->tls->fruitless > 0;
        send_waiting(link);
    }
    if (link->tls)
        read_plaintext(link);
}

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct link *link = handle->data;
    struct transport_room *room = link->tls->session.room;

    (void)suggested;
    *buffer = uv_buf_init((char *)room->bytes, sizeof room->bytes);
}

static void on_bytes(uv_stream_t *handle, ssize_t length, const uv_buf_t *buffer)
{
    struct link *link = handle->data;

    if (!link->tls || length == 0)
        return;
    if (length < 0) {
        fail_read(link, (int)length);
        return;
    }
    BIO_write(link->in, buffer->base, (int)length);
    go_on(link);
}

/* ---- a connection ---- */

static void on_closed(uv_handle_t *handle)
{
    struct link *link = handle->data;

    if (link->open) /* else its tickets would be lost */
        SSL_set_shutdown(link->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(link->ssl);
    free(link->bytes);
    free(link);
}

static void link_close(struct link *link)
{
    link->tls->link = NULL;
    link->tls = NULL;
    uv_close((uv_handle_t *)&link->handle, on_closed);
}

static void on_connected(uv_connect_t *request, int error)
{
    struct link *link = request->handle->data;

    if (!link->tls)
        return;
    link->connected = !error;
    if (!error)
        error = uv_read_start((uv_stream_t *)&link->handle, on_room, on_bytes);
    if (error)
        link_fail(link, error, NULL);
    else
        go_on(link);
}

/* A ticket of the server, to be used once (RFC 8446 C.4). */
static int on_ticket(SSL *ssl, SSL_SESSION *ticket)
{
    struct link *link = SSL_get_app_data(ssl);

    if (!link->tls)
        return 0;
    SSL_SESSION_free(link->tls->ticket);
    link->tls->ticket = ticket;
    return 1;
}

static void use_ticket(struct tls_session *tls, SSL *ssl)
{
    if (!tls->ticket)
        return;
    SSL_set_session(ssl, tls->ticket);
    SSL_SESSION_free(tls->ticket);
    tls->ticket = NULL;
}

/* The certificate must be for the name, or else for the address. */
static void expect_host(SSL *ssl, const struct session *session)
{
    const char *name = session->encrypted->name;
    const struct address *address = &session->server.address;

    if (*name) {
        SSL_set_tlsext_host_name(ssl, name);
        SSL_set1_host(ssl, name);
    } else {
        X509_VERIFY_PARAM_set1_ip(SSL_get0_param(ssl), address->bytes,
                                  address->family == 6 ? 16 : 4);
    }
}

static const char *prepare_context(struct tls_session *tls)
{
    const char *trusted = tls->session.trusted;
    SSL_CTX *context;

    if (tls->context)
        return NULL;
    if (!(context = SSL_CTX_new(TLS_client_method())))
        return N_("OpenSSL does not work here");
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, on_ticket);
    if (trusted ? !SSL_CTX_load_verify_locations(context, trusted, NULL)
                : !SSL_CTX_set_default_verify_paths(context)) {
        SSL_CTX_free(context);
        return N_("the file of trusted certificates cannot be read");
    }
    tls->context = context;
    return NULL;
}

static struct link *link_new(struct tls_session *tls)
{
    struct link *link = memory_new(1, sizeof *link);

    link->tls = tls;
    link->handle.data = link;
    link->ssl = SSL_new(tls->context);
    link->in = BIO_new(BIO_s_mem());
    link->out = BIO_new(BIO_s_mem());
    assert(link->ssl && link->in && link->out);
    BIO_set_mem_eof_return(link->in, -1);
    SSL_set_bio(link->ssl, link->in, link->out);
    SSL_set_app_data(link->ssl, link);
    SSL_set_connect_state(link->ssl);
    use_ticket(tls, link->ssl);
    expect_host(link->ssl, &tls->session);
    return link;
}

static int link_open(struct tls_session *tls, const char **why)
{
    struct session *session = &tls->session;
    union socket_address address = transport_address(&session->server);
    struct link *link;
    int error;

    if ((*why = prepare_context(tls)))
        return TRANSPORT_UNTRUSTED;
    link = link_new(tls);
    error = uv_tcp_init(session->room->loop, &link->handle);
    assert(!error);
    uv_tcp_nodelay(&link->handle, 1);
    tls->link = link;
    error = uv_tcp_connect(&link->connect, &link->handle, &address.any, on_connected);
    if (error)
        link_close(link);
    else
        session_sent(session);
    return error;
}

/* ---- what a session does ---- */

static struct tls_session *tls_of(const struct session *session)
{
    return (struct tls_session *)(uintptr_t)session;
}

static int send_query(struct transaction *transaction, const char **why)
{
    struct tls_session *tls = tls_of(transaction->session);

    if (!tls->link)
        return link_open(tls, why);
    if (tls->link->open && !tls->link->careful) {
        write_transaction(tls->link, transaction);
        flush(tls->link);
    }
    return 0;
}

/* What was sent will be answered, and must be known then. */
static bool withdraw(struct transaction *transaction)
{
    return !transaction->sent;
}

static void renew(struct session *session)
{
    static const struct transport_failure failure = {.error = UV_ECONNRESET,
                                                     .why = N_("nothing came over the connection")};
    struct tls_session *tls = tls_of(session);
    const char *why;

    if (!tls->link)
        return;
    link_close(tls->link);
    session_fail(session, true, &failure);
    if (!tls->link && session->transactions)
        link_open(tls, &why);
}

static const char *obstacle(const struct session *session)
{
    const struct link *link = tls_of(session)->link;

    if (!link || link->open)
        return NULL;
    return link->connected ? N_("the TLS handshake was not finished")
                           : N_("no connection was made");
}

static void tls_free(struct session *session)
{
    struct tls_session *tls = tls_of(session);

    if (tls->link)
        link_close(tls->link);
    SSL_SESSION_free(tls->ticket);
    SSL_CTX_free(tls->context);
    free(tls);
}

static const struct session_class tls_class = {send_query, withdraw, renew, obstacle, tls_free};

struct session *session_tls_new(void)
{
    struct tls_session *tls = memory_new(1, sizeof *tls);

    tls->session.class = &tls_class;
    return &tls->session;
}
