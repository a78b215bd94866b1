#include "app/events/event.h"

#include "base/message.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
    [EVENT_KEY] = "key",         [EVENT_EDIT] = "edit",
    [EVENT_SUBMIT] = "submit",   [EVENT_PASTE] = "paste",
    [EVENT_MOUSE] = "mouse",     [EVENT_REPLY] = "reply",
    [EVENT_REPLIES] = "replies", [EVENT_TICK] = "tick",
    [EVENT_RESIZE] = "resize",   [EVENT_HANGUP] = "hangup",
    [EVENT_NOTE] = "note",       [EVENT_ZONE] = "zone",
    [EVENT_SILENT] = "silent",   [EVENT_BACKGROUND] = "background",
    [EVENT_POLICY] = "policy",
};
static const char *const mice[] = {"press", "double", "wheel-up", "wheel-down"};

enum { KINDS = sizeof kinds / sizeof *kinds, MICE = sizeof mice / sizeof *mice };
enum { TEXT_MAX = 1023, SIZE_MAX_CELLS = 32767 };

/* In hexadecimal; "-" for none. */
static void print_bytes(const struct octets *bytes, struct text *out)
{
    text_add(out, bytes->length ? " " : " -");
    text_add_hex(out, bytes->bytes, bytes->length);
}

void event_print(const struct event *event, struct text *out)
{
    char key[KEY_TEXT];

    text_format(out, "%" PRId64 " %s", event->at_ms, kinds[event->kind]);
    switch (event->kind) {
    case EVENT_KEY:
        text_format(out, " %s", key_text(event->key, key));
        break;
    case EVENT_EDIT:
        text_format(out, " %d %s", event->caret, event->text);
        break;
    case EVENT_SUBMIT:
    case EVENT_PASTE:
    case EVENT_NOTE:
    case EVENT_BACKGROUND:
        text_format(out, " %s", event->text);
        break;
    case EVENT_MOUSE:
        text_format(out, " %s %d %d", mice[event->mouse], event->x, event->y);
        break;
    case EVENT_REPLY:
    case EVENT_REPLIES:
        text_add_char(out, ' ');
        reply_print(event->reply, out);
        break;
    case EVENT_RESIZE:
        text_format(out, " %d %d", event->x, event->y);
        break;
    case EVENT_SILENT:
        text_format(out, " %d %d %d %s", event->x, event->y, event->most, event->text);
        break;
    case EVENT_ZONE:
    case EVENT_POLICY:
        print_bytes(&event->bytes, out);
        text_format(out, " %s", event->text);
        break;
    case EVENT_TICK:
    case EVENT_HANGUP:
        break;
    }
}

static enum status fail(const char **why, const char *sentence)
{
    *why = sentence;
    return STATUS_SYNTAX;
}

static bool parse_number(const char **cursor, long smallest, long largest, int *number)
{
    char *end;
    long value = strtol(*cursor, &end, 10);

    if (end == *cursor || value < smallest || value > largest || (*end && *end != ' '))
        return false;
    *cursor = *end ? end + 1 : end;
    *number = (int)value;
    return true;
}

static enum status parse_text(const char *rest, struct text *storage, struct event *event,
                              const char **why)
{
    size_t length = strlen(rest);

    if (length > TEXT_MAX)
        return fail(why, tr("the text is too long"));
    if (!utf8_valid(rest, length))
        return fail(why, tr("the text is not valid UTF-8"));
    for (const char *byte = rest; *byte; byte++)
        if ((unsigned char)*byte < 0x20 || *byte == 0x7f)
            return fail(why, tr("there is a control character in the text"));
    text_cut(storage, 0);
    text_add(storage, rest);
    event->text = text_get(storage);
    return STATUS_OK;
}

static enum status parse_edit(const char *rest, struct text *storage, struct event *event,
                              const char **why)
{
    if (!parse_number(&rest, 0, TEXT_MAX, &event->caret))
        return fail(why, tr("the place of the caret is missing"));
    return parse_text(rest, storage, event, why);
}

static int digit_of(char character)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = character ? strchr(digits, character) : NULL;

    return found ? (int)(found - digits) : -1;
}

