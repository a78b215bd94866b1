/* A mail program that configures itself. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "_imaps._tcp", 0, CLIENT_MIX, CLIENT_ON, CLIENT_ON,
     N_("Reading mail, IMAP with TLS from the start."), "RFC 6186 3.2", true},
    {CLIENT_SRV, "_imap._tcp", 0, CLIENT_MIX, CLIENT_ON, CLIENT_ON, N_("IMAP that changes to TLS."),
     "RFC 6186 3.2", true},
    {CLIENT_SRV, "_pop3s._tcp", 0, CLIENT_MIX, CLIENT_ON, CLIENT_ON,
     N_("POP3 with TLS; its priority is compared with that of IMAP."), "RFC 6186 3.4", true},
    {CLIENT_SRV, "_pop3._tcp", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("POP3 that changes to TLS."), "RFC 6186 3.3", true},
    {CLIENT_SRV, "_submissions._tcp", 0, CLIENT_MIX, CLIENT_ON, CLIENT_ON,
     N_("Sending mail, with TLS from the start."), "RFC 8314 5.1", true},
    {CLIENT_SRV, "_submission._tcp", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("Sending mail, changing to TLS."), "RFC 6186 3.1", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_mail = {
    .name = "mail",
    .title = N_("A mail program that configures itself"),
    .summary = N_(
        "Priority is compared across the sets for reading mail; TLS from the start is preferred."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target."),
    .reference = "RFC 6186, RFC 8314",
};
