#include "net/transport/session.h"
#include "net/transport/session_class.h"

struct session *session_new(struct transport_room *room, const struct server *server,
                            const char *trusted)
{
    const struct encrypted *encrypted = encrypted_at(server->encrypted);
    struct session *session =
        encrypted->protocol == ENCRYPTED_TLS ? session_tls_new() : session_https_new();

    session->room = room;
    session->server = *server;
    session->trusted = trusted;
    session->encrypted = encrypted;
    return session;
}
