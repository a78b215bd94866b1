/* DMARC: which policy a domain's mail is under, and where the reports go (RFC 7489, RFC 9989). */
#ifndef POLICY_RECORDS_DMARC_H
#define POLICY_RECORDS_DMARC_H

#include "dns/lookup.h"
#include "policy/records/tags.h"

enum dmarc_policy { DMARC_ABSENT, DMARC_NONE, DMARC_QUARANTINE, DMARC_REJECT };
const char *dmarc_policy_text(enum dmarc_policy policy); /* "none", ...; "" for absent. Static. */

/* What a note says of a record that can be used. */
struct dmarc_note {
    enum dmarc_weight {
        DMARC_ODD,      /* does no harm */
        DMARC_WEAKENED, /* receivers do less than the owner may think */
        DMARC_BROKEN,   /* receivers do something else than what is written */
    } weight;
    const char *text; /* a sentence without its full stop */
};

/* One record, read. */
struct dmarc_record {
    const char *text;            /* escaped */
    enum dmarc_policy p, sp, np; /* as they count: sp and np are ABSENT without a valid p */
    bool assumed;                /* p= is missing or a policy unknown: p=none is assumed */
    char psd;                    /* 'y', 'n', 'u' (default) */
    bool testing;                /* t=y (RFC 9989) */
    int percent;                 /* pct= (RFC 7489 only), 100 without it */
    struct tags tags;            /* everything, in the order written */
    const char *error;           /* makes the record unusable; a sentence, or NULL */
    const struct dmarc_note *notes;
    size_t note_count;
};

/* One question of the discovery. */
struct dmarc_step {
    const char *name;          /* "_dmarc.example.com." */
    const struct reply *reply; /* NULL while pending */
    enum policy_state state;
    const struct record *found; /* the record, the first of several, or what looks like one; NULL */
    const struct dmarc_record *record; /* NULL when there is none that counts */
    const char *why;                   /* one sentence */
};

/* Where reports go (rua=, ruf=). */
struct dmarc_report {
    bool failure;       /* ruf= */
    const char *uri;    /* escaped */
    const char *domain; /* canonical; NULL when the URI is no mailto: with a domain */
    const char *asked; /* "example.com._report._dmarc.collector.example."; NULL when not external */
    enum dmarc_authorisation {
        DMARC_REPORT_OWN, /* same organisational domain: none needed */
        DMARC_REPORT_AUTHORISED,
        DMARC_REPORT_UNAUTHORISED,
        DMARC_REPORT_PENDING,
        DMARC_REPORT_UNKNOWN,
        DMARC_REPORT_BAD_URI,
    } authorisation;
    const struct reply *reply;
};
const char *dmarc_authorisation_text(enum dmarc_authorisation authorisation); /* JSON. Static. */
const char *dmarc_authorisation_word(enum dmarc_authorisation authorisation); /* for people */

struct dmarc {
    bool complete;
    enum policy_state state;
    bool cut_short;     /* none is known of, but a name above is in no file: the state is unknown */
    const char *domain; /* author domain */
    const char *organisational;           /* by the tree walk (RFC 9989) */
    const char *organisational_by_suffix; /* by public suffix (RFC 7489), and how it was decided */
    const char *suffix_rule;              /* how the line above was decided, a sentence */
    bool non_existent;    /* the name does not exist: np applies (RFC 9989 4.10.1) */
    const char *found_at; /* whose record applies: author, organisational or PSD name */
    const struct dmarc_record *record; /* the one that applies, or the unusable one; or NULL */
    enum dmarc_policy policy;          /* in effect for this name */
    enum dmarc_policy applied;         /* what receivers do: a step milder while t=y */
    const char *policy_tag;            /* "p", "sp" or "np": the tag it came from */
    const char *why;                   /* one sentence: how the policy was found */
    const struct dmarc_step *steps;    /* from the author domain upwards */
    size_t step_count;
    const struct dmarc_report *reports; /* of a record that receivers use; else none */
    size_t report_count;
};

struct dmarc *dmarc_build(const struct lookup *lookup, struct arena *arena, const char *domain);

/* The value of the first tag of this name, in capitals or small letters (the grammar of RFC
 * 9989 4.8 knows no case); NULL without one. */
const struct octets *dmarc_record_value(const struct dmarc_record *record, const char *tag);
/* Does it begin with v=DMARC1? What does not is no DMARC record, whatever it looks like. */
bool dmarc_record_is(struct octets text);
/* Reads one record; never NULL. What is wrong behind v= and the policies does no harm: it becomes a
 * note (RFC 9989 4.7). */
struct dmarc_record *dmarc_record_parse(struct arena *arena, struct octets text);

/* Is that name in none of the master files that were read? Then no record is known of it. */
bool dmarc_step_is_outside(const struct dmarc_step *step);
/* The reply that decides: with the record in effect, or what leaves it open whether there is one;
 * else the first. NULL while pending. */
const struct reply *dmarc_reply(const struct dmarc *dmarc);

#endif
