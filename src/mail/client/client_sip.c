/* A SIP client. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_NAPTR, "", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("NAPTR records of the domain say which transport comes first."), "RFC 3263 4.1", false},
    {CLIENT_SRV, "_sips._tcp", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("Without NAPTR: the SRV records of each transport, TLS first."), "RFC 3263 4.1", false},
    {CLIENT_SRV, "_sip._tcp", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON, N_("Over TCP."), "RFC 3263 4.1",
     false},
    {CLIENT_SRV, "_sip._udp", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON, N_("Over UDP."), "RFC 3263 4.1",
     false},
    {CLIENT_ADDRESS, "", 5060, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("No SRV record at all: the addresses of the domain."), "RFC 3263 4.2", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_sip = {
    .name = "sip",
    .title = N_("A SIP client"),
    .summary = N_("The first transport that both sides have, then by priority and weight."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target, then the next transport."),
    .reference = "RFC 3263 4",
};
