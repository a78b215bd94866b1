/* Encrypted sessions: DNS over TLS (RFC 7858) and over HTTPS (RFC 8484). A server has one; it is
 * opened with the first query, kept, and carries as many queries at a time as there are (RFC 7766
 * 6.2.1.1). Is it closed, the next query opens it anew. Nothing is ever sent that is not encrypted,
 * nor to a server whose certificate is not good. */
#ifndef NET_TRANSPORT_SESSION_H
#define NET_TRANSPORT_SESSION_H

#include "net/transport/transport.h"

struct session;
struct transaction; /* one query in it */

/* The server is an encrypted one; it is copied. `trusted` is a file with the certificates of
 * authorities, borrowed; NULL: those of the system. Nothing is opened yet. */
struct session *session_new(struct transport_room *room, const struct server *server,
                            const char *trusted);
/* Ends everything under way without a word. NULL is allowed. */
void session_free(struct session *session);

/* Sends a query, as soon as the session is open, under an id of its own choice. A query equal to
 * one that was withdrawn and is still under way takes its place. Returns 0, or an error as in
 * struct transport_failure, with *why (NULL, or borrowed until the next call). Errors after this
 * call come through `failed`; after `message` or `failed` the transaction is gone.
 */
int session_ask(struct session *session, struct transport_owner owner, const uint8_t *query,
                size_t length, struct transaction **transaction, const char **why);
uint16_t transaction_id(const struct transaction *transaction);
/* Nobody waits for it any longer. */
void transaction_withdraw(struct transaction *transaction);

/* What keeps the session from being open: "the TLS handshake is not finished"; NULL: nothing. */
const char *session_obstacle(const struct session *session);

/* What is wrong with a file of trusted certificates, as a sentence; NULL: nothing. Static, or until
 * the next call. */
const char *session_trusted_fault(const char *path);

#endif
