/* The words only the screen uses, with glyphs and roles: what is said of each outcome, when a
 * shown TTL changes, the spinner. */
#ifndef VIEW_WORDS_H
#define VIEW_WORDS_H

#include "dns/reply.h"
#include "report/words.h"
#include "view/role.h"

/* Milliseconds until words_ttl() of a TTL that runs down would read otherwise. */
int64_t words_ttl_change_ms(int64_t left_ms, bool raw);

struct outcome_words {
    const char *glyph;
    enum role role;
    const char *word;     /* "no such name" */
    const char *code;     /* "NXDOMAIN" */
    const char *sentence; /* what it means for whoever asked */
};
const struct outcome_words *words_outcome(enum outcome outcome);
/* The same for a reply that has not come (NULL): waiting. */
const struct outcome_words *words_reply(const struct reply *reply);
/* "⠋": the spinner at a moment of the event clock. */
const char *words_spinner(int64_t now_ms);
enum { SPINNER_MS = 100 };

#endif
