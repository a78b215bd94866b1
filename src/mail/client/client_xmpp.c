/* An XMPP client. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "_xmpp-client._tcp", 0, CLIENT_MIX, CLIENT_ON, CLIENT_ON,
     N_("Servers that begin in clear and change to TLS."), "RFC 6120 3.2.1", true},
    {CLIENT_SRV, "_xmpps-client._tcp", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("Servers with TLS from the start."), "XEP-0368", true},
    {CLIENT_ADDRESS, "", 5222, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("No SRV record: the addresses of the domain."), "RFC 6120 3.2.2", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_xmpp = {
    .name = "xmpp",
    .title = N_("An XMPP client"),
    .summary = N_("Both sets are mixed by priority and weight."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target of the mixed list."),
    .reference = "RFC 6120 3.2.1, XEP-0368",
};
