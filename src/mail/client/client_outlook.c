/* Outlook 2016 and later. */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("A local file, the last good settings, and Office 365 directly; inside a domain the "
        "directory "
        "(SCP)."),
     "support.microsoft.com 3211279", false},
    {CLIENT_ADDRESS, "", 443, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("https://DOMAIN/autodiscover/autodiscover.xml: an address of the domain with a web server "
        "answers first."),
     "support.microsoft.com 3211279", true},
    {CLIENT_ADDRESS, "autodiscover", 443, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     N_("https://autodiscover.DOMAIN/autodiscover/autodiscover.xml, then a redirect by http."),
     "support.microsoft.com 3211279", true},
    {CLIENT_SRV, "_autodiscover._tcp", 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("The SRV record comes last."), "MS-OXDISCO", false},
    {CLIENT_OTHER, "", 0, CLIENT_END, CLIENT_END, CLIENT_END, N_("Office 365 as the last resort."),
     "support.microsoft.com 3211279", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_outlook = {
    .name = "outlook",
    .title = N_("Outlook 2016 and later"),
    .summary = N_("The first source that answers with settings is taken."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next source is tried."),
    .reference = "support.microsoft.com 3211279",
};
