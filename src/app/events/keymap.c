#include "app/events/keymap.h"

#include "app/events/event.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* Cuts the next word off *keys; false at the end. */
static bool next_key(const char **keys, char word[KEY_TEXT])
{
    size_t length;

    *keys += strspn(*keys, " ");
    length = strcspn(*keys, " ");
    if (length == 0 || length >= KEY_TEXT)
        return false;
    memcpy(word, *keys, length);
    word[length] = '\0';
    *keys += length;
    return true;
}

static bool keys_known(const char *keys)
{
    char word[KEY_TEXT];
    uint32_t key;

    while (next_key(&keys, word))
        if (!key_parse(word, &key))
            return false;
    return *keys == '\0';
}

static void add_keys(struct keymap *keymap, enum action action, const char *keys)
{
    char word[KEY_TEXT];
    struct binding binding = {.action = action};

    while (next_key(&keys, word))
        if (key_parse(word, &binding.key))
            ARRAY_PUSH(keymap->bindings, keymap->count, keymap->capacity, binding);
}

void keymap_init(struct keymap *keymap)
{
    *keymap = (struct keymap){0};
    for (int i = 0; i < ACTION_COUNT; i++)
        add_keys(keymap, (enum action)i, action_get((enum action)i)->keys);
}

void keymap_clear(struct keymap *keymap)
{
    free(keymap->bindings);
    *keymap = (struct keymap){0};
}

/* Is the binding's key one of these, and its action to be had where the other one is? */
static bool is_taken(const struct binding *binding, enum action by, const char *keys)
{
    char word[KEY_TEXT];
    uint32_t key;
    bool taken = false;

    while (next_key(&keys, word))
        taken = taken || (key_parse(word, &key) && key == binding->key);
    return taken && action_get(binding->action)->contexts & action_get(by)->contexts;
}

/* The bindings stay in the order of the table, for that decides between actions on one key. */
bool keymap_bind(struct keymap *keymap, enum action action, const char *keys)
{
    struct keymap fresh = {0};

    if (!keys_known(keys))
        return false;
    for (int i = 0; i < ACTION_COUNT; i++) {
        if ((enum action)i == action)
            add_keys(&fresh, action, keys);
        for (size_t k = 0; (enum action)i != action && k < keymap->count; k++)
            if (keymap->bindings[k].action == (enum action)i &&
                !is_taken(&keymap->bindings[k], action, keys))
                ARRAY_PUSH(fresh.bindings, fresh.count, fresh.capacity, keymap->bindings[k]);
    }
    keymap_clear(keymap);
    *keymap = fresh;
    return true;
}

static bool is_character(uint32_t key)
{
    return key >= 0x20 && key != 0x7f && key < KEY_CODE_FIRST;
}

bool keymap_find(const struct keymap *keymap, uint32_t key, unsigned context, enum action *action)
{
    for (size_t i = 0; i < keymap->count; i++) {
        const struct binding *binding = &keymap->bindings[i];
        if (context == CONTEXT_LINE && is_character(key))
            return false;
        if (binding->key == key && action_get(binding->action)->contexts & context) {
            *action = binding->action;
            return true;
        }
    }
    return false;
}

const char *keymap_first(const struct keymap *keymap, enum action action, unsigned context,
                         char out[])
{
    out[0] = '\0';
    for (size_t i = 0; i < keymap->count; i++)
        if (keymap->bindings[i].action == action &&
            !(context == CONTEXT_LINE && is_character(keymap->bindings[i].key)))
            return key_text(keymap->bindings[i].key, out);
    return out;
}

void keymap_keys(const struct keymap *keymap, enum action action, struct text *out)
{
    char key[KEY_TEXT];
    size_t start = out->length;

    for (size_t i = 0; i < keymap->count; i++)
        if (keymap->bindings[i].action == action) {
            if (out->length > start)
                text_add_char(out, ' ');
            text_add(out, key_text(keymap->bindings[i].key, key));
        }
}
