/* Names of keys: app/events/event.h. */
#include "app/events/event.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static const struct {
    uint32_t key;
    const char *name;
} names[] = {
    {'\r', "Enter"},
    {'\t', "Tab"},
    {0x1b, "Esc"},
    {' ', "Space"},
    {KEY_CODE_UP, "Up"},
    {KEY_CODE_DOWN, "Down"},
    {KEY_CODE_LEFT, "Left"},
    {KEY_CODE_RIGHT, "Right"},
    {KEY_CODE_HOME, "Home"},
    {KEY_CODE_END, "End"},
    {KEY_CODE_PAGE_UP, "PgUp"},
    {KEY_CODE_PAGE_DOWN, "PgDn"},
    {KEY_CODE_INSERT, "Ins"},
    {KEY_CODE_DELETE, "Del"},
    {KEY_CODE_BACKSPACE, "Backspace"},
    {KEY_CODE_BACKTAB, "BackTab"},
};

static const char *name_of(uint32_t key)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].key == key)
            return names[i].name;
    return NULL;
}

const char *key_text(uint32_t key, char out[KEY_TEXT])
{
    const char *alt = key & KEY_ALT ? "M-" : "", *name;
    char character[5] = "";

    key &= ~(uint32_t)KEY_ALT;
    name = name_of(key);
    if (name)
        snprintf(out, KEY_TEXT, "%s%s", alt, name);
    else if (key >= KEY_CODE_F1 && key <= KEY_CODE_F12)
        snprintf(out, KEY_TEXT, "%sF%d", alt, (int)(key - KEY_CODE_F1) + 1);
    else if (key > 0 && key <= 26)
        snprintf(out, KEY_TEXT, "%sC-%c", alt, (char)('a' + (char)key - 1));
    else if (key > 0x20 && key < KEY_CODE_FIRST && key != 0x7f) {
        character[utf8_from(key, character)] = '\0';
        snprintf(out, KEY_TEXT, "%s%s", alt, character);
    } else {
        snprintf(out, KEY_TEXT, "%s#%x", alt, (unsigned)key);
    }
    return out;
}

static bool parse_named(const char *text, uint32_t *key)
{
    unsigned number;
    int used = 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, text) == 0) {
            *key = names[i].key;
            return true;
        }
    if (sscanf(text, "F%u%n", &number, &used) == 1 && !text[used] && number >= 1 && number <= 12) {
        *key = KEY_CODE_F1 + number - 1;
        return true;
    }
    if (sscanf(text, "#%x%n", &number, &used) == 1 && !text[used] && number < KEY_ALT) {
        *key = number;
        return true;
    }
    return false;
}

bool key_parse(const char *text, uint32_t *key)
{
    const char *end = text + strlen(text);
    uint32_t alt = 0, character;

    if (strncmp(text, "M-", 2) == 0 && text[2]) {
        alt = KEY_ALT;
        text += 2;
    }
    if (strncmp(text, "C-", 2) == 0 && text[2] >= 'a' && text[2] <= 'z' && !text[3]) {
        *key = alt | (uint32_t)(text[2] - 'a' + 1);
        return true;
    }
    if (*text && parse_named(text, &character)) {
        *key = alt | character;
        return true;
    }
    if (text == end)
        return false;
    character = utf8_next(&text, end);
    if (text != end || character == UTF8_INVALID || character <= 0x20 || character == 0x7f)
        return false;
    *key = alt | character;
    return true;
}
