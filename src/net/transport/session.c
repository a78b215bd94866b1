#include "net/transport/session.h"

#include "base/memory.h"
#include "base/message.h"
#include "net/transport/session_class.h"

#include <errno.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRANSACTIONS_MOST = 4096 };

static const int64_t silence_most_us = 4000000;
static const int64_t fault_lasts_us = 2000000;

static int64_t now_us(void)
{
    return (int64_t)(uv_hrtime() / 1000);
}

/* ---- transactions ---- */

/* At the end: what came first is sent first. */
static void put(struct transaction *transaction, struct transaction **list)
{
    while (*list)
        list = &(*list)->next;
    transaction->next = NULL;
    transaction->at = list;
    *list = transaction;
}

static void take_out(struct transaction *transaction)
{
    *transaction->at = transaction->next;
    if (transaction->next)
        transaction->next->at = transaction->at;
}

static void end(struct transaction *transaction)
{
    take_out(transaction);
    transaction->session->count--;
    free(transaction->query);
    free(transaction);
}

void session_free(struct session *session)
{
    if (!session)
        return;
    while (session->transactions) {
        session->class->withdraw(session->transactions);
        end(session->transactions);
    }
    free(session->fault_why);
    session->class->free(session);
}

void session_sent(struct session *session)
{
    if (!session->quiet_since_us)
        session->quiet_since_us = now_us();
}

void session_heard(struct session *session)
{
    session->quiet_since_us = 0;
}

/* A server that says nothing, or not to most of what it was asked, gets a new connection. */
static void renew_if_silent(struct session *session)
{
    bool silent = session->quiet_since_us && now_us() - session->quiet_since_us >= silence_most_us;

    if (!silent && session->count < TRANSACTIONS_MOST)
        return;
    session->quiet_since_us = 0;
    session->class->renew(session);
}

static bool has_id(const struct session *session, uint16_t id)
{
    for (const struct transaction *other = session->transactions; other; other = other->next)
        if (other->id == id)
            return true;
    return false;
}

/* Over HTTPS the id is 0 (RFC 8484 4.1). */
static uint16_t choose_id(const struct session *session)
{
    uint16_t id = 0;

    while (session->encrypted->protocol == ENCRYPTED_TLS && (id == 0 || has_id(session, id)))
        if (uv_random(NULL, NULL, &id, sizeof id, 0, NULL))
            abort();
    return id;
}

static struct transaction *withdrawn(const struct session *session, const uint8_t *query,
                                     size_t length)
{
    struct transaction *other = session->transactions;

    while (other && (other->wanted || other->length != length ||
                     memcmp(other->query + 2, query + 2, length - 2) != 0))
        other = other->next;
    return other;
}

static struct transaction *transaction_new(struct session *session, const uint8_t *query,
                                           size_t length)
{
    struct transaction *transaction = memory_new(1, sizeof *transaction);

    transaction->session = session;
    transaction->id = choose_id(session);
    transaction->query = (uint8_t *)memory_dup_bytes(query, length);
    transaction->query[0] = (uint8_t)(transaction->id >> 8);
    transaction->query[1] = (uint8_t)transaction->id;
    transaction->length = length;
    put(transaction, &session->transactions);
    session->count++;
    return transaction;
}

int session_ask(struct session *session, struct transport_owner owner, const uint8_t *query,
                size_t length, struct transaction **asked, const char **why)
{
    struct transaction *transaction;
    int error;

    *why = session->fault_why;
    if (now_us() < session->fault_ends_us)
        return session->fault;
    *why = NULL;
    renew_if_silent(session);
    transaction = withdrawn(session, query, length);
    if (!transaction) {
        transaction = transaction_new(session, query, length);
        if ((error = session->class->send(transaction, why))) {
            end(transaction);
            return error;
        }
    }
    transaction->wanted = true;
    transaction->owner = owner;
    *asked = transaction;
    return 0;
}

uint16_t transaction_id(const struct transaction *transaction)
{
    return transaction->id;
}

void transaction_withdraw(struct transaction *transaction)
{
    transaction->wanted = false;
    if (transaction->session->class->withdraw(transaction))
        end(transaction);
}

void transaction_answer(struct transaction *transaction, const uint8_t *bytes, size_t length)
{
    struct transport_owner owner = transaction->owner;
    bool wanted = transaction->wanted;

    end(transaction);
    if (wanted)
        owner.message(owner.context, owner.server, bytes, length);
}

void transaction_fail(struct transaction *transaction, const struct transport_failure *failure)
{
    struct transport_owner owner = transaction->owner;
    bool wanted = transaction->wanted;

    end(transaction);
    if (wanted)
        owner.failed(owner.context, owner.server, failure);
}

static void note_fault(struct session *session, const struct transport_failure *failure)
{
    free(session->fault_why);
    session->fault_why = failure->why ? memory_dup(failure->why) : NULL;
    session->fault = failure->error;
    session->fault_ends_us = now_us() + fault_lasts_us;
}

/* Whoever hears of it may ask at once: these are no longer in the list then. */
void session_fail(struct session *session, bool sent_only, const struct transport_failure *failure)
{
    struct transaction *failing = NULL, *next;

    if (failure->error == TRANSPORT_UNTRUSTED || failure->error == TRANSPORT_NO_TLS)
        note_fault(session, failure);
    for (struct transaction *transaction = session->transactions; transaction; transaction = next) {
        next = transaction->next;
        if (sent_only && !transaction->sent)
            continue;
        take_out(transaction);
        put(transaction, &failing);
    }
    while (failing)
        transaction_fail(failing, failure);
}

const char *session_obstacle(const struct session *session)
{
    return session->class->obstacle(session);
}

const char *session_certificate_fault(long number)
{
    switch (number) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return N_("its certificate has expired");
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return N_("its certificate is not valid yet");
    case X509_V_ERR_HOSTNAME_MISMATCH:
        return N_("its certificate is for other names");
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return N_("its certificate is not for this address");
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return N_("its certificate is signed by itself");
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return N_("no authority that is trusted here signed its certificate");
    default:
        return X509_verify_cert_error_string(number);
    }
}

static const char *certificates_fault(const char *path)
{
    X509_STORE *store = X509_STORE_new();
    bool good = store && X509_STORE_load_locations(store, path, NULL);

    X509_STORE_free(store);
    return good ? NULL : N_("there is no certificate in it (PEM)");
}

const char *session_trusted_fault(const char *path)
{
    FILE *file = fopen(path, "re");
    bool read;

    if (!file)
        return strerror(errno);
    errno = 0;
    read = fgetc(file) != EOF || !ferror(file);
    fclose(file);
    return read ? certificates_fault(path) : strerror(errno);
}
