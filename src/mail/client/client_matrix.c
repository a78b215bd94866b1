/* A Matrix server. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("https://DOMAIN/.well-known/matrix/server may name another domain; it is not fetched "
        "here."),
     "Matrix server-server API", false},
    {CLIENT_SRV, "_matrix-fed._tcp", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("The servers of the domain."), "MSC4040", false},
    {CLIENT_SRV, "_matrix._tcp", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON, N_("The old name."),
     "MSC4040", false},
    {CLIENT_ADDRESS, "", 8448, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("No SRV record: the addresses of the domain."), "Matrix server-server API", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_matrix = {
    .name = "matrix",
    .title = N_("A Matrix server"),
    .summary = N_("By priority and weight."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target."),
    .reference = "Matrix server-server API",
};
