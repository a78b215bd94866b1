/* A line of the mail policy pane: what it is about, its state in glyph, role and word, and text. */
#ifndef VIEW_PANES_MAIL_LINE_H
#define VIEW_PANES_MAIL_LINE_H

#include "policy/setup/setup.h"
#include "view/panes/pane.h"

struct mail_line {
    const char *label; /* "SPF"; "" for lines under another */
    const char *glyph;
    enum role role;
    const char *state; /* a word or two; "" for none */
    const char *text;  /* "" for none */
    const char *right; /* at the right end: "7/10"; "" for none */
    bool waiting;
    bool beyond; /* what stands at the right end is beyond its limit */
};

/* What the lines of one page are made with. */
struct mail_list {
    const struct page *page;
    const struct setup *setup;
    struct arena *arena;
    struct rows *rows;
};

/* Adds a line. `key` names it among all lines; with `foldable` it can be opened. Returns whether
 * the lines under it are to be shown. The line and its strings are copied into the arena but for
 * the static ones. */
bool mail_line_add(struct mail_list *list, unsigned depth, const char *key, bool foldable,
                   struct mail_line line, const char *sentence);
/* The row added last, for what else there is to say of it. */
struct row *mail_line_row(struct mail_list *list);
/* The record, answer and name behind the row added last. */
void mail_line_source(struct mail_list *list, const struct reply *reply, const char *target);

/* A name without its last dot, in the arena. */
const char *mail_line_name(struct mail_list *list, const char *name);
/* Glyph and role of a state of a policy record; its word is policy_state_text(). */
struct mail_line mail_line_policy(const char *label, enum policy_state state,
                                  const struct reply *reply, const char *text);

/* One group of lines each. */
void mail_spf_lines(struct mail_list *list);
void mail_dmarc_lines(struct mail_list *list);
void mail_dkim_lines(struct mail_list *list);
void mail_key_line(struct mail_list *list, const struct dkim_key *key, unsigned depth);
void mail_transport_lines(struct mail_list *list); /* MTA-STS, TLS-RPT, BIMI, DANE */
void mail_zone_lines(struct mail_list *list);      /* DNSSEC, PTR, name servers, wildcard, names */
void mail_record_lines(struct mail_list *list);    /* SOA, TXT, CAA, CNAME */

#endif
