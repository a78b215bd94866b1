#include "mail/clients/services.h"

#include "dns/type.h"

#include <string.h>

static const struct service services[] = {
    {"_ldap._tcp", "LDAP directory", "RFC 2782", SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldaps._tcp", "LDAP directory over TLS", "IANA service names", SERVICE_DIRECTORY, TYPE_SRV},
    {"_gc._tcp", "Active Directory global catalog", "MS-ADTS 6.3.2.3", SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldap._tcp.dc._msdcs", "Active Directory domain controllers", "MS-ADTS 6.3.2.3",
     SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldap._tcp.gc._msdcs", "Active Directory global catalog", "MS-ADTS 6.3.2.3",
     SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldap._tcp.pdc._msdcs", "Active Directory primary controller", "MS-ADTS 6.3.2.3",
     SERVICE_DIRECTORY, TYPE_SRV},
    {"_kerberos._tcp", "Kerberos key distribution", "RFC 4120 7.2.3", SERVICE_KERBEROS, TYPE_SRV},
    {"_kerberos._udp", "Kerberos key distribution", "RFC 4120 7.2.3", SERVICE_KERBEROS, TYPE_SRV},
    {"_kerberos._tcp.dc._msdcs", "Active Directory key distribution", "MS-ADTS 6.3.2.3",
     SERVICE_KERBEROS, TYPE_SRV},
    {"_kerberos-master._tcp", "Kerberos primary server", "MIT Kerberos", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kerberos-master._udp", "Kerberos primary server", "MIT Kerberos", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kerberos-adm._tcp", "Kerberos administration", "MIT Kerberos", SERVICE_KERBEROS, TYPE_SRV},
    {"_kpasswd._tcp", "Kerberos password change", "RFC 3244", SERVICE_KERBEROS, TYPE_SRV},
    {"_kpasswd._udp", "Kerberos password change", "RFC 3244", SERVICE_KERBEROS, TYPE_SRV},
    {"_smtp._tcp", "mail transfer", "draft-andrews-srv-smtp; Exim, Postfix", SERVICE_MAIL,
     TYPE_SRV},
    {"_submission._tcp", "mail submission", "RFC 6186 3.1", SERVICE_MAIL, TYPE_SRV},
    {"_submissions._tcp", "mail submission over TLS", "RFC 8314 5.1", SERVICE_MAIL, TYPE_SRV},
    {"_imap._tcp", "mailbox access (IMAP)", "RFC 6186 3.2", SERVICE_MAIL, TYPE_SRV},
    {"_imaps._tcp", "mailbox access (IMAP over TLS)", "RFC 6186 3.2", SERVICE_MAIL, TYPE_SRV},
    {"_pop3._tcp", "mailbox access (POP3)", "RFC 6186 3.3", SERVICE_MAIL, TYPE_SRV},
    {"_pop3s._tcp", "mailbox access (POP3 over TLS)", "RFC 6186 3.3", SERVICE_MAIL, TYPE_SRV},
    {"_sieve._tcp", "mail filter rules (ManageSieve)", "RFC 5804 1.8", SERVICE_MAIL, TYPE_SRV},
    {"_jmap._tcp", "mailbox access (JMAP)", "RFC 8620 2.2", SERVICE_MAIL, TYPE_SRV},
    {"_autodiscover._tcp", "Outlook settings", "MS-OXDISCO", SERVICE_MAIL, TYPE_SRV},
    {"_caldav._tcp", "calendars", "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_caldavs._tcp", "calendars over TLS", "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_carddav._tcp", "address books", "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_carddavs._tcp", "address books over TLS", "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_sip._udp", "telephony (SIP)", "RFC 3263", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sip._tcp", "telephony (SIP)", "RFC 3263", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sips._tcp", "telephony over TLS (SIP)", "RFC 3263", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sip._tls", "Skype and Teams clients", "MS-SIPRE", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sipinternaltls._tcp", "Skype clients inside", "MS-SIPRE", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sipinternal._tcp", "Skype clients inside", "MS-SIPRE", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sipfederationtls._tcp", "Skype and Teams federation", "MS-SIPRE", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_cisco-uds._tcp", "Cisco Jabber inside", "Cisco Jabber planning guide", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_cuplogin._tcp", "Cisco Jabber inside (old)", "Cisco Jabber planning guide",
     SERVICE_TELEPHONY, TYPE_SRV},
    {"_collab-edge._tls", "Cisco Jabber outside", "Cisco Jabber planning guide", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_h323cs._tcp", "video calls (H.323)", "ITU-T H.323 Annex O", SERVICE_TELEPHONY, TYPE_SRV},
    {"_stun._udp", "finding the own address (STUN)", "RFC 8489 8.1", SERVICE_TELEPHONY, TYPE_SRV},
    {"_stuns._tcp", "finding the own address over TLS (STUN)", "RFC 8489 8.1", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_turn._udp", "relays for calls (TURN)", "RFC 5928", SERVICE_TELEPHONY, TYPE_SRV},
    {"_turn._tcp", "relays for calls (TURN)", "RFC 5928", SERVICE_TELEPHONY, TYPE_SRV},
    {"_turns._tcp", "relays for calls over TLS (TURN)", "RFC 5928", SERVICE_TELEPHONY, TYPE_SRV},
    {"_xmpp-client._tcp", "chat clients (XMPP)", "RFC 6120 3.2.1", SERVICE_CHAT, TYPE_SRV},
    {"_xmpps-client._tcp", "chat clients over TLS (XMPP)", "XEP-0368", SERVICE_CHAT, TYPE_SRV},
    {"_xmpp-server._tcp", "chat between servers (XMPP)", "RFC 6120 3.2.1", SERVICE_CHAT, TYPE_SRV},
    {"_xmpps-server._tcp", "chat between servers over TLS (XMPP)", "XEP-0368", SERVICE_CHAT,
     TYPE_SRV},
    {"_matrix-fed._tcp", "chat between servers (Matrix)", "Matrix server-server API", SERVICE_CHAT,
     TYPE_SRV},
    {"_matrix._tcp", "chat between servers (Matrix, old name)", "Matrix server-server API",
     SERVICE_CHAT, TYPE_SRV},
    {"_ntp._udp", "time", "IANA service names", SERVICE_OTHER, TYPE_SRV},
    {"_vlmcs._tcp", "Windows activation (KMS)", "Microsoft KMS", SERVICE_OTHER, TYPE_SRV},
    {"", "telephony and relays (NAPTR)", "RFC 3263 4.1", SERVICE_TELEPHONY, TYPE_NAPTR},
    {"_kerberos", "Kerberos realm", "MIT Kerberos", SERVICE_KERBEROS, TYPE_TXT},
    {"_kerberos", "Kerberos servers (URI)", "MIT Kerberos", SERVICE_KERBEROS, TYPE_URI},
    {"_kpasswd", "Kerberos password change (URI)", "MIT Kerberos", SERVICE_KERBEROS, TYPE_URI},
    {"_caldavs._tcp", "path of the calendars", "RFC 6764 4", SERVICE_CALENDAR, TYPE_TXT},
    {"_carddavs._tcp", "path of the address books", "RFC 6764 4", SERVICE_CALENDAR, TYPE_TXT},
    {"lyncdiscoverinternal", "settings of Skype inside", "MS-OCDISCWS", SERVICE_TELEPHONY, TYPE_A},
    {"sipinternal", "Skype clients inside", "MS-SIPRE", SERVICE_TELEPHONY, TYPE_A},
    {"sipexternal", "Skype clients outside", "MS-SIPRE", SERVICE_TELEPHONY, TYPE_A},
    {"b._dns-sd._udp", "domains to browse (DNS-SD)", "RFC 6763 11", SERVICE_OTHER, TYPE_PTR},
    {"lb._dns-sd._udp", "domain to browse first (DNS-SD)", "RFC 6763 11", SERVICE_OTHER, TYPE_PTR},
    {"_ipp._tcp", "printers (DNS-SD)", "RFC 6763 4.1", SERVICE_OTHER, TYPE_PTR},
};

/* What programs of today look for, then the rest of RFC 2219. */
static const struct customary_name customary_names[] = {
    {"www", "web server", false},
    {"mail", "mail (SMTP)", false},
    {"smtp", "mail submission", false},
    {"imap", "mailbox access (IMAP)", false},
    {"pop", "mailbox access (POP)", false},
    {"pop3", "mailbox access (POP3)", false},
    {"webmail", "mail in the browser", false},
    {"autodiscover", "settings of Outlook", false},
    {"autoconfig", "settings of Thunderbird", false},
    {"mta-sts", "MTA-STS policy", false},
    {"lyncdiscover", "settings of Teams and Skype", false},
    {"sip", "telephony (SIP)", false},
    {"archie", "archie file index", true},
    {"finger", "finger user directory", true},
    {"ftp", "file transfer", true},
    {"gopher", "gopher menus", true},
    {"ldap", "LDAP directory", true},
    {"news", "Usenet news (NNTP)", true},
    {"ntp", "time", true},
    {"ph", "CCSO name server", true},
    {"rwhois", "referral whois", true},
    {"wais", "wide area information server", true},
    {"whois", "whois directory", true},
};

size_t services_count(void)
{
    return sizeof services / sizeof services[0];
}

size_t services_srv_count(void)
{
    size_t count = 0;

    while (count < services_count() && services[count].type == TYPE_SRV)
        count++;
    return count;
}

const char *service_group_text(enum service_group group)
{
    static const char *const words[SERVICE_GROUPS] = {
        [SERVICE_DIRECTORY] = "directory", [SERVICE_KERBEROS] = "Kerberos",
        [SERVICE_MAIL] = "mail",           [SERVICE_CALENDAR] = "calendars",
        [SERVICE_TELEPHONY] = "telephony", [SERVICE_CHAT] = "chat",
        [SERVICE_OTHER] = "other",
    };

    return words[group];
}

const struct service *services_at(size_t index)
{
    return &services[index];
}

/* The longest prefix that fits: "_ldap._tcp.dc._msdcs" before "_ldap._tcp". */
const struct service *services_find(const char *owner)
{
    const struct service *found = NULL;
    size_t longest = 0;

    for (size_t i = 0; i < services_srv_count(); i++) {
        size_t length = strlen(services[i].prefix);

        if (length > longest && strncmp(owner, services[i].prefix, length) == 0 &&
            owner[length] == '.') {
            found = &services[i];
            longest = length;
        }
    }
    return found;
}

bool services_is_mail(const char *owner)
{
    static const char *const prefixes[] = {"_smtp._tcp", "_submission._tcp", "_submissions._tcp"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(owner, prefixes[i], length) == 0 && owner[length] == '.')
            return true;
    }
    return false;
}

size_t customary_names_count(void)
{
    return sizeof customary_names / sizeof customary_names[0];
}

const struct customary_name *customary_names_at(size_t index)
{
    return &customary_names[index];
}
