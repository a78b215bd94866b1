/* A mail program that speaks JMAP (RFC 8620). */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "_jmap._tcp", 443, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("The servers of the domain."), "RFC 8620 2.2", false},
    {CLIENT_ADDRESS, "", 443, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("No SRV record: the addresses of the domain."), "RFC 8620 2.2", false},
    {CLIENT_URL, "/.well-known/jmap", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("Where it connects to:"), "RFC 8620 2.2", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_jmap = {
    .name = "jmap",
    .title = N_("A mail program (JMAP)"),
    .summary = N_("By priority and weight."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target."),
    .reference = "RFC 8620 2.2",
};
