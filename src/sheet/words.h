/* The words of screen and reports: what is said of each outcome, short times, ordinals, counts,
 * shares, names without their last dot. */
#ifndef SHEET_WORDS_H
#define SHEET_WORDS_H

#include "base/number.h"
#include "base/text.h"
#include "dns/reply.h"
#include "sheet/role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "2d", "59m", "42s": the largest whole unit; raw: "172800". Returns out. */
const char *words_ttl(uint32_t seconds, bool raw, char out[WORD_SIZE]);
/* "3 days", "59 min", "42 s": for sentences. */
const char *words_duration(uint32_t seconds, char out[WORD_SIZE]);
/* "1st", "2nd", "3rd", "11th". */
const char *words_ordinal(unsigned number, char out[WORD_SIZE]);
/* "0.4 ms", "38 ms", "2.1 s" */
const char *words_elapsed(int64_t microseconds, char out[WORD_SIZE]);
/* "zone mx.zone": who answered, as a reply names it. Returns out. */
enum { WORD_SERVER = 512 };
const char *words_server(const char *server, char out[WORD_SERVER]);

/* Appends "2026-11-30T12:00:00Z", of seconds since 1970 (the years 0 to 9999). */
void words_moment(int64_t seconds, struct text *out);

/* What goes between two sentences: a blank, but none behind a wide character. Nothing at the
 * beginning. */
void words_sentence_gap(struct text *out);
/* Where `part` is found in `text`, without regard to the case of ASCII letters; NULL: nowhere. */
const char *words_find(const char *text, const char *part);

/* Appends the name without its last dot ("." stays). With `decoded` the U-label form follows in
 * parentheses where there is one. */
void words_name(const char *name, bool decoded, struct text *out);
/* The sentence with what people read, "(bücher.example)", behind each name that has A-labels; as it
 * is where there is none. In the arena. */
const char *words_readable(struct arena *arena, const char *text);
/* The part of a name that is shown in front of the domain's own: "mx1" for mx1.example.com. in
 * example.com.; the whole name without last dot when it is not within it. Appends. */
void words_name_within(const char *name, const char *domain, struct text *out);

/* A TXT record as the text it is, in quotation marks, where that is valid UTF-8 beyond ASCII: rdata
 * has it as escapes. NULL for every other record. In the arena. */
const char *words_txt(struct arena *arena, const struct record *record);
/* A policy record with the name it is an alias of, where it is one: "v=DMARC1; p=none  (alias of
 * _dmarc.example.net)"; without a record the alias alone, and "" without either. In the arena. */
const char *words_policy(struct arena *arena, const struct reply *reply, const char *record);

/* Milliseconds until words_ttl() of a TTL that runs down would read otherwise. */
int64_t words_ttl_change_ms(int64_t left_ms, bool raw);

struct outcome_words {
    const char *glyph;
    enum role role;
    const char *word;     /* "no such name" */
    const char *phrase;   /* "no such name (NXDOMAIN)" */
    const char *sentence; /* what it means for whoever asked */
};
/* The words of dns/outcome.h with the look the screen gives them. */
struct outcome_words words_outcome(enum outcome outcome);
/* The same for a reply that has not come (NULL): waiting. */
struct outcome_words words_reply(const struct reply *reply);
/* The word for the state of a record: `state`, or what became of the query where that is not known
 * (NULL: no reply of its own). */
const char *words_state(const char *state, const struct reply *reply);
/* "⠋": the spinner at a moment of the event clock. */
const char *words_spinner(int64_t now_ms);
enum { SPINNER_MS = 100 };

#endif
