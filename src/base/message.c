#include "base/message.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct catalogue *current; /* NULL: English */
static const struct message **sorted;   /* those of `current`, by compare() */

static int compare(const struct message *left, const struct message *right)
{
    int order = strcmp(left->id, right->id);

    return order ? order : strcmp(left->context, right->context);
}

static int compare_entries(const void *left, const void *right)
{
    return compare(*(const struct message *const *)left, *(const struct message *const *)right);
}

static int compare_key(const void *key, const void *entry)
{
    return compare(key, *(const struct message *const *)entry);
}

static const char *find(const char *context, const char *id)
{
    const struct message key = {context, id, NULL};
    const struct message *const *entry = NULL;

    if (current && *id)
        entry = bsearch(&key, sorted, current->count, sizeof *sorted, compare_key);
    return entry ? (*entry)->text : NULL;
}

const char *tr(const char *id)
{
    const char *text = find("", id);

    return text ? text : id;
}

const char *tr_in(const char *context, const char *id)
{
    const char *text = find(context, id);

    return text ? text : tr(id);
}

const char *tr_plural(const char *one, const char *many, uint64_t number)
{
    const char *text = find("", one);

    return text ? text : number == 1 ? one : many;
}

const char *message_comma(void)
{
    static char comma[8];

    snprintf(comma, sizeof comma, tr_in("list", "%s, %s"), "", "");
    return comma;
}

void message_more(struct text *out, size_t more)
{
    char *list = text_take(out);

    text_format(out, tr_in("list", "%s and %zu more"), list, more);
    free(list);
}

void message_list(struct text *out, const char *const *items, size_t count, size_t more)
{
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count && more == 0;
        char *list = i ? text_take(out) : NULL;

        if (list)
            text_format(out, last ? tr_in("list", "%s and %s") : tr_in("list", "%s, %s"), list,
                        items[i]);
        else
            text_add(out, items[i]);
        free(list);
    }
    if (more)
        message_more(out, more);
}

/* "ja_JP.UTF-8" and "ja" name the language "ja". */
static bool names(const char *locale, const char *language)
{
    size_t length = strcspn(locale, "_.@-");

    return strlen(language) == length && strncmp(locale, language, length) == 0;
}

static const struct catalogue *find_catalogue(const char *locale)
{
    for (const struct catalogue *c = catalogues; c->language; c++)
        if (names(locale, c->language))
            return c;
    return NULL;
}

const char *message_find(const char *locale)
{
    const struct catalogue *catalogue = find_catalogue(locale);
    bool english = names(locale, "en") || names(locale, "C") || names(locale, "POSIX");

    return catalogue ? catalogue->language : english ? "en" : NULL;
}

void message_language(const char *locale)
{
    free(sorted);
    sorted = NULL;
    if (!(current = locale ? find_catalogue(locale) : NULL))
        return;
    sorted = memory_new(current->count, sizeof *sorted);
    for (size_t i = 0; i < current->count; i++)
        sorted[i] = &current->messages[i];
    qsort(sorted, current->count, sizeof *sorted, compare_entries);
}

const char *message_code(void)
{
    return current ? current->language : NULL;
}
