/* Windows DC locator. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("A domain controller in the cache is used, unless a new search is forced."),
     "MS-ADTS 6.3.6", false},
    {CLIENT_SRV, "_ldap._tcp.*._sites.dc._msdcs", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("The site is known from last time: domain controllers of the site."), "MS-ADTS 6.3.6.1",
     false},
    {CLIENT_SRV, "_ldap._tcp.dc._msdcs", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("Any domain controller of the domain. There is no way back to the address of the domain."),
     "MS-ADTS 6.3.6.1", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

/* For programs that want an LDAP server (DS_ONLY_LDAP_NEEDED). */
static const struct client_question ldap_questions[] = {
    {CLIENT_SRV, "_ldap._tcp.*._sites", 0, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("A program wants an LDAP server, be it a domain controller or not: those of the site."),
     "MS-ADTS 6.3.6.1", false},
    {CLIENT_SRV, "_ldap._tcp", 0, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("Any LDAP server of the domain. For a domain controller Windows never looks this up, even "
        "if there is no name below _msdcs."),
     "MS-ADTS 6.3.6.1", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

static const char summary[] =
    N_("Lower priority first, then by weight; up to five servers are pinged at once, and the first "
       "fitting answer wins.");

static const struct client windows_ldap = {
    .name = "windows",
    .title = N_("Windows (an LDAP server)"),
    .summary = summary,
    .order = CLIENT_RFC2782,
    .questions = ldap_questions,
    .when_down = N_("After 0.4 seconds the next five are pinged, then the rest. If no server of "
                    "the site answers, the generic name is looked up."),
    .reference = "MS-DISO 5.4.5.3",
};

const struct client client_windows = {
    .name = "windows",
    .title = N_("Windows DC locator"),
    .summary = summary,
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("After 0.4 seconds the next five are pinged, then the rest. If no server of "
                    "the site answers, the generic name is looked up. It is also looked up for "
                    "joins and password changes, which a read-only server cannot do."),
    .reference = "MS-DISO 5.4.5.3",
    .elsewhere = &windows_ldap,
};
