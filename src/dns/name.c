#include "dns/name.h"

#include "base/message.h"

#include <assert.h>
#include <string.h>

enum { LABEL_MAX = 63, LABELS_MAX = 127 };

static const char reason_empty_name[] = N_("the name is empty");
static const char reason_empty_label[] =
    N_("a label is empty (two dots in a row, or a dot in front)");
static const char reason_label_long[] = N_("a label has more than 63 octets");
static const char reason_name_long[] = N_("the name has more than 255 octets");
static const char reason_escape[] =
    N_("a backslash is not followed by a character or three digits up to 255");

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static uint8_t lower(uint8_t octet)
{
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
}

/* Reads an escaped octet of a label, and moves the cursor behind it. */
static bool next_escaped(const char **cursor, uint8_t *octet)
{
    const char *text = *cursor;
    unsigned number;

    if (!is_digit(text[1])) {
        *octet = (uint8_t)text[1];
        *cursor = text + 2;
        return text[1] != '\0';
    }
    if (!is_digit(text[2]) || !is_digit(text[3]))
        return false;
    number = (unsigned)(text[1] - '0') * 100 + (unsigned)(text[2] - '0') * 10 +
             (unsigned)(text[3] - '0');
    *octet = (uint8_t)number;
    *cursor = text + 4;
    return number <= 255;
}

static enum status fail(enum status status, const char *reason, const char **why)
{
    if (why)
        *why = tr(reason);
    return status;
}

/* Presentation form to lower-case wire form; *length counts the octets, root label included. */
static enum status encode(const char *text, uint8_t wire[NAME_WIRE], size_t *length,
                          const char **why)
{
    size_t used = 0, label = 0; /* label: where the length octet of the current label stands */

    if (*text == '\0')
        return fail(STATUS_SYNTAX, reason_empty_name, why);
    if (strcmp(text, ".") == 0)
        text = "";
    while (*text != '\0') {
        label = used++;
        while (*text != '\0' && *text != '.') {
            uint8_t octet = (uint8_t)*text;
            if (octet != '\\')
                text++;
            else if (!next_escaped(&text, &octet))
                return fail(STATUS_SYNTAX, reason_escape, why);
            if (used - label > LABEL_MAX)
                return fail(STATUS_RANGE, reason_label_long, why);
            if (used >= NAME_WIRE - 1)
                return fail(STATUS_RANGE, reason_name_long, why);
            wire[used++] = lower(octet);
        }
        if (used - label == 1)
            return fail(STATUS_SYNTAX, reason_empty_label, why);
        wire[label] = (uint8_t)(used - label - 1);
        text += *text == '.';
        if (*text != '\0' && used >= NAME_WIRE - 1)
            return fail(STATUS_RANGE, reason_name_long, why);
    }
    wire[used++] = 0;
    *length = used;
    return STATUS_OK;
}

/* Of hosts and services: no octet that stands for another one, or for itself only escaped. */
static bool is_common(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') || is_digit((char)octet) || octet == '-' || octet == '_';
}

static size_t print_octet(uint8_t octet, char *out)
{
    if (octet <= ' ' || octet >= 0x7f) {
        out[0] = '\\';
        out[1] = (char)('0' + octet / 100);
        out[2] = (char)('0' + octet / 10 % 10);
        out[3] = (char)('0' + octet % 10);
        return 4;
    }
    if (strchr(".;()@$\\\"", octet)) {
        out[0] = '\\';
        out[1] = (char)octet;
        return 2;
    }
    out[0] = (char)octet;
    return 1;
}

bool name_from_wire(const uint8_t *wire, size_t length, char out[NAME_TEXT], size_t *used)
{
    char text[NAME_TEXT];
    size_t at = 0, written = 0;

    for (;;) {
        size_t octets;
        if (at >= length || at >= NAME_WIRE)
            return false;
        octets = wire[at++];
        if (octets == 0)
            break;
        if (octets > LABEL_MAX || octets > length - at || at + octets >= NAME_WIRE)
            return false;
        for (; octets > 0; octets--) {
            uint8_t octet = lower(wire[at++]);
            if (is_common(octet))
                text[written++] = (char)octet;
            else
                written += print_octet(octet, text + written);
        }
        text[written++] = '.';
    }
    if (written == 0)
        text[written++] = '.';
    text[written++] = '\0';
    memcpy(out, text, written);
    *used = at;
    return true;
}

size_t name_to_wire(const char *name, uint8_t out[NAME_WIRE])
{
    uint8_t wire[NAME_WIRE];
    size_t length;

    if (encode(name, wire, &length, NULL) != STATUS_OK)
        return 0;
    memcpy(out, wire, length);
    return length;
}

/* The octets before a last dot, where all labels are written as they are; 0: they are not. */
static size_t plain_length(const char *text)
{
    size_t label = 0, length = 0;

    for (; text[length]; length++)
        if (is_common((uint8_t)text[length]))
            label++;
        else if (text[length] != '.' || !label || label > LABEL_MAX)
            return 0;
        else if (text[length + 1])
            label = 0;
        else
            return length;
    return label <= LABEL_MAX ? length : 0;
}

enum status name_canonical(const char *text, char out[NAME_TEXT], const char **why)
{
    uint8_t wire[NAME_WIRE];
    size_t length = plain_length(text), used;
    enum status status;

