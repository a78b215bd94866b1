/* A client by RFC 2782. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_END, N_("The records of the service."),
     "RFC 2782", false},
    {CLIENT_ADDRESS, "", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("There is no SRV record: the addresses of the domain itself."), "RFC 2782", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_rfc2782 = {
    .name = "rfc2782",
    .title = N_("A client by RFC 2782"),
    .summary =
        N_("As written: records of weight 0 first, then a number from 0 to the sum inclusive."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target; without any SRV record the addresses of the domain."),
    .reference = "RFC 2782",
};
