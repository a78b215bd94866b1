/* A calendar program (RFC 6764). */
#include "base/message.h"
#include "mail/client/client.h"

static const struct client_question questions[] = {
    {CLIENT_SRV, "_caldavs._tcp", 443, CLIENT_TAKE, CLIENT_ON, CLIENT_ON, N_("Calendars with TLS."),
     "RFC 6764 6", true},
    {CLIENT_SRV, "_caldav._tcp", 80, CLIENT_TAKE, CLIENT_ON, CLIENT_ON,
     N_("Calendars without TLS."), "RFC 6764 6", true},
    {CLIENT_ADDRESS, "", 443, CLIENT_TAKE, CLIENT_END, CLIENT_END,
     N_("No SRV record: the host in the address of the user."), "RFC 6764 6", false},
    {CLIENT_PATH, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("The TXT record at the same name tells the path; without SRV it means nothing."),
     "RFC 6764 4", false},
    {CLIENT_URL, "/.well-known/caldav", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON,
     N_("Where it connects to:"), "RFC 6764 5", false},
    {CLIENT_OTHER, "", 0, CLIENT_ON, CLIENT_ON, CLIENT_ON, NULL, NULL, false},
};

const struct client client_caldav = {
    .name = "caldav",
    .title = N_("A calendar program (CalDAV)"),
    .summary = N_("By priority and weight; then the path."),
    .order = CLIENT_RFC2782,
    .questions = questions,
    .when_down = N_("The next target."),
    .reference = "RFC 6764",
};
