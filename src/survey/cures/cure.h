/* One cure while it is made. Makers (cure_*.c) say which records go and which come; cures.c asks
 * everything that must be asked of a cure, whoever made it. */
#ifndef SURVEY_CURES_CURE_H
#define SURVEY_CURES_CURE_H

#include "base/text.h"
#include "dns/formats/octets.h"
#include "policy/findings/findings.h"
#include "policy/records/near_miss.h"

enum { CURE_LINES_MAX = 64, CURE_TTL = 3600 };

struct cure_line {
    const char *owner; /* canonical */
    uint16_t type;
    uint32_t ttl;
    const char *rdata; /* presentation form */
};

struct cure {
    struct arena *arena;
    const struct setup *setup;
    const struct findings *findings; /* all of the setup */
    const struct finding *finding;   /* the one that is to go away */
    const struct finding **others;   /* more that are to, of several cures together; or NULL */
    size_t other_count;
    const char *fix;  /* what to change, in words; NULL: as the finding says */
    const char *told; /* the same, where the cure heals; NULL: as `fix` */
    const struct record *removed[CURE_LINES_MAX];
    size_t removed_count;
    struct cure_line added[CURE_LINES_MAX];
    size_t added_count;
    bool overfull; /* more lines than anybody reads */
    bool waiting;  /* an answer it depends on is not in */
    bool asks;     /* it brings in a host that nothing is known of: that is asked for */
    bool optional; /* only its owner knows whether it is wanted: never a part of other cures */
};

/* What to change, in other words than the finding has. */
void cure_say(struct cure *cure, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same, in words that hold only when the records are published. */
void cure_tell(struct cure *cure, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A record of the zone that goes, or stays with another TTL or rdata. */
void cure_remove(struct cure *cure, const struct record *record);
void cure_add(struct cure *cure, const char *owner, uint16_t type, uint32_t ttl, const char *format,
              ...) __attribute__((format(printf, 5, 6)));
void cure_replace(struct cure *cure, const struct record *record, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A TXT record of these octets, in strings of at most 255; of SPF with each term once. */
void cure_add_text(struct cure *cure, const char *owner, uint32_t ttl, struct octets text);
void cure_replace_text(struct cure *cure, const struct record *record, struct octets text);
/* No records after all: what was said is all. */
void cure_drop(struct cure *cure);

/* The answer, asked for if need be; NULL makes the cure wait. */
const struct reply *cure_lookup(struct cure *cure, const char *name, uint16_t type);
/* Is the name in a zone of the domain's owner, as far as names can tell? */
bool cure_is_own(const struct cure *cure, const char *name);
/* Where the alias leads, when that is a host; else NULL. `replies` are those to the alias. */
const char *cure_host_behind(struct host_addresses replies);
/* The host that is meant by a target without its last dot; NULL when it is not so. */
const char *cure_meant(struct cure *cure, const char *target);
/* The same, or the host behind it where that is an alias: what a record may name. */
const char *cure_meant_host(struct cure *cure, const char *target);
/* The record that stands elsewhere (finding_add_misplaced) goes, and comes with the right owner,
 * unless that meets a wildcard; false without one. */
bool cure_move(struct cure *cure, const char *owner, enum near_kind kind);
/* Does a wildcard answer for names below the domain? A record that goes may uncover it, and one
 * that comes may cover it. */
bool cure_has_wildcard(const struct cure *cure);
/* Does the domain take mail, so that reports may be sent to it? */
bool cure_takes_mail(const struct cure *cure);

/* The text of a record that is good, or that a near miss was meant to be; length 0 when neither. */
struct octets cure_meant_text(struct cure *cure, enum near_kind kind, const struct record *record);

/* The text with the octets from `begin` to `end` replaced. */
struct octets cure_splice(struct arena *arena, struct octets text, size_t begin, size_t end,
                          const char *by);
/* The list of tags without the one of this value, which points into it, and without the semicolon
 * in front of it; of the first one without that behind it (RFC 6376 3.2). */
struct octets cure_without_tag(struct arena *arena, struct octets text, struct octets value);

/* Puts the DMARC policy of the domain to reject, if it is not yet. */
void cure_reject_all(struct cure *cure);

/* "mailto:" in front of each mail address without a scheme in the list that is the tag's value; the
 * same text when there is none. */
struct octets cure_with_schemes(struct cure *cure, struct octets text, const char *tag);

/* ---- SPF (cure_spf.c, cure_spf_merge.c, cure_once.c) ---- */

/* The TXT record that a node of the tree was read from; NULL without one that counts. */
const struct record *cure_spf_record(const struct spf_node *node);
/* The node whose record the finding is about, which must be about one. */
const struct spf_node *cure_spf_node(const struct cure *cure);
/* The text of the record with the term replaced; with "" it goes, and the blank in front of it. */
struct octets cure_spf_with(struct cure *cure, struct octets text, const struct record *record,
                            const struct spf_term *term, const char *by);
/* One record of those that a node has several of. */
void cure_spf_merge(struct cure *cure, const struct spf_node *node);
/* Is the term in the text already, as a word? */
bool cure_has_word(const struct text *text, struct octets term);
/* The record with each of its words once, since a term that stands in front already decides
 * nothing (RFC 7208 4.6.2); what is no SPF record as it is. In the arena, or `text` itself. */
struct octets cure_spf_once(struct arena *arena, struct octets text);
/* " ip4:192.0.2.1", " ip6:...": in the arena. */
const char *cure_spf_address(struct arena *arena, const struct address *address);

/* ---- makers: by id, ending with an empty row; of several with one id the first that heals ---- */

struct cure_maker {
    const char *id;
    void (*make)(struct cure *cure);
};
extern const struct cure_maker cure_makers_mx[], cure_makers_spf[], cure_makers_spf_terms[],
    cure_makers_dmarc[], cure_makers_tags[], cure_makers_hosts[];
/* The first of its makers, and the next one of the same id; NULL without one. */
const struct cure_maker *cure_makers_of(const char *id);
const struct cure_maker *cure_maker_next(const struct cure_maker *maker);

/* Moves lines to where an alias of the domain leads. False where a line may not be published or
 * removed, and then the cure says who must do it. */
bool cure_place(struct cure *cure);

/* ---- what a setup is worth ---- */

struct cure_check;
/* The setup as it is, with all that a cure must not make worse. */
struct cure_check *cure_check_new(const struct setup *setup, const struct findings *findings);
void cure_check_free(struct cure_check *check);
/* Judges everything again with the cure's records; is the finding gone (where it is about one) and
 * nothing worse, as far as the answers go? What a cure that asks does not know yet is noted as
 * wanted, and it waits. */
bool cure_check_heals(const struct cure_check *check, struct cure *cure);

/* Makes those that change the same record alike: each then has the lines of all; an optional one
 * has them and its own. A finding that is not healed by them has none (NULL), nor has one whose
 * cure does harm together with those in front of it; what waits stays as it is. `cures` are those
 * of the findings, in their order, NULL where there is none. */
void cures_join(const struct cure_check *check, const struct setup *setup,
                const struct findings *findings, struct cure **cures, struct arena *arena);

/* The replies that change with a cure; they borrow from the answers. False when its lines are no
 * master file; then there is nothing to clear. */
struct cure_overlay {
    struct answers *answers;
    struct zone *zone;
};
bool cure_overlay_init(struct cure_overlay *overlay, const struct cure *cure);
void cure_overlay_clear(struct cure_overlay *overlay);

#endif
