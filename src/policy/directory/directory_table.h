/* The names that the servers of a directory register, one row each: what a domain controller of
 * Active Directory does (MS-ADTS 6.3.2.3, 6.3.2.4, 6.3.1.10) and a server of FreeIPA. */
#ifndef POLICY_DIRECTORY_DIRECTORY_TABLE_H
#define POLICY_DIRECTORY_DIRECTORY_TABLE_H

#include "mail/clients/services.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum directory_kind { DIRECTORY_NONE, DIRECTORY_AD, DIRECTORY_FREEIPA };

enum directory_id {
    DIRECTORY_LDAP,
    DIRECTORY_DC,
    DIRECTORY_DOMAIN_GUID,
    DIRECTORY_PDC,
    DIRECTORY_GC_MSDCS,
    DIRECTORY_GC,
    DIRECTORY_GC_ADDRESS,
    DIRECTORY_KDC_DC,
    DIRECTORY_KDC_TCP,
    DIRECTORY_KDC_UDP,
    DIRECTORY_KPASSWD_TCP,
    DIRECTORY_KPASSWD_UDP,
    DIRECTORY_APEX,
    DIRECTORY_DSA,
    DIRECTORY_DOMAIN_ZONES,
    DIRECTORY_DOMAIN_ZONES_ADDRESS,
    DIRECTORY_FOREST_ZONES,
    DIRECTORY_FOREST_ZONES_ADDRESS,
    DIRECTORY_SITE_LDAP,
    DIRECTORY_SITE_DC,
    DIRECTORY_SITE_KDC_DC,
    DIRECTORY_SITE_KDC,
    DIRECTORY_SITE_GC,
    DIRECTORY_SITE_GC_MSDCS,
    DIRECTORY_SITE_DOMAIN_ZONES,
    DIRECTORY_SITE_FOREST_ZONES,
    DIRECTORY_MASTER_TCP,
    DIRECTORY_MASTER_UDP,
    DIRECTORY_KDC_URI,
    DIRECTORY_KPASSWD_URI,
    DIRECTORY_REALM,
    DIRECTORY_CA,
    DIRECTORY_TRUST_DC,
    DIRECTORY_TRUST_KDC_TCP,
    DIRECTORY_TRUST_KDC_UDP,
    DIRECTORY_TRUST_SITE_DC,
    DIRECTORY_TRUST_SITE_KDC_TCP,
    DIRECTORY_TRUST_SITE_KDC_UDP,
    DIRECTORY_LOCATION_LDAP,
    DIRECTORY_LOCATION_KDC_TCP,
    DIRECTORY_LOCATION_KDC_UDP,
};
enum { DIRECTORY_IDS = DIRECTORY_LOCATION_KDC_UDP + 1 };

/* What stands in the place of the star. */
enum directory_scope {
    SCOPE_DOMAIN,   /* there is none: one name for the domain */
    SCOPE_SITE,     /* a site of Active Directory */
    SCOPE_GUID,     /* the GUID of the domain */
    SCOPE_DSA,      /* that of a domain controller's NTDS object */
    SCOPE_LOCATION, /* a location of FreeIPA */
};

enum directory_holder {
    HOLDER_ALL,     /* every (writable) server */
    HOLDER_GC,      /* those with the global catalog */
    HOLDER_PDC,     /* one of them */
    HOLDER_SOME,    /* those that do: partitions, certificates, trusts */
    HOLDER_NOTHING, /* a text that names nobody */
};

struct directory_rule {
    enum directory_id id;
    const char *pattern; /* "_ldap._tcp.*._sites"; in front of the domain, "" for the domain */
    const char *head;    /* over its column, 7 cells at most */
    uint16_t type, port; /* port: 0 where the type has none */
    enum directory_scope scope;
    enum directory_holder holder;
    unsigned kinds;       /* bits 1 << enum directory_kind: which of them register it */
    bool forest;          /* below the forest root instead of the domain */
    bool read_only;       /* registered by a read-only domain controller, too */
    const char *mnemonic; /* of DnsAvoidRegisterRecords; "" without */
    const char *word;     /* what is found there, for a title */
    enum service_group group;
};

/* By id. */
const struct directory_rule *directory_rule(enum directory_id id);

#endif
