/* Heimdal. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "_kerberos._tcp.*._sites", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("Kerberos servers of the site."), "krbhst.c", false},
    {CLIENT_SRV, "_kerberos._udp", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("Kerberos servers over UDP."), "krbhst.c", false},
    {CLIENT_SRV, "_kerberos._tcp", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("Kerberos servers over TCP."), "krbhst.c", false},
    {CLIENT_SRV, "_kerberos._http", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("Kerberos servers over HTTP."), "krbhst.c", false},
    {CLIENT_ADDRESS, "kerberos", 88, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("The host with the usual name."), "krbhst.c", true},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_heimdal = {
    .name = "heimdal",
    .title = "Heimdal",
    .summary = N_("By weight as it is written; records of weight 0 share one unit."),
    .order = CLIENT_HEIMDAL,
    .questions = questions,
    .when_down =
        N_("The next of the list; at the end hosts called kerberos, kerberos-1 and so on."),
    .reference = "krbhst.c",
};
