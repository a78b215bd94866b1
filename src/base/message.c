#include "base/message.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct catalogue *current; /* NULL: English */
static const struct message **slots;    /* those of `current`, each behind the hash of its id */
static size_t slot_count;               /* a power of two */

/* Of its first and last 16 octets and its length: all ids are hashed when the program starts. */
static size_t hash_of(const char *id)
{
    size_t length = strlen(id);
    uint64_t words[4] = {0}, hash = length;

    if (length < 16) {
        memcpy(words, id, length);
    } else {
        memcpy(words, id, 16);
        memcpy(words + 2, id + length - 16, 16);
    }
    for (size_t i = 0; i < 4; i++)
        hash = (hash ^ words[i] ^ hash >> 29) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(hash >> 32);
}

static const char *find(const char *context, const char *id)
{
    if (!current || !*id)
        return NULL;
    for (size_t i = hash_of(id) & (slot_count - 1); slots[i]; i = (i + 1) & (slot_count - 1))
        if (strcmp(slots[i]->id, id) == 0 && strcmp(slots[i]->context, context) == 0)
            return slots[i]->text;
    return NULL;
}

/* At most half full, so that a look for what is not there ends soon. */
static void fill_slots(void)
{
    for (slot_count = 2; slot_count < 2 * current->count;)
        slot_count *= 2;
    slots = memory_new(slot_count, sizeof *slots);
    for (size_t k = 0; k < current->count; k++) {
        const struct message *message = &current->messages[k];
        size_t i = hash_of(message->id) & (slot_count - 1);
        while (slots[i])
            i = (i + 1) & (slot_count - 1);
        slots[i] = message;
    }
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
    free(slots);
    slots = NULL;
    current = locale ? find_catalogue(locale) : NULL;
    if (current)
        fill_slots();
}

const char *message_code(void)
{
    return current ? current->language : NULL;
}
