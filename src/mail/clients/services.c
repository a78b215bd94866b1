#include "mail/clients/services.h"

#include "base/message.h"
#include "dns/type.h"

#include <string.h>

static const struct service services[] = {
    {"_ldap._tcp", N_("LDAP directory"), "RFC 2782", SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldaps._tcp", N_("LDAP directory over TLS"), "IANA service names", SERVICE_DIRECTORY,
     TYPE_SRV},
    {"_gc._tcp", N_("Active Directory global catalog"), "MS-ADTS 6.3.2.3", SERVICE_DIRECTORY,
     TYPE_SRV},
    {"_ldap._tcp.dc._msdcs", N_("Active Directory domain controllers"), "MS-ADTS 6.3.2.3",
     SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldap._tcp.gc._msdcs", N_("Active Directory global catalog"), "MS-ADTS 6.3.2.3",
     SERVICE_DIRECTORY, TYPE_SRV},
    {"_ldap._tcp.pdc._msdcs", N_("Active Directory primary controller"), "MS-ADTS 6.3.2.3",
     SERVICE_DIRECTORY, TYPE_SRV},
    {"_kerberos._tcp", N_("Kerberos key distribution"), "RFC 4120 7.2.3", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kerberos._udp", N_("Kerberos key distribution"), "RFC 4120 7.2.3", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kerberos._tcp.dc._msdcs", N_("Active Directory key distribution"), "MS-ADTS 6.3.2.3",
     SERVICE_KERBEROS, TYPE_SRV},
    {"_kerberos-master._tcp", N_("Kerberos primary server"), "MIT Kerberos", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kerberos-master._udp", N_("Kerberos primary server"), "MIT Kerberos", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kerberos-adm._tcp", N_("Kerberos administration"), "MIT Kerberos", SERVICE_KERBEROS,
     TYPE_SRV},
    {"_kpasswd._tcp", N_("Kerberos password change"), "RFC 3244", SERVICE_KERBEROS, TYPE_SRV},
    {"_kpasswd._udp", N_("Kerberos password change"), "RFC 3244", SERVICE_KERBEROS, TYPE_SRV},
    {"_smtp._tcp", N_("mail transfer"), "draft-andrews-srv-smtp; Exim, Postfix", SERVICE_MAIL,
     TYPE_SRV},
    {"_submission._tcp", N_("mail submission"), "RFC 6186 3.1", SERVICE_MAIL, TYPE_SRV},
    {"_submissions._tcp", N_("mail submission over TLS"), "RFC 8314 5.1", SERVICE_MAIL, TYPE_SRV},
    {"_imap._tcp", N_("mailbox access (IMAP)"), "RFC 6186 3.2", SERVICE_MAIL, TYPE_SRV},
    {"_imaps._tcp", N_("mailbox access (IMAP over TLS)"), "RFC 6186 3.2", SERVICE_MAIL, TYPE_SRV},
    {"_pop3._tcp", N_("mailbox access (POP3)"), "RFC 6186 3.3", SERVICE_MAIL, TYPE_SRV},
    {"_pop3s._tcp", N_("mailbox access (POP3 over TLS)"), "RFC 6186 3.3", SERVICE_MAIL, TYPE_SRV},
    {"_sieve._tcp", N_("mail filter rules (ManageSieve)"), "RFC 5804 1.8", SERVICE_MAIL, TYPE_SRV},
    {"_jmap._tcp", N_("mailbox access (JMAP)"), "RFC 8620 2.2", SERVICE_MAIL, TYPE_SRV},
    {"_autodiscover._tcp", N_("Outlook settings"), "MS-OXDISCO", SERVICE_MAIL, TYPE_SRV},
    {"_caldav._tcp", N_("calendars"), "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_caldavs._tcp", N_("calendars over TLS"), "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_carddav._tcp", N_("address books"), "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_carddavs._tcp", N_("address books over TLS"), "RFC 6764 3", SERVICE_CALENDAR, TYPE_SRV},
    {"_sip._udp", N_("telephony (SIP)"), "RFC 3263", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sip._tcp", N_("telephony (SIP)"), "RFC 3263", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sips._tcp", N_("telephony over TLS (SIP)"), "RFC 3263", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sip._tls", N_("Skype and Teams clients"), "MS-SIPRE", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sipinternaltls._tcp", N_("Skype clients inside"), "MS-SIPRE", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sipinternal._tcp", N_("Skype clients inside"), "MS-SIPRE", SERVICE_TELEPHONY, TYPE_SRV},
    {"_sipfederationtls._tcp", N_("Skype and Teams federation"), "MS-SIPRE", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_cisco-uds._tcp", N_("Cisco Jabber inside"), "Cisco Jabber planning guide", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_cuplogin._tcp", N_("Cisco Jabber inside (old)"), "Cisco Jabber planning guide",
     SERVICE_TELEPHONY, TYPE_SRV},
    {"_collab-edge._tls", N_("Cisco Jabber outside"), "Cisco Jabber planning guide",
     SERVICE_TELEPHONY, TYPE_SRV},
    {"_h323cs._tcp", N_("video calls (H.323)"), "ITU-T H.323 Annex O", SERVICE_TELEPHONY, TYPE_SRV},
    {"_stun._udp", N_("finding the own address (STUN)"), "RFC 8489 8.1", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_stuns._tcp", N_("finding the own address over TLS (STUN)"), "RFC 8489 8.1",
     SERVICE_TELEPHONY, TYPE_SRV},
    {"_turn._udp", N_("relays for calls (TURN)"), "RFC 5928", SERVICE_TELEPHONY, TYPE_SRV},
    {"_turn._tcp", N_("relays for calls (TURN)"), "RFC 5928", SERVICE_TELEPHONY, TYPE_SRV},
    {"_turns._tcp", N_("relays for calls over TLS (TURN)"), "RFC 5928", SERVICE_TELEPHONY,
     TYPE_SRV},
    {"_xmpp-client._tcp", N_("chat clients (XMPP)"), "RFC 6120 3.2.1", SERVICE_CHAT, TYPE_SRV},
    {"_xmpps-client._tcp", N_("chat clients over TLS (XMPP)"), "XEP-0368", SERVICE_CHAT, TYPE_SRV},
    {"_xmpp-server._tcp", N_("chat between servers (XMPP)"), "RFC 6120 3.2.1", SERVICE_CHAT,
     TYPE_SRV},
    {"_xmpps-server._tcp", N_("chat between servers over TLS (XMPP)"), "XEP-0368", SERVICE_CHAT,
     TYPE_SRV},
    {"_matrix-fed._tcp", N_("chat between servers (Matrix)"), "Matrix server-server API",
     SERVICE_CHAT, TYPE_SRV},
    {"_matrix._tcp", N_("chat between servers (Matrix, old name)"), "Matrix server-server API",
     SERVICE_CHAT, TYPE_SRV},
    {"_ntp._udp", N_("time"), "IANA service names", SERVICE_OTHER, TYPE_SRV},
    {"_vlmcs._tcp", N_("Windows activation (KMS)"), "Microsoft KMS", SERVICE_OTHER, TYPE_SRV},
    {"", N_("telephony and relays (NAPTR)"), "RFC 3263 4.1", SERVICE_TELEPHONY, TYPE_NAPTR},
    {"_kerberos", N_("Kerberos realm"), "MIT Kerberos", SERVICE_KERBEROS, TYPE_TXT},
    {"_kerberos", N_("Kerberos servers (URI)"), "MIT Kerberos", SERVICE_KERBEROS, TYPE_URI},
    {"_kpasswd", N_("Kerberos password change (URI)"), "MIT Kerberos", SERVICE_KERBEROS, TYPE_URI},
    {"_caldavs._tcp", N_("path of the calendars"), "RFC 6764 4", SERVICE_CALENDAR, TYPE_TXT},
    {"_carddavs._tcp", N_("path of the address books"), "RFC 6764 4", SERVICE_CALENDAR, TYPE_TXT},
    {"lyncdiscoverinternal", N_("settings of Skype inside"), "MS-OCDISCWS", SERVICE_TELEPHONY,
     TYPE_A},
    {"sipinternal", N_("Skype clients inside"), "MS-SIPRE", SERVICE_TELEPHONY, TYPE_A},
    {"sipexternal", N_("Skype clients outside"), "MS-SIPRE", SERVICE_TELEPHONY, TYPE_A},
    {"b._dns-sd._udp", N_("domains to browse (DNS-SD)"), "RFC 6763 11", SERVICE_OTHER, TYPE_PTR},
    {"lb._dns-sd._udp", N_("domain to browse first (DNS-SD)"), "RFC 6763 11", SERVICE_OTHER,
     TYPE_PTR},
    {"_ipp._tcp", N_("printers (DNS-SD)"), "RFC 6763 4.1", SERVICE_OTHER, TYPE_PTR},
};

/* What programs of today look for, then the rest of RFC 2219. */
static const struct customary_name customary_names[] = {
    {"www", N_("web server"), false},
    {"mail", N_("mail (SMTP)"), false},
    {"smtp", N_("mail submission"), false},
    {"imap", N_("mailbox access (IMAP)"), false},
    {"pop", N_("mailbox access (POP)"), false},
    {"pop3", N_("mailbox access (POP3)"), false},
    {"webmail", N_("mail in the browser"), false},
    {"autodiscover", N_("settings of Outlook"), false},
    {"autoconfig", N_("settings of Thunderbird"), false},
    {"mta-sts", N_("MTA-STS policy"), false},
    {"lyncdiscover", N_("settings of Teams and Skype"), false},
    {"sip", N_("telephony (SIP)"), false},
    {"archie", N_("archie file index"), true},
    {"finger", N_("finger user directory"), true},
    {"ftp", N_("file transfer"), true},
    {"gopher", N_("gopher menus"), true},
    {"ldap", N_("LDAP directory"), true},
    {"news", N_("Usenet news (NNTP)"), true},
    {"ntp", N_("time"), true},
    {"ph", N_("CCSO name server"), true},
    {"rwhois", N_("referral whois"), true},
    {"wais", N_("wide area information server"), true},
    {"whois", N_("whois directory"), true},
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
        [SERVICE_DIRECTORY] = N_("directory"), [SERVICE_KERBEROS] = N_("Kerberos"),
        [SERVICE_MAIL] = N_("mail"),           [SERVICE_CALENDAR] = N_("calendars"),
        [SERVICE_TELEPHONY] = N_("telephony"), [SERVICE_CHAT] = N_("chat"),
        [SERVICE_OTHER] = N_("other"),
    };

    return words[group];
}

const char *service_group_word(enum service_group group)
{
    return tr(service_group_text(group));
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

    for (size_t i = 0; i < services_count() && services[i].type == TYPE_SRV; i++) {
        const char *prefix = services[i].prefix;
        size_t length = 0;

        while (prefix[length] && prefix[length] == owner[length])
            length++;
        if (length > longest && !prefix[length] && owner[length] == '.') {
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
