/* MIT krb5. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_URI, "_kerberos", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("URI records come first (since 1.15). With any, no SRV record is looked up."),
     "locate_kdc.c", false},
    {CLIENT_SRV, "_kerberos._udp.*._sites", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("The site of krb5.conf (sitename, since 1.22), over UDP."), "locate_kdc.c", false},
    {CLIENT_SRV, "_kerberos._udp", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("Kerberos servers over UDP."), "locate_kdc.c", false},
    {CLIENT_SRV, "_kerberos._tcp.*._sites", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("The site over TCP."), "locate_kdc.c", false},
    {CLIENT_SRV, "_kerberos._tcp", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("Kerberos servers over TCP, after those found over UDP."), "locate_kdc.c", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_mit = {
    .name = "mit",
    .title = N_("MIT krb5"),
    .summary = N_("Priority is kept, weight is not used: equal ones in the order of the answer."),
    .order = CLIENT_LISTED,
    .questions = questions,
    .when_down = N_("The next server of the list is tried."),
    .reference = "dnssrv.c, locate_kdc.c",
};
