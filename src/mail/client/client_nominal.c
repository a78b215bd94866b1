/* What the weights promise. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END, N_("The records of the service."),
     "RFC 2782", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_nominal = {
    .name = "nominal",
    .title = N_("What the weights promise"),
    .summary = N_("Each target its weight's part of the sum."),
    .order = CLIENT_NOMINAL,
    .questions = questions,
    .when_down = N_("The next target."),
    .reference = "RFC 2782",
};
