#include "dns/formats/reply_why.h"

#include "base/message.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS = 4 };

/* What stands where the form has "%s". */
struct part {
    const char *at;
    size_t length;
};

/* The forms that reasons have, the longer ones first. */
static const char *const forms[] = {
    N_("the server says %s: %s (extended error %s): %s"),
    N_("the server says %s: %s (extended error %s)"),
    N_("the server says %s: %s"),
    N_("the server says %s"),
    N_("the reply is malformed: %s in the %s section"),
    N_("the aliases form a loop: %s comes again"),
    N_("the server only refers to others for %s: it does not look names up"),
    N_("no zone given for %s, delegated at %s"),
    N_("no zone given for %s"),
    N_("no answer from %s within %s s; %s that did not match the query were ignored"),
    N_("no answer from %s within %s s; %s"),
    N_("no answer from %s within %s s"),
    N_("%s closed the TCP connection before the reply was whole"),
    N_("%s closed the connection before the reply was whole"),
    N_("queried over TCP after %s responses that did not match the query"),
    N_("the web server answers with status %s"),
    N_("the web server does not answer with a DNS message but with %s"),
    N_("%s: over TCP: %s"),
    "%s: %s",
};

/* Where the part ends that is followed by `gap` bytes of `then`; NULL: nowhere. The last words of a
 * form are the last ones of the text. */
static const char *part_end(const char *text, const char *then, size_t gap, bool last)
{
    size_t length = strlen(text);

    if (!last) {
        for (const char *at = text; (at = strchr(at, *then)); at++)
            if (strncmp(at, then, gap) == 0)
                return at;
        return NULL;
    }
    return length >= gap && strncmp(text + length - gap, then, gap) == 0 ? text + length - gap
                                                                         : NULL;
}

/* Is the text of that form? Fills the parts. */
static bool has_form(const char *text, const char *form, struct part parts[PARTS])
{
    const char *hole = strstr(form, "%s"), *next, *end;
    size_t before = (size_t)(hole - form);

    if (strncmp(text, form, before) != 0)
        return false;
    text += before;
    for (; hole; hole = next) {
        form = hole + 2;
        next = strstr(form, "%s");
        end = part_end(text, form, next ? (size_t)(next - form) : strlen(form), !next);
        if (!end || end == text)
            return false;
        *parts++ = (struct part){text, (size_t)(end - text)};
        text = end + (next ? next - form : 0);
    }
    return true;
}

static void add_part(const struct part *part, struct text *out)
{
    char *words = memory_dup_bytes(part->at, part->length);

    text_add(out, tr(words));
    free(words);
}

/* The translation of a form: "%s" is the next part, "%2$s" the second. */
static void fill(const char *form, const struct part parts[PARTS], struct text *out)
{
    size_t next = 0;

    for (; *form; form++) {
        if (strncmp(form, "%s", 2) == 0) {
            add_part(&parts[next++ % PARTS], out);
            form++;
        } else if (*form == '%' && form[1] >= '1' && form[1] <= '0' + PARTS &&
                   strncmp(form + 2, "$s", 2) == 0) {
            add_part(&parts[form[1] - '1'], out);
            form += 3;
        } else {
            text_add_char(out, *form);
        }
    }
}

void reply_why_add(const char *why, struct text *out)
{
    const char *known = tr(why);

    for (size_t i = 0; known == why && i < sizeof forms / sizeof *forms; i++) {
        struct part parts[PARTS] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
        if (has_form(why, forms[i], parts)) {
            fill(tr(forms[i]), parts, out);
            return;
        }
    }
    text_add(out, known);
}

const char *reply_why(struct arena *arena, const struct reply *reply)
{
    struct text text = {0};
    const char *why;

    if (!reply->why)
        return NULL;
    reply_why_add(reply->why, &text);
    why = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return why;
}

const char *reply_failure(struct arena *arena, const struct reply *reply)
{
    const char *failure = outcome_word(reply_is_endless(reply) ? OUTCOME_SERVFAIL : reply->outcome);

    return reply->why ? arena_format(arena, "%s: %s", failure, reply_why(arena, reply)) : failure;
}

static const char *lost(struct arena *arena, const char *what, enum outcome outcome,
                        const char *failure)
{
    if (outcome == OUTCOME_NOT_ASKED)
        return arena_format(arena, "%s: %s", what, failure);
    if (outcome == OUTCOME_NOT_IN_FILE)
        return arena_format(arena, tr("%s is not in the file"), what);
    return arena_format(arena, tr("%s could not be looked up (%s)"), what, failure);
}

const char *reply_lost(struct arena *arena, const char *what, const struct reply *reply)
{
    return lost(arena, what, reply->outcome, reply_failure(arena, reply));
}

const char *reply_lost_by(struct arena *arena, const char *what, enum outcome outcome)
{
    return lost(arena, what, outcome, outcome_word(outcome));
}
