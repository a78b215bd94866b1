/* What a mail administrator looks for by name: the SRV services (RFC 2782 and the RFCs that use it)
 * and the customary host names (RFC 2219). */
#ifndef MAIL_CLIENTS_SERVICES_H
#define MAIL_CLIENTS_SERVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What belongs together on a page. */
enum service_group {
    SERVICE_DIRECTORY,
    SERVICE_KERBEROS,
    SERVICE_MAIL,
    SERVICE_CALENDAR,
    SERVICE_TELEPHONY,
    SERVICE_CHAT,
    SERVICE_OTHER,
};
enum { SERVICE_GROUPS = 7 };
const char *service_group_text(enum service_group group); /* "directory", ...: as JSON has it */
const char *service_group_word(enum service_group group); /* the same in the language */

struct service {
    const char *prefix; /* "_ldap._tcp": goes in front of the domain; "" is the domain itself */
    const char *word;   /* "LDAP directory" */
    const char *reference;
    enum service_group group;
    uint16_t type; /* of the records that announce it: SRV, or what its clients ask beside */
};

/* Those announced by SRV records come first. */
size_t services_count(void);
size_t services_srv_count(void); /* of these */
const struct service *services_at(size_t index);
/* By the owner of an SRV record ("_ldap._tcp.example.com."); NULL when it is not a known one. */
const struct service *services_find(const char *owner);

/* Is it one that mail servers look up, when they are told to: _smtp._tcp, _submission._tcp,
 * _submissions._tcp? */
bool services_is_mail(const char *owner);

struct customary_name {
    const char *label; /* "www" */
    const char *word;
    bool old; /* only RFC 2219 has it: shown as one group */
};

size_t customary_names_count(void);
const struct customary_name *customary_names_at(size_t index);

#endif
