/* The inside of sessions, for session.c and the protocols. */
#ifndef NET_TRANSPORT_SESSION_CLASS_H
#define NET_TRANSPORT_SESSION_CLASS_H

#include "dns/encrypted.h"
#include "net/transport/session.h"

struct transaction {
    struct session *session;
    struct transaction *next, **at; /* in a list; *at is this one */
    struct transport_owner owner;
    bool wanted; /* somebody waits for it */
    bool sent;
    uint16_t id;
    uint8_t *query;
    size_t length;
    void *transfer; /* of the protocol */
};

struct session_class {
    /* Sends the transaction, now or later; an error as session_ask returns it. */
    int (*send)(struct transaction *transaction, const char **why);
    /* The transaction is not wanted any more: true when it can go. */
    bool (*withdraw)(struct transaction *transaction);
    /* The server says nothing any more: what comes next takes a new connection. */
    void (*renew)(struct session *session);
    const char *(*obstacle)(const struct session *session);
    void (*free)(struct session *session);
};

struct session { /* the first member of each */
    const struct session_class *class;
    struct transport_room *room;
    struct server server;
    const char *trusted;
    const struct encrypted *encrypted;
    struct transaction *transactions;
    size_t count;
    int64_t quiet_since_us; /* something was sent then, and nothing was heard since; 0: not so */
    int fault;              /* why no session can be had, until fault_ends_us: the error, */
    char *fault_why;        /* and the sentence; owned */
    int64_t fault_ends_us;
};

struct session *session_tls_new(void);
struct session *session_https_new(void);

/* Something is sent, something was heard. */
void session_sent(struct session *session);
void session_heard(struct session *session);
/* The transaction ends, with a message or with a failure; its owner hears of it if he still waits.
 */
void transaction_answer(struct transaction *transaction, const uint8_t *bytes, size_t length);
void transaction_fail(struct transaction *transaction, const struct transport_failure *failure);
/* Fails every transaction, or only those that were sent. Has the server no good certificate or no
 * TLS, then it is not tried again for a while: what is asked meanwhile fails at once. */
void session_fail(struct session *session, bool sent_only, const struct transport_failure *failure);

/* What is wrong with a certificate, by its X509_V_ERR_ number, as a sentence. Static. */
const char *session_certificate_fault(long number);

#endif
