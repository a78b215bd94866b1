#include "mail/clients/services.h"

#include <string.h>

static const struct service services[] = {
    {"_ldap._tcp", "LDAP directory", "RFC 2782"},
    {"_ldaps._tcp", "LDAP directory over TLS", "IANA service names"},
    {"_kerberos._tcp", "Kerberos key distribution", "RFC 4120 7.2.3"},
    {"_kerberos._udp", "Kerberos key distribution", "RFC 4120 7.2.3"},
    {"_kerberos-master._tcp", "Kerberos primary server", "MIT Kerberos"},
    {"_kerberos-master._udp", "Kerberos primary server", "MIT Kerberos"},
    {"_kpasswd._tcp", "Kerberos password change", "RFC 3244"},
    {"_kpasswd._udp", "Kerberos password change", "RFC 3244"},
    {"_gc._tcp", "Active Directory global catalog", "MS-ADTS 6.3.2.3"},
    {"_ldap._tcp.dc._msdcs", "Active Directory domain controllers", "MS-ADTS 6.3.2.3"},
    {"_kerberos._tcp.dc._msdcs", "Active Directory key distribution", "MS-ADTS 6.3.2.3"},
    {"_ldap._tcp.gc._msdcs", "Active Directory global catalog", "MS-ADTS 6.3.2.3"},
    {"_ldap._tcp.pdc._msdcs", "Active Directory primary controller", "MS-ADTS 6.3.2.3"},
    {"_smtp._tcp", "mail transfer", "draft-andrews-srv-smtp; Exim, Postfix"},
    {"_submission._tcp", "mail submission", "RFC 6186 3.1"},
    {"_submissions._tcp", "mail submission over TLS", "RFC 8314 5.1"},
    {"_imap._tcp", "mailbox access (IMAP)", "RFC 6186 3.2"},
    {"_imaps._tcp", "mailbox access (IMAP over TLS)", "RFC 6186 3.2"},
    {"_pop3._tcp", "mailbox access (POP3)", "RFC 6186 3.3"},
    {"_pop3s._tcp", "mailbox access (POP3 over TLS)", "RFC 6186 3.3"},
    {"_sieve._tcp", "mail filter rules (ManageSieve)", "RFC 5804 1.8"},
    {"_jmap._tcp", "mailbox access (JMAP)", "RFC 8620 2.2"},
    {"_autodiscover._tcp", "Outlook settings", "MS-OXDISCO"},
    {"_caldav._tcp", "calendars", "RFC 6764 3"},
    {"_caldavs._tcp", "calendars over TLS", "RFC 6764 3"},
    {"_carddav._tcp", "address books", "RFC 6764 3"},
    {"_carddavs._tcp", "address books over TLS", "RFC 6764 3"},
    {"_sip._udp", "telephony (SIP)", "RFC 3263"},
    {"_sip._tcp", "telephony (SIP)", "RFC 3263"},
    {"_sips._tcp", "telephony over TLS (SIP)", "RFC 3263"},
    {"_sip._tls", "Skype and Teams clients", "MS-SIPRE"},
    {"_sipinternaltls._tcp", "Skype clients inside", "MS-SIPRE"},
    {"_sipfederationtls._tcp", "Skype and Teams federation", "MS-SIPRE"},
    {"_xmpp-client._tcp", "chat clients (XMPP)", "RFC 6120 3.2.1"},
    {"_xmpps-client._tcp", "chat clients over TLS (XMPP)", "XEP-0368"},
    {"_xmpp-server._tcp", "chat between servers (XMPP)", "RFC 6120 3.2.1"},
    {"_h323cs._tcp", "video calls (H.323)", "ITU-T H.323 Annex O"},
    {"_stun._udp", "finding the own address (STUN)", "RFC 8489 8.1"},
    {"_turn._udp", "relays for calls (TURN)", "RFC 5928"},
    {"_matrix-fed._tcp", "chat between servers (Matrix)", "Matrix server-server API"},
    {"_ntp._udp", "time", "IANA service names"},
    {"_vlmcs._tcp", "Windows activation (KMS)", "Microsoft KMS"},
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

const struct service *services_at(size_t index)
{
    return &services[index];
}

/* The longest prefix that fits: "_ldap._tcp.dc._msdcs" before "_ldap._tcp". */
const struct service *services_find(const char *owner)
{
    const struct service *found = NULL;
    size_t longest = 0;

    for (size_t i = 0; i < services_count(); i++) {
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
