/* Outlook 2016 and later. */
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_OTHER, "", false, 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     "A local file, the last good settings, and Office 365 directly; inside a domain the directory "
     "(SCP).",
     "support.microsoft.com 3211279"},
    {CLIENT_ADDRESS, "", false, 443, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     "https://DOMAIN/autodiscover/autodiscover.xml: an address of the domain with a web server "
     "answers first.",
     "support.microsoft.com 3211279"},
    {CLIENT_ADDRESS, "autodiscover", false, 443, CLIENT_MORE, CLIENT_ON, CLIENT_ON,
     "https://autodiscover.DOMAIN/autodiscover/autodiscover.xml, then a redirect by http.",
     "support.microsoft.com 3211279"},
    {CLIENT_SRV, "_autodiscover._tcp", false, 0, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     "The SRV record comes last.", "MS-OXDISCO"},
    {CLIENT_OTHER, "", false, 0, CLIENT_END, CLIENT_END, CLIENT_END,
     "Office 365 as the last resort.", "support.microsoft.com 3211279"},
    {CLIENT_OTHER, "", false, 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL},
};

const struct client client_outlook = {
    .name = "outlook",
    .title = "Outlook 2016 and later",
    .summary = "The first source that answers with settings is taken.",
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = "The next source is tried.",
    .reference = "support.microsoft.com 3211279",
};
