/* Which keys mean which actions: the table's own, and those the user has given. */
#ifndef APP_EVENTS_KEYMAP_H
#define APP_EVENTS_KEYMAP_H

#include "app/events/action.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct binding {
    uint32_t key;
    enum action action;
};

struct keymap {
    struct binding *bindings; /* in the order of the table */
    size_t count, capacity;
};

void keymap_init(struct keymap *keymap); /* the keys of the table */
void keymap_clear(struct keymap *keymap);
/* Puts other keys ("C-d PgDn") in place of those of an action; false when one is unknown. Actions
 * to be had in the same places lose them. */
bool keymap_bind(struct keymap *keymap, enum action action, const char *keys);
/* The first action on this key that is to be had in the context; false when there is none. */
bool keymap_find(const struct keymap *keymap, uint32_t key, unsigned context, enum action *action);
/* The name of the first key of an action in a context, in out (KEY_TEXT bytes); "" without one.
 * Where a line is typed, characters are no keys. */
const char *keymap_first(const struct keymap *keymap, enum action action, unsigned context,
                         char out[]);
/* All its keys: "> l". Appends. */
void keymap_keys(const struct keymap *keymap, enum action action, struct text *out);

#endif
