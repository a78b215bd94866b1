/* What the tests behind the findings work with: the setup to judge and the list they add to. */
#ifndef POLICY_FINDINGS_FINDING_LIST_H
#define POLICY_FINDINGS_FINDING_LIST_H

#include "policy/findings/findings.h"

#include <stdbool.h>
#include <stddef.h>

struct finding_list {
    struct arena *arena;
    const struct setup *setup;
    const struct finding_kind *kind; /* the one that runs */
    struct finding *findings;        /* on the heap, in the order added */
    size_t *places;                  /* of the test in the table, for each finding */
    size_t count, capacity, place_capacity;
    size_t place, begin;    /* the running test in the table; its first finding */
    struct finding surplus; /* what a test adds beyond FINDINGS_KEPT */
    bool complete;
    const struct finding_srv *services; /* findings_srv.c; NULL: not looked up yet */
    size_t service_count;
};

/* Adds a finding of the running test; its text is formatted. The pointer is good until the next
 * one is added. reply (may be NULL) is where it was seen; the only record of the type in it is
 * taken for the cause. */
struct finding *finding_add(struct finding_list *list, enum severity severity, const char *subject,
                            uint16_t type, const struct reply *reply, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* The lookup failed: nothing is known about the subject. Says nothing of endless aliases, and
 * of one that leads out of the file and is told already: they are findings of their own. */
void finding_add_unknown(struct finding_list *list, const char *subject, uint16_t type,
                         const struct reply *reply);
/* What to change, in words that hold whatever else there is; records to publish come from the
 * cures (survey/cures). */
void finding_fix(struct finding_list *list, struct finding *finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The record that causes it; left out when its line is longer than anybody reads. */
void finding_record(struct finding_list *list, struct finding *finding,
                    const struct record *record);
/* The same for the record of an address. */
void finding_address(struct finding_list *list, struct finding *finding, const struct reply *reply,
                     const struct address *address);

/* ---- the way from the root ---- */

/* NULL when it was not gone; while it is not known to its end the findings are incomplete. */
const struct trace *finding_trace(struct finding_list *list);
/* The step at which a server of the zone is met below another zone; NULL: none. */
const struct trace_step *finding_step(struct finding_list *list, const char *zone);
/* Says at which cut that is; nothing when the step is NULL. */
void finding_at_cut(struct finding_list *list, struct finding *finding,
                    const struct trace_step *step);

/* ---- asking ---- */

/* Then it has a record of the type asked. */
bool finding_reply_answered(const struct reply *reply);
bool finding_reply_failed(const struct reply *reply);
/* Do aliases lead round in a circle, or too far? Resolvers give no answer then, and cname-loop or
 * cname-chain-long says so: for others it is no look at the name. */
bool finding_reply_endless(const struct reply *reply);
/* Is it about a name of which the master files at hand know nothing? */
bool finding_reply_outside(const struct reply *reply);

/* A name for a sentence: without its last dot. Lines to publish keep theirs. */
const char *finding_name(struct finding_list *list, const char *name);
/* The zone the name is in; while that is not known, the name. */
const char *finding_zone(const struct finding_list *list);
/* As lookup_find over the setup's own lookup; NULL makes the findings incomplete. */
const struct reply *finding_lookup(struct finding_list *list, const char *name, uint16_t type);
struct host_addresses finding_host(struct finding_list *list, const char *name);

/* What to do about a target that is not there: the dot that is missing, or the address. `what` is
 * the record that names it. */
void finding_fix_dangling(struct finding_list *list, struct finding *finding, const char *target,
                          const char *what);

/* An error about a target with a dot too many, and what to write; NULL when it is none. `replies`
 * are those to it. */
struct finding *finding_add_overdotted(struct finding_list *list, const char *target,
                                       const struct host_addresses *replies,
                                       const struct record *record, const char *what);
/* Is it such a target, or not known to be none? */
bool finding_is_overdotted(struct finding_list *list, const char *target,
                           const struct host_addresses *replies);

/* What to do about a target whose last dot is missing, where the name of the zone follows a name
 * that is there, or that nobody would choose below it: "mx.example.net.example.com.". False when it
 * is not so. */
bool finding_fix_undotted(struct finding_list *list, struct finding *finding, const char *target,
                          const char *what);

/* Says of a record of that kind ("DMARC") where it stands instead of at its owner. */
struct finding *finding_add_elsewhere(struct finding_list *list, enum severity severity,
                                      const char *subject, const char *kind, enum misplacement how,
                                      const struct record *record, const char *owner);
/* There is none of the records, but one where nobody looks (setup_misplaced_text): says so in a
 * finding of that severity about the subject; false without one. */
bool finding_add_misplaced(struct finding_list *list, enum severity severity, const char *subject,
                           const char *owner, enum near_kind kind);

/* The exchanges each once, by their first record; null MX, literals, localhost and the implicit MX
 * are left out. NULL at the end. */
struct exchange_walk {
    const struct exchanges *exchanges;
    size_t next;
};
struct exchange_walk finding_exchanges(const struct finding_list *list);
const struct exchange *finding_next_exchange(struct exchange_walk *walk);

/* Is it "localhost" of some domain, and no host with another address? That is a finding. */
bool finding_is_called_localhost(const struct exchange *exchange);

/* What the two address lookups of a host say together. */
enum host_standing {
    HOST_PENDING_STANDING,
    HOST_HAS_ADDRESS,
    HOST_LOOKUP_FAILED, /* and the other family brought nothing */
    HOST_WITHOUT_ADDRESS,
    HOST_DOES_NOT_EXIST,
};
enum host_standing host_standing_of(const struct host_addresses *replies);
/* The reply that shows the alias when the host is one, else NULL. */
const struct reply *finding_host_alias(const struct host_addresses *replies);

/* From inside: exchanges and name servers, and the domain itself unless it is an Active Directory,
 * have private addresses only. Then those are no fault. Open: not known yet, say neither. */
enum finding_view { VIEW_OPEN, VIEW_FROM_INSIDE, VIEW_FROM_OUTSIDE };
enum finding_view finding_seen_from(struct finding_list *list);

/* ---- networks ---- */

/* Where a host is: its network of each family, /24 and /48 for IPv6. */
struct networks {
    struct address v4, v6; /* family 0: no address of that family */
};
/* The networks of a host with these addresses; false when it has none, or addresses of one family
 * in different networks: then no single network takes it away. */
bool networks_of(const struct address *addresses, size_t count, struct networks *networks);
bool networks_equal(const struct networks *a, const struct networks *b);
/* "192.0.2.0/24", "2001:db8::/48" or both. */
const char *networks_text(struct arena *arena, const struct networks *networks);

/* ---- the groups of the table; each ends with an empty row ---- */

extern const struct finding_kind findings_view[], findings_mx[], findings_mx_hosts[],
    findings_mx_set[], findings_names[], findings_ns[], findings_authority[], findings_srv[],
    findings_spf[], findings_spf_terms[], findings_dmarc[], findings_dkim[], findings_transport[],
    findings_dnssec[], findings_slips[], findings_directory[], findings_directory_records[],
    findings_sites[], findings_forest[], findings_kerberos[], findings_services[], findings_file[];

#endif
