/* Samba (winbind, net ads). */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("A server in the cache is tried first (server affinity)."), "dsgetdcname.c", false},
    {CLIENT_SRV, "_ldap._tcp.*._sites.dc._msdcs", 0, CLIENT_MORE, CLIENT_ON, CLIENT_END_UNANSWERED,
     N_("Domain controllers of the site. If no DNS server answers, Samba stops here."),
     "dsgetdcname.c", false},
    {CLIENT_SRV, "_ldap._tcp.dc._msdcs", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("Any domain controller of the domain."), "dsgetdcname.c", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

/* samba-tool finds a writable server in its own way. */
static const struct client_question tool_questions[] = {
    {CLIENT_SRV, "_ldap._tcp", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("samba-tool joins as a domain controller, or edits group policies: LDAP servers of the "
        "domain. It looks up nothing else, whatever its site."),
     "finddcs_cldap.c", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

static const struct client samba_tool = {
    .name = "samba",
    .title = N_("Samba (samba-tool)"),
    .summary = N_("Lower priority first, then the greater weight; there is no random draw."),
    .order = CLIENT_HEAVIEST,
    .questions = tool_questions,
    .when_down = N_("Addresses are pinged one after the other; the first fitting answer wins."),
    .reference = "source4/libcli/resolve/dns_ex.c",
};

const struct client client_samba = {
    .name = "samba",
    .title = N_("Samba (winbind, net ads)"),
    .summary = N_("Lower priority first, then the greater weight; there is no random draw."),
    .order = CLIENT_HEAVIEST,
    .questions = questions,
    .when_down =
        N_("The next server is tried. If no server of the site answers, the generic name is used."),
    .reference = "lib/addns/dnsquery.c",
    .elsewhere = &samba_tool,
};
