/* DNS over HTTPS (RFC 8484): libcurl, driven by libuv's loop. */
#include "base/escape.h"
#include "base/memory.h"
#include "net/curl_library.h"
#include "net/transport/session_class.h"

#include "base/message.h"

#include <openssl/x509_vfy.h>
#include <stdlib.h>
#include <string.h>

enum { TRANSFERS_MOST = 128 }; /* at a time; each takes memory of the library's */

struct https_session {
    struct session session;
    const struct curl_functions *curl;
    CURLM *multi;
    struct alarm *alarm;
    struct curl_slist *headers, *resolved;
    struct text url, pinned;
    unsigned running; /* transfers */
    bool anew;        /* the next query takes a new connection */
    bool served;      /* has brought an answer */
};

struct alarm { /* when the library wants to be called */
    uv_timer_t handle;
    struct https_session *https;
};

struct watched { /* a socket of the library's */
    uv_poll_t handle;
    struct https_session *https;
    curl_socket_t socket;
};

struct transfer {
    CURL *easy;
    struct transaction *transaction;
    struct text answer, said;
    char error[CURL_ERROR_SIZE];
    bool too_long;
};

static const char media_type[] = "application/dns-message";

static struct https_session *https_of(const struct session *session)
{
    return (struct https_session *)(uintptr_t)session;
}

/* ---- one query ---- */

static size_t take_body(char *bytes, size_t one, size_t count, void *context)
{
    struct transfer *transfer = context;

    (void)one; /* is 1 */
    transfer->too_long = transfer->answer.length + count > TRANSPORT_MESSAGE_MAX;
    if (transfer->too_long)
        return 0;
    text_add_bytes(&transfer->answer, bytes, count);
    return count;
}

static void transfer_free(struct https_session *https, struct transfer *transfer)
{
    https->curl->multi_remove_handle(https->multi, transfer->easy);
    https->curl->easy_cleanup(transfer->easy);
    https->running--;
    text_clear(&transfer->answer);
    text_clear(&transfer->said);
    free(transfer);
}

static bool withdraw(struct transaction *transaction)
{
    if (transaction->transfer)
        transfer_free(https_of(transaction->session), transaction->transfer);
    transaction->transfer = NULL;
    return true;
}

/* To the address alone that was given or looked up, past any proxy; no redirect is followed. */
static CURL *prepare(struct https_session *https, struct transfer *transfer)
{
    const struct curl_functions *curl = https->curl;
    const struct transaction *transaction = transfer->transaction;
    CURL *easy = curl->easy_init();

    curl->easy_setopt(easy, CURLOPT_URL, text_get(&https->url));
    curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl->easy_setopt(easy, CURLOPT_PROXY, "");
    curl->easy_setopt(easy, CURLOPT_RESOLVE, https->resolved);
    curl->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl->easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl->easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)https->anew);
    curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(easy, CURLOPT_HTTPHEADER, https->headers);
    curl->easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)transaction->length);
    curl->easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, transaction->query);
    curl->easy_setopt(easy, CURLOPT_MAXFILESIZE, (long)TRANSPORT_MESSAGE_MAX);
    curl->easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error);
    curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl->easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl->easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    if (https->session.trusted)
        curl->easy_setopt(easy, CURLOPT_CAINFO, https->session.trusted);
    return easy;
}

static void transfer_start(struct https_session *https, struct transaction *transaction)
{
    struct transfer *transfer = memory_new(1, sizeof *transfer);

    transfer->transaction = transaction;
    transfer->easy = prepare(https, transfer);
    transaction->transfer = transfer;
    transaction->sent = true;
    https->anew = false;
    https->running++;
    https->curl->multi_add_handle(https->multi, transfer->easy);
    session_sent(transaction->session);
}

static void start_waiting(struct https_session *https)
{
    struct transaction *transaction = https->session.transactions;

    for (; transaction && https->running < TRANSFERS_MOST; transaction = transaction->next)
        if (!transaction->sent)
            transfer_start(https, transaction);
}

/* ---- what became of it ---- */

/* RFC 8484 4.2.1: what is no success has no DNS message to be looked at. */
static bool is_answer(struct https_session *https, struct transfer *transfer,
                      struct transport_failure *failure)
{
    const char *type = NULL;
    long status = 0;

