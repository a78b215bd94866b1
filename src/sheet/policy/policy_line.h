/* A line of the mail policy: what it is about, its state in glyph, role and word, and text. */
#ifndef SHEET_POLICY_POLICY_LINE_H
#define SHEET_POLICY_POLICY_LINE_H

#include "sheet/role.h"
#include "survey/facts.h"

struct policy_line {
    unsigned depth;    /* 1: under the line above */
    const char *key;   /* names it among all lines */
    bool foldable;     /* there are lines under it, or may be */
    const char *label; /* "SPF"; "" for lines under another */
    const char *glyph;
    enum role role;
    const char *state;        /* a word or two; "" for none */
    const char *brief;        /* the same for a title, where that is shorter; NULL: as the state */
    const char *text;         /* "" for none */
    const char *right;        /* at the right end: "7/10"; "" for none */
    const char *right_folded; /* there while the lines under it are not shown; NULL: the same */
    const char *right_what;   /* what that is, where its place does not say so; NULL: it is plain */
    bool waiting;
    bool beyond;                 /* what stands at the right end is beyond its limit */
    const char *sentence;        /* what it means; NULL for none */
    const struct reply *reply;   /* that says so; NULL for none */
    const struct record *record; /* shown; NULL for none */
    const char *target;          /* the name it leads to; NULL for none */
    const char *line;            /* the first record of the reply as a zone-file line; or NULL */
};

struct policy_lines {
    const struct facts *facts;
    const struct setup *setup;
    struct arena *arena;
    bool decoded; /* names with their U-label form */
    struct policy_line *lines;
    size_t count, capacity;
};

/* Adds a line, made to look as bad as the worst finding of what it is about; `line` has its looks
 * and texts. Strings but the key are borrowed. */
void policy_line_add(struct policy_lines *list, unsigned depth, const char *key, bool foldable,
                     struct policy_line line, const char *sentence);
/* The line added last, for what else there is to say of it. */
struct policy_line *policy_line_last(struct policy_lines *list);
/* The record, answer and name behind the line added last. */
void policy_line_source(struct policy_lines *list, const struct reply *reply, const char *target);
/* A name without its last dot, in the arena. */
const char *policy_line_name(struct policy_lines *list, const char *name);
/* Glyph and role of a state of a policy record; its word is policy_state_text(). */
struct policy_line policy_line_look(const char *label, enum policy_state state,
                                    const struct reply *reply, const char *text);

/* One group of lines each. */
void policy_lines_spf(struct policy_lines *list);
void policy_lines_verdict(struct policy_lines *list, const struct spf_verdict *verdict);
void policy_lines_dmarc(struct policy_lines *list);
void policy_lines_dkim(struct policy_lines *list);
void policy_lines_key(struct policy_lines *list, const struct dkim_key *key, unsigned depth);
void policy_lines_records(struct policy_lines *list);   /* SOA, TXT, CAA, HTTPS and the next */
void policy_lines_requested(struct policy_lines *list); /* what was asked for by its type */
void policy_lines_zone(struct policy_lines *list);      /* DNSSEC and name servers alone */
void policy_lines_transport(struct policy_lines *list); /* MTA-STS, TLS-RPT, BIMI, DANE */
void policy_lines_servers(struct policy_lines *list);   /* DNSSEC, PTR, name servers, names */

#endif