/* The bytes come to lie behind the name in `storage`. */
static enum status parse_file(const char *rest, struct text *storage, struct event *event,
                              const char **why)
{
    size_t digits = strcspn(rest, " "), path;
    enum status status;

    if (rest[digits] != ' ')
        return fail(why, "the name is missing");
    if ((status = parse_text(rest + digits + 1, storage, event, why)))
        return status;
    if (strncmp(rest, "- ", 2) == 0)
        digits = 0;
    text_add_char(storage, '\0');
    path = storage->length;
    for (size_t i = 0; i + 1 < digits; i += 2) {
        int high = digit_of(rest[i]), low = digit_of(rest[i + 1]);
        if (high < 0 || low < 0)
            return fail(why, tr("the bytes are not hexadecimal"));
        text_add_char(storage, (char)(high << 4 | low));
    }
    if (digits % 2)
        return fail(why, tr("half a byte is missing"));
    event->text = text_get(storage);
    event->bytes =
        (struct octets){(const uint8_t *)text_get(storage) + path, storage->length - path};
    return STATUS_OK;
}

static enum status parse_mouse(const char *rest, struct event *event, const char **why)
{
    for (int i = 0; i < MICE; i++) {
        size_t length = strlen(mice[i]);
        if (strncmp(rest, mice[i], length) != 0 || rest[length] != ' ')
            continue;
        rest += length + 1;
        event->mouse = (enum mouse)i;
        if (parse_number(&rest, 0, SIZE_MAX_CELLS, &event->x) &&
            parse_number(&rest, 0, SIZE_MAX_CELLS, &event->y) && !*rest)
            return STATUS_OK;
    }
    return fail(why, tr("this is not what a mouse does"));
}

static enum status parse_silent(const char *rest, struct text *storage, struct event *event,
                                const char **why)
{
    if (!parse_number(&rest, 0, INT_MAX, &event->x) ||
        !parse_number(&rest, 0, INT_MAX, &event->y) ||
        !parse_number(&rest, 0, INT_MAX, &event->most))
        return fail(why, tr("silence is a time, a try and their number"));
    return parse_text(rest, storage, event, why);
}

static enum status parse_rest(const char *rest, struct text *storage, struct event *event,
                              const char **why)
{
    switch (event->kind) {
    case EVENT_KEY:
        return key_parse(rest, &event->key) ? STATUS_OK : fail(why, tr("there is no such key"));
    case EVENT_EDIT:
        return parse_edit(rest, storage, event, why);
    case EVENT_SUBMIT:
    case EVENT_PASTE:
    case EVENT_NOTE:
    case EVENT_BACKGROUND:
        return parse_text(rest, storage, event, why);
    case EVENT_MOUSE:
        return parse_mouse(rest, event, why);
    case EVENT_SILENT:
        return parse_silent(rest, storage, event, why);
    case EVENT_ZONE:
    case EVENT_POLICY:
        return parse_file(rest, storage, event, why);
    case EVENT_REPLY:
    case EVENT_REPLIES:
        return reply_parse(rest, &event->reply, why);
    case EVENT_RESIZE:
        return parse_number(&rest, 1, SIZE_MAX_CELLS, &event->x) &&
                       parse_number(&rest, 1, SIZE_MAX_CELLS, &event->y) && !*rest
                   ? STATUS_OK
                   : fail(why, tr("a size is two numbers"));
    case EVENT_TICK:
    case EVENT_HANGUP:
        break;
    }
    return *rest ? fail(why, tr("there is something after the event")) : STATUS_OK;
}

enum status event_parse(const char *line, struct text *storage, struct event *event,
                        const char **why)
{
    struct event parsed = {0};
    enum status status;
    char *end;
    size_t length;
    int kind = 0;

    parsed.at_ms = strtoll(line, &end, 10);
    if (end == line || *end != ' ' || parsed.at_ms < 0)
        return fail(why, tr("the time is missing"));
    line = end + 1;
    length = strcspn(line, " ");
    while (kind < KINDS &&
           (strlen(kinds[kind]) != length || strncmp(kinds[kind], line, length) != 0))
        kind++;
    if (kind == KINDS)
        return fail(why, tr("there is no such kind of event"));
    parsed.kind = (enum event_kind)kind;
    line += length + (line[length] == ' ');
    status = parse_rest(line, storage, &parsed, why);
    if (!status)
        *event = parsed;
    return status;
}
