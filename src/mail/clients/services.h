/* What a mail administrator looks for by name: the SRV services (RFC 2782 and the RFCs that use it)
 * and the customary host names (RFC 2219). */
#ifndef MAIL_CLIENTS_SERVICES_H
#define MAIL_CLIENTS_SERVICES_H

#include <stdbool.h>
#include <stddef.h>

struct service {
    const char *prefix; /* "_ldap._tcp": goes in front of the domain */
    const char *word;   /* "LDAP directory" */
    const char *reference;
};

size_t services_count(void);
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
