/* What a survey is about beside its name. */
#ifndef SURVEY_SURVEY_OPTIONS_H
#define SURVEY_SURVEY_OPTIONS_H

#include "dns/address.h"
#include "mail/sender/sender.h"
#include "policy/servers/resolvers.h"
#include "policy/servers/trace.h"
#include "policy/setup/setup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Records asked for by their type. */
struct record_request {
    const char *name; /* canonical; NULL: the name of the survey */
    uint16_t type;
};

/* What is asked beside the name itself, and whose mail it is about. Everything is copied; zeros and
 * NULLs are good values. */
struct survey_options {
    const char *const *owners; /* more SRV owners (canonical), from --srv */
    size_t owner_count;
    const char *const *names; /* --names: more names of the domain (canonical) */
    size_t name_count;
    const struct record_request *requests;
    size_t request_count;
    const struct compared_resolver *resolvers; /* to compare (policy/servers/resolvers.h) */
    size_t resolver_count;
    const char *const *selectors; /* DKIM selectors typed by the user */
    size_t selector_count;
    const char *client;        /* played: "windows=hamburg"; NULL: none (mail/client/client.h) */
    const char *const *places; /* sites of a directory, GUIDs: policy/directory/directory.h */
    size_t place_count;
    const char *const *ignored; /* ids of findings not wanted */
    size_t ignored_count;
    const struct sender *sender;       /* NULL: a stranger of the rfc5321 profile */
    const struct spf_sender *spf;      /* NULL: no SPF verdict asked for */
    const struct operators *operators; /* borrowed; NULL: none known */
    int64_t now;                       /* seconds since 1970; 0 unknown */
    uint64_t seed;                     /* of the label for wildcard probes */
    size_t questions;                  /* so many at most (survey/budget.h); 0: no limit */
    enum server_reach ask_servers;     /* which name servers may be asked directly */
    const char *sts_policy;            /* text of the domain's MTA-STS policy; NULL: not known */
    bool trace;                        /* the way from the root is wanted */
    const char *trace_name;            /* to this name (canonical); NULL: to that of the survey */
    struct trace_hints hints;          /* servers to begin with; count 0: those built in */
    bool networked;                    /* name servers answer, at least what no zone file does */
    bool as_if_signed;                 /* zone files are taken for signed with DNSSEC */
    bool zone_files;                   /* answers come from zone files that the user gave */
    struct zone_flaws flaws;           /* of these files; borrowed */
    bool panes_only;                   /* ask only what the four panes and the simulation need */
};

#endif
