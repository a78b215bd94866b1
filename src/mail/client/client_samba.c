/* Samba (winbind, net ads). */
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", false, 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     "A server in the cache is tried first (server affinity).", "dsgetdcname.c"},
    {CLIENT_SRV, "_ldap._tcp.*._sites.dc._msdcs", false, 0, CLIENT_MORE, CLIENT_ON, CLIENT_END,
     "Domain controllers of the site. After a timeout or a refusal Samba stops here.",
     "dsgetdcname.c"},
    {CLIENT_SRV, "_ldap._tcp.dc._msdcs", false, 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     "Any domain controller of the domain.", "dsgetdcname.c"},
    {CLIENT_OTHER, "", false, 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL},
};

const struct client client_samba = {
    .name = "samba",
    .title = "Samba (winbind, net ads)",
    .summary = "Lower priority first, then the greater weight; there is no random draw.",
    .order = CLIENT_HEAVIEST,
    .questions = questions,
    .when_down = "The next server is tried. If no server of the site answers, the site is given up "
                 "and the generic name used.",
    .reference = "lib/addns/dnsquery.c",
};
