/* From what a person typed to the name that is meant. */
#ifndef SURVEY_SUBJECT_H
#define SURVEY_SUBJECT_H

#include "base/status.h"
#include "dns/address.h"
#include "dns/name.h"

#include <stdbool.h>

enum subject_kind {
    SUBJECT_DOMAIN,  /* a domain or a host */
    SUBJECT_SERVICE, /* _service._proto.name: its SRV records are asked as well; _dmarc.name is a
                        domain */
    SUBJECT_ADDRESS, /* an IP address: its PTR is asked */
    SUBJECT_REVERSE, /* a name below in-addr.arpa or ip6.arpa: no mail goes there */
    SUBJECT_KEY,     /* selector._domainkey.domain: that key is judged, and nothing else */
};

struct subject {
    char *input; /* as typed, escaped for showing */
    enum subject_kind kind;
    char name[NAME_TEXT];   /* the domain surveyed; for addresses the in-addr.arpa/ip6.arpa name */
    char owner[NAME_TEXT];  /* SUBJECT_SERVICE: the full owner; else equal to name */
    struct address address; /* SUBJECT_ADDRESS */
    char selector[NAME_TEXT],
        domain[NAME_TEXT]; /* SUBJECT_KEY: the labels in front, no dot behind */
    char *note; /* what was cut off, in words ("user@ and :25 left out"); NULL when nothing */
};

/* Takes domain, host, user@domain, URL, address, [address], _service._proto.name, IDN, with
 * trailing dot or spaces. On failure *why is a sentence that tells exactly what is wrong (heap,
 * free it). */
enum status subject_parse(const char *typed, struct subject *subject, char **why);
void subject_clear(struct subject *subject);

/* Is mail sent to names of this kind, so that there is something to say about it? */
bool subject_takes_mail(const struct subject *subject);

/* The owner of SRV records as typed, canonical: "_ldap._tcp" is that of the domain. On failure *why
 * is a static sentence. */
enum status subject_owner(const char *typed, const char *domain, char owner[NAME_TEXT],
                          const char **why);

#endif