    https->curl->easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    https->curl->easy_getinfo(transfer->easy, CURLINFO_CONTENT_TYPE, &type);
    if (status == 200 && type && strncmp(type, media_type, strlen(media_type)) == 0)
        return true;
    failure->error = TRANSPORT_NO_DNS;
    if (status != 200) {
        text_format(&transfer->said, "the web server answers with status %ld", status);
    } else {
        text_add(&transfer->said, "the web server does not answer with a DNS message but with ");
        escape_bytes(&transfer->said, type ? type : "nothing", strlen(type ? type : "nothing"),
                     ESCAPE_UTF8, false);
    }
    failure->why = text_get(&transfer->said);
    return false;
}

static int error_of(const struct https_session *https, const struct transfer *transfer,
                    CURLcode code)
{
    long number = 0;

    switch (code) {
    case CURLE_COULDNT_CONNECT:
        https->curl->easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &number);
        return number ? uv_translate_sys_error((int)number) : UV_ECONNREFUSED;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return TRANSPORT_UNTRUSTED;
    case CURLE_SSL_CONNECT_ERROR:
        return TRANSPORT_NO_TLS;
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return UV_ECONNRESET;
    case CURLE_OPERATION_TIMEDOUT:
        return UV_ETIMEDOUT;
    default:
        return TRANSPORT_NO_DNS;
    }
}

static void tell_error(struct https_session *https, struct transfer *transfer, CURLcode code,
                       struct transport_failure *failure)
{
    const char *said = *transfer->error ? transfer->error : https->curl->easy_strerror(code);
    long verified = 0;

    https->curl->easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &verified);
    failure->error = error_of(https, transfer, code);
    if (code == CURLE_SSL_CACERT_BADFILE) /* this machine knows none; what --ca names was read */
        verified = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    if (failure->error == TRANSPORT_UNTRUSTED && verified > X509_V_ERR_UNSPECIFIED) {
        failure->why = session_certificate_fault(verified);
    } else if (transfer->too_long) {
        failure->why = N_("its answer is longer than a DNS message");
    } else if (failure->error > 0 || failure->error == UV_ECONNRESET) {
        escape_bytes(&transfer->said, said, strlen(said), ESCAPE_UTF8, false);
        failure->why = text_get(&transfer->said);
    }
}

/* Is it the server that cannot be spoken to? One that has answered may be busy. */
static bool is_fault(const struct https_session *https, struct transport_failure *failure)
{
    if (failure->error == TRANSPORT_NO_TLS && https->served)
        failure->error = UV_ECONNRESET;
    return failure->error == TRANSPORT_UNTRUSTED || failure->error == TRANSPORT_NO_TLS;
}

/* What is wrong with the server is wrong for the others, too. */
static void fail_all(struct https_session *https, const struct transport_failure *failure)
{
    struct session *session = &https->session;

    for (struct transaction *transaction = session->transactions; transaction;
         transaction = transaction->next)
        withdraw(transaction);
    session_fail(session, false, failure);
}

static void finish(struct https_session *https, struct transfer *transfer, CURLcode code)
{
    struct transaction *transaction = transfer->transaction;
    struct transport_failure failure = {0};
    bool good = false;

    session_heard(&https->session);
    if (code == CURLE_OK)
        good = is_answer(https, transfer, &failure);
    else
        tell_error(https, transfer, code, &failure);
    transaction->transfer = NULL;
    https->served |= good;
    if (good)
        transaction_answer(transaction, (const uint8_t *)text_get(&transfer->answer),
                           transfer->answer.length);
    else if (is_fault(https, &failure))
        fail_all(https, &failure);
    else
        transaction_fail(transaction, &failure);
    transfer_free(https, transfer);
}

static void act(struct https_session *https, curl_socket_t socket, int events)
{
    const CURLMsg *message;
    int running, left;

    https->curl->multi_socket_action(https->multi, socket, events, &running);
    while ((message = https->curl->multi_info_read(https->multi, &left))) {
        struct transfer *transfer = NULL;
        CURLcode code = message->data.result;
        https->curl->easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        finish(https, transfer, code);
    }
    start_waiting(https);
}

/* ---- the library's sockets and its clock ---- */

static void on_handle_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void on_ready(uv_poll_t *handle, int status, int events)
{
    struct watched *watched = handle->data;
    int flags = (events & UV_READABLE ? CURL_CSELECT_IN : 0) |
                (events & UV_WRITABLE ? CURL_CSELECT_OUT : 0);

    act(watched->https, watched->socket, status < 0 ? CURL_CSELECT_ERR : flags);
}

