/* What the findings about directories share. */
#ifndef POLICY_SERVICES_FINDING_DIRECTORY_H
#define POLICY_SERVICES_FINDING_DIRECTORY_H

#include "policy/findings/finding_list.h"

/* The directory when all of it is in and it is of that kind (DIRECTORY_NONE: of any); else NULL,
 * and the findings are incomplete while it is not in. */
const struct directory *finding_directory(struct finding_list *list, enum directory_kind kind);
/* Does the answer say clearly that there are no records? */
bool finding_reply_absent(const struct reply *reply);
/* The reply to the name of that id; NULL: it has none. */
const struct reply *finding_directory_reply(const struct directory *directory, enum directory_id id,
                                            const char *place);
bool finding_directory_has(const struct directory *directory, enum directory_id id,
                           const char *place);
bool finding_directory_lacks(const struct directory *directory, enum directory_id id,
                             const char *place);
/* Is the host told of by ad-stale-dc: without address, and in names of the directory? */
bool finding_is_stale(const struct directory *directory, const struct directory_host *host);
/* Is the target that host with the origin of a zone file behind it, as a missing dot makes it? */
bool finding_means_host(const struct directory *directory, const char *target, const char *host);
/* Does its name end in the domain twice? */
bool finding_is_doubled(const struct directory *directory, const struct directory_host *host);
/* Is it of another directory in the same domain? */
bool finding_is_stranger(const struct directory *directory, const struct directory_host *host);
/* Is it a domain controller, not another directory's server nor one that is only in the names of
 * LDAP, which any LDAP server may be? */
bool finding_is_controller(const struct directory *directory, const struct directory_host *host);
/* Does every service below "_tcp" or "_udp" have records (RFC 4592)? */
bool finding_by_wildcard(struct finding_list *list, const char *transport);
/* No server has an address here: the names do, so something on the way filters. */
bool finding_is_filtered(const struct directory *directory);

/* A list of names for a sentence: "a, b and 3 more". */
struct name_list {
    struct finding_list *list;
    struct text text;
    size_t count, most;
};
/* Names behind the first `most` are only counted. */
struct name_list finding_names(struct finding_list *list, size_t most);
void finding_names_add(struct name_list *names, const char *name);
/* In the list's arena; ends the list. */
const char *finding_names_text(struct name_list *names);

#endif
