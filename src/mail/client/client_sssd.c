/* SSSD (AD provider). */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("An LDAP ping to servers of _ldap._tcp tells the site. The IPA provider looks up "
        "_ldap._tcp._location.HOST instead; that there is no such name is normal."),
     "ad_cldap_ping.c, ipa_srv.c", false},
    {CLIENT_SRV, "_ldap._tcp.*._sites", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("The LDAP ping told the site: its servers are primary."), "ad_srv.c", false},
    {CLIENT_SRV, "_ldap._tcp", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("Any LDAP server of the domain: the backup, or primary without a site."), "ad_srv.c",
     false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_sssd = {
    .name = "sssd",
    .title = N_("SSSD (AD provider)"),
    .summary =
        N_("RFC 2782 exactly; within a priority hosts inside the domain come before others."),
    .order = CLIENT_INSIDE,
    .questions = questions,
    .when_down = N_("Servers of the site are primary; when none answers, those of the generic name "
                    "are the backup, and it returns when a primary is back."),
    .reference = "ad_srv.c",
};
