/* OpenLDAP (ldap:///dc=...). */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "_ldap._tcp", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("LDAP servers of the domain. Nothing else is looked up."), "dnssrv.c", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_openldap = {
    .name = "openldap",
    .title = N_("OpenLDAP (ldap:///dc=...)"),
    .summary = N_("A number from 0 to the sum is drawn; the one left over goes to the heaviest."),
    .order = CLIENT_OPENLDAP,
    .questions = questions,
    .when_down = N_("The next host of the list."),
    .reference = "dnssrv.c",
};
