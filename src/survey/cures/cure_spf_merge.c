/* One SPF record for several at one name. */

#include "survey/cures/cure.h"

#include <string.h>

/* What several records say together. */
struct merged {
    struct arena *arena;
    struct text text;
    const struct spf_term *redirect;
    char all;   /* the strictest qualifier; 0 without one */
    bool clash; /* nobody can say what is meant */
};

static int strictness(char qualifier)
{
    const char *order = "+?~-", *place = qualifier ? strchr(order, qualifier) : NULL;

    return place ? (int)(place - order) : -1;
}

static void add_term(struct merged *merged, struct octets term)
{
    if (cure_has_word(&merged->text, term))
        return;
    text_add_char(&merged->text, ' ');
    text_add_bytes(&merged->text, term.bytes, term.length);
}

static void merge_record(struct merged *merged, struct octets text)
{
    const struct spf_record *record = spf_record_parse(merged->arena, text);

    merged->clash |= record->error != NULL;
    for (size_t i = 0; i < record->count && !record->error; i++) {
        const struct spf_term *term = &record->terms[i];

        if (term->kind == SPF_ALL) {
            if (strictness(term->qualifier) > strictness(merged->all))
                merged->all = term->qualifier;
        } else if (term->kind == SPF_REDIRECT) {
            merged->clash |= merged->redirect != NULL;
            merged->redirect = term;
        } else {
            add_term(merged, term->text);
        }
    }
}

/* A redirect beside "all" would be ignored: an include passes the same senders. */
static void end_merged(struct merged *merged)
{
    const struct spf_term *redirect = merged->redirect;

    if (redirect && merged->all)
        text_format(&merged->text, " include:%s", octets_shown(merged->arena, redirect->spec));
    else if (redirect)
        add_term(merged, redirect->text);
    if (merged->all)
        text_format(&merged->text, " %call", merged->all);
}

void cure_spf_merge(struct cure *cure, const struct spf_node *node)
{
    const struct reply *reply = node->reply;
    struct merged merged = {.arena = cure->arena};
    const struct record *first = NULL;

    text_add(&merged.text, "v=spf1");
    for (size_t i = 0; reply && i < reply->record_count; i++) {
        const struct record *record = reply->records[i];

        if (!spf_record_is(record->txt.joined))
            continue;
        merge_record(&merged, record->txt.joined);
        cure_remove(cure, record);
        first = first ? first : record;
    }
    end_merged(&merged);
    if (first && !merged.clash)
        cure_add_text(cure, first->owner, first->ttl,
                      octets_of(arena_dup(cure->arena, text_get(&merged.text))));
    else
        cure_drop(cure);
    cure->asks = true; /* about terms that nobody evaluated yet */
    text_clear(&merged.text);
}