static struct watched *watch(struct https_session *https, curl_socket_t socket)
{
    struct watched *watched = memory_new(1, sizeof *watched);

    watched->https = https;
    watched->socket = socket;
    watched->handle.data = watched;
    if (uv_poll_init_socket(https->session.room->loop, &watched->handle, socket)) {
        free(watched);
        return NULL;
    }
    https->curl->multi_assign(https->multi, socket, watched);
    return watched;
}

static int on_socket(CURL *easy, curl_socket_t socket, int what, void *context, void *assigned)
{
    struct watched *watched = assigned;
    int events =
        (what != CURL_POLL_OUT ? UV_READABLE : 0) | (what != CURL_POLL_IN ? UV_WRITABLE : 0);

    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (watched)
            uv_close((uv_handle_t *)&watched->handle, on_handle_closed);
        return 0;
    }
    if (!watched && !(watched = watch(context, socket)))
        return -1;
    return uv_poll_start(&watched->handle, events, on_ready) ? -1 : 0;
}

static void on_timer(uv_timer_t *timer)
{
    struct alarm *alarm = timer->data;

    act(alarm->https, CURL_SOCKET_TIMEOUT, 0);
}

static int on_timeout(CURLM *multi, long ms, void *context)
{
    struct https_session *https = context;

    (void)multi;
    if (ms < 0)
        uv_timer_stop(&https->alarm->handle);
    else
        uv_timer_start(&https->alarm->handle, on_timer, (uint64_t)ms, 0);
    return 0;
}

/* ---- what a session does ---- */

static void set_url(struct https_session *https)
{
    const struct session *session = &https->session;
    const struct encrypted *encrypted = session->encrypted;
    const struct address none = {0};
    const struct server *server = &session->server;
    char literal[ADDRESS_TEXT];

    encrypted_print(server->encrypted, *encrypted->name ? &none : &server->address, server->port,
                    &https->url);
    if (!*encrypted->name)
        return;
    address_text(&server->address, literal);
    text_format(&https->pinned, server->address.family == 6 ? "%s:%u:[%s]" : "%s:%u:%s",
                encrypted->name, server->port, literal);
    https->resolved = https->curl->slist_append(NULL, text_get(&https->pinned));
}

static void set_headers(struct https_session *https)
{
    struct text header = {0};

    text_format(&header, "Content-Type: %s", media_type);
    https->headers = https->curl->slist_append(NULL, text_get(&header));
    text_cut(&header, 0);
    text_format(&header, "Accept: %s", media_type);
    https->headers = https->curl->slist_append(https->headers, text_get(&header));
    text_clear(&header);
}

static void open_library(struct https_session *https)
{
    https->alarm = memory_new(1, sizeof *https->alarm);
    https->alarm->https = https;
    https->alarm->handle.data = https->alarm;
    uv_timer_init(https->session.room->loop, &https->alarm->handle);
    https->multi = https->curl->multi_init();
    https->curl->multi_setopt(https->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    https->curl->multi_setopt(https->multi, CURLMOPT_SOCKETDATA, https);
    https->curl->multi_setopt(https->multi, CURLMOPT_TIMERFUNCTION, on_timeout);
    https->curl->multi_setopt(https->multi, CURLMOPT_TIMERDATA, https);
    https->curl->multi_setopt(https->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
    set_url(https);
    set_headers(https);
}

static int send_query(struct transaction *transaction, const char **why)
{
    struct https_session *https = https_of(transaction->session);

    if (!https->curl && !(https->curl = curl_library(why)))
        return TRANSPORT_NO_LIBRARY;
    if (!https->multi)
        open_library(https);
    start_waiting(https);
    return 0;
}

static void renew(struct session *session)
{
    https_of(session)->anew = true;
}

static const char *obstacle(const struct session *session)
{
    (void)session;
    return NULL;
}

static void https_free(struct session *session)
{
    struct https_session *https = https_of(session);

    if (https->multi) {
        https->curl->multi_cleanup(https->multi);
        https->curl->slist_free_all(https->headers);
        https->curl->slist_free_all(https->resolved);
        uv_close((uv_handle_t *)&https->alarm->handle, on_handle_closed);
    }
    text_clear(&https->url);
    text_clear(&https->pinned);
    free(https);
}

static const struct session_class https_class = {send_query, withdraw, renew, obstacle, https_free};

struct session *session_https_new(void)
{
    struct https_session *https = memory_new(1, sizeof *https);

    https->session.class = &https_class;
    return &https->session;
}