    if (length && length + 2 <= NAME_WIRE) {
        memmove(out, text, length);
        memcpy(out + length, ".", 2);
        return STATUS_OK;
    }
    status = encode(text, wire, &length, why);
    if (status != STATUS_OK)
        return status;
    if (!name_from_wire(wire, length, out, &used))
        assert(!"an encoded name decodes");
    return STATUS_OK;
}

bool name_is_root(const char *name)
{
    return name[0] == '.' && name[1] == '\0';
}

/* The dot that ends the label at text. */
static const char *label_end(const char *text)
{
    while (*text != '.' && *text != '\0')
        text += *text == '\\' && text[1] != '\0' ? 2 : 1;
    return text;
}

size_t name_labels(const char *name)
{
    size_t labels = 0;

    if (name_is_root(name))
        return 0;
    for (; *name != '\0'; labels++) {
        name = label_end(name);
        name += *name == '.';
    }
    return labels;
}

const char *name_parent(const char *name)
{
    const char *dot = label_end(name);

    return *dot != '\0' && dot[1] != '\0' ? dot + 1 : dot;
}

const char *name_suffix(const char *name, size_t labels)
{
    for (size_t have = name_labels(name); have > labels; have--)
        name = name_parent(name);
    return name;
}

bool name_is_within(const char *name, const char *ancestor)
{
    size_t length = strlen(name), behind = strlen(ancestor), front = length - behind;

    if (length < behind || memcmp(name + front, ancestor, behind) != 0)
        return false;
    if (front == 0 || name_is_root(ancestor))
        return true;
    if (name[front - 1] != '.' || !memchr(name, '\\', front))
        return name[front - 1] == '.';
    /* The dot may be an escaped one. */
    return strcmp(name_suffix(name, name_labels(ancestor)), ancestor) == 0;
}

bool name_fits(const char *pattern, const char *name)
{
    if (strncmp(pattern, "*.", 2) != 0)
        return strcmp(pattern, name) == 0;
    return !name_is_root(name) && strcmp(name_parent(name), pattern + 2) == 0;
}

enum status name_join(const char *prefix, const char *name, char out[NAME_TEXT])
{
    char joined[2 * NAME_TEXT];
    size_t length = strlen(prefix), rest = strlen(name);

    if (length >= NAME_TEXT || rest >= NAME_TEXT)
        return STATUS_RANGE;
    memcpy(joined, prefix, length);
    joined[length++] = '.';
    memcpy(joined + length, name, rest + 1);
    if (name_is_root(name))
        joined[length] = '\0';
    if (length + rest < NAME_WIRE && rest > 1 && !strchr(name, '\\') && *prefix &&
        plain_length(prefix) + 1 == length) {
        memcpy(out, joined, length + rest + 1);
        return STATUS_OK;
    }
    return name_canonical(joined, out, NULL);
}

const char *name_first_label(const char *name, char out[NAME_TEXT])
{
    size_t length = (size_t)(label_end(name) - name);

    assert(length < NAME_TEXT);
    memcpy(out, name, length);
    out[length] = '\0';
    return out;
}

/* Where each label of a wire name starts, the root label left out. */
static size_t split(const uint8_t *wire, uint8_t starts[LABELS_MAX + 1])
{
    size_t count = 0;

    for (size_t at = 0; wire[at] != 0; at += wire[at] + 1u)
        starts[count++] = (uint8_t)at;
    return count;
}

static int compare_labels(const uint8_t *a, const uint8_t *b)
{
    size_t shorter = a[0] < b[0] ? a[0] : b[0];
    int order = memcmp(a + 1, b + 1, shorter);

    return order ? order : a[0] - b[0];
}

int name_compare(const char *a, const char *b)
{
    uint8_t wire_a[NAME_WIRE] = {0}, wire_b[NAME_WIRE] = {0};
    uint8_t starts_a[LABELS_MAX + 1], starts_b[LABELS_MAX + 1];
    size_t left_a, left_b;

    name_to_wire(a, wire_a);
    name_to_wire(b, wire_b);
    left_a = split(wire_a, starts_a);
    left_b = split(wire_b, starts_b);
    while (left_a > 0 && left_b > 0) {
        int order = compare_labels(wire_a + starts_a[--left_a], wire_b + starts_b[--left_b]);
        if (order)
            return order;
    }
    return (left_a > 0) - (left_b > 0);
}

int name_shown_length(const char *name)
{
    size_t length = strlen(name);

    return (int)(length - (length > 1 && name[length - 1] == '.'));
}

const char *name_shown(struct arena *arena, const char *name)
{
    return arena_dup_bytes(arena, name, (size_t)name_shown_length(name));
}

static bool is_host_label(const char *label, const char *end)
{
    if (label == end || *label == '-' || end[-1] == '-')
        return false;
    for (; label < end; label++)
        if (!is_letter(*label) && !is_digit(*label) && *label != '-')
            return false;
    return true;
}

bool name_is_host(const char *name)
{
    bool numeric = true;

    if (name_is_root(name))
        return false;
    while (*name != '\0') {
        const char *end = label_end(name);
        if (!is_host_label(name, end))
            return false;
        numeric = strspn(name, "0123456789") == (size_t)(end - name);
        name = end + (*end == '.');
    }
    return !numeric;
}
