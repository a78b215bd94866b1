#include "survey/subject.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/text.h"
#include "dns/idn.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The typed text on its way to a name: `rest` shrinks, `note` tells what went. */
struct cutting {
    char *rest;
    struct text note;
};

static void note_cut(struct cutting *cutting, const char *what, const char *part, size_t length)
{
    if (length == 0)
        return;
    text_add(&cutting->note, cutting->note.length ? ", " : "left out: ");
    if (*what)
        text_format(&cutting->note, "%s ", what);
    escape_bytes(&cutting->note, part, length, ESCAPE_UTF8, false);
}

static void trim(struct cutting *cutting)
{
    size_t length;

    while (isspace((unsigned char)*cutting->rest))
        cutting->rest++;
    length = strlen(cutting->rest);
    while (length && isspace((unsigned char)cutting->rest[length - 1]))
        cutting->rest[--length] = '\0';
}

/* "Ann <ann@example.com>" means what stands in the brackets. */
static void cut_display_name(struct cutting *cutting)
{
    char *open = strrchr(cutting->rest, '<'), *close = open ? strchr(open, '>') : NULL;

    if (!close)
        return;
    note_cut(cutting, "the display name", cutting->rest, (size_t)(open - cutting->rest));
    *close = '\0';
    cutting->rest = open + 1;
}

static bool cut_scheme(struct cutting *cutting)
{
    size_t length =
        strspn(cutting->rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.0123456789");
    char *colon = cutting->rest + length;
    bool slashes = strncmp(colon, "://", 3) == 0;
    bool mailto =
        length == 6 && strncmp(colon, ":", 1) == 0 && strncmp(cutting->rest, "mailto", 6) == 0;

    if (length == 0 || !(slashes || mailto))
        return false;
    note_cut(cutting, "", cutting->rest, length + (slashes ? 3 : 1));
    cutting->rest = colon + (slashes ? 3 : 1);
    return true;
}

/* A "/" starts a path, except in names for classless reverse zones (RFC 2317). */
static void cut_path(struct cutting *cutting, bool url)
{
    size_t length = strcspn(cutting->rest, url ? "/?#" : "/"), all = strlen(cutting->rest);
    bool reverse = all > 5 && strstr(cutting->rest + all - 6, ".arpa");

    if (length == all || (reverse && !url))
        return;
    note_cut(cutting, "", cutting->rest + length, all - length);
    cutting->rest[length] = '\0';
}

static void cut_mailbox(struct cutting *cutting)
{
    char *at = strrchr(cutting->rest, '@');

    if (!at)
        return;
    note_cut(cutting, "", cutting->rest, (size_t)(at - cutting->rest) + 1);
    cutting->rest = at + 1;
}

/* ":25" behind a name or a bracketed address; a bare IPv6 address keeps its colons. */
static void cut_port(struct cutting *cutting)
{
    struct address address;
    char *colon = strrchr(cutting->rest, ':');

    if (!colon || address_parse(cutting->rest, &address) ||
        colon[1 + strspn(colon + 1, "0123456789")])
        return;
    note_cut(cutting, "", colon, strlen(colon));
    *colon = '\0';
}

/* "[192.0.2.1]", "[IPv6:2001:db8::1]" (RFC 5321 4.1.3). */
static void cut_brackets(struct cutting *cutting)
{
    size_t length = strlen(cutting->rest);

    if (length < 2 || cutting->rest[0] != '[' || cutting->rest[length - 1] != ']')
        return;
    cutting->rest[length - 1] = '\0';
    cutting->rest++;
    if (strncmp(cutting->rest, "IPv6:", 5) == 0 || strncmp(cutting->rest, "ipv6:", 5) == 0)
        cutting->rest += 5;
}

/* The name behind the last label that starts with "_"; NULL when nothing or no such label is there.
 */
static const char *behind_service(const char *name)
{
    const char *behind = NULL;

    for (const char *label = name; !name_is_root(label); label = name_parent(label))
        if (*label == '_')
            behind = name_parent(label);
    return behind && !name_is_root(behind) ? behind : NULL;
}

static void set_name(struct subject *subject, const char *name)
{
    const char *domain = *name == '_' ? behind_service(name) : NULL;

    subject->kind = domain ? SUBJECT_SERVICE : SUBJECT_DOMAIN;
    strcpy(subject->owner, name);
    strcpy(subject->name, domain ? domain : name);
}

static void set_address(struct subject *subject, const struct address *address)
{
    subject->kind = SUBJECT_ADDRESS;
    subject->address = *address;
    address_reverse(address, subject->name);
    strcpy(subject->owner, subject->name);
}

static char *reason(const char *rest, const char *why)
{
    struct text text = {0};

    if (*rest) {
        text_add_char(&text, '"');
        escape_bytes(&text, rest, strlen(rest), ESCAPE_UTF8, false);
        text_format(&text, "\" is no name: %s", why);
    } else {
        text_add(&text, "no name was given");
    }
    return text_take(&text);
}

static void cut_down(struct cutting *cutting)
{
    bool url;

    trim(cutting);
    cut_display_name(cutting);
    url = cut_scheme(cutting);
    cut_path(cutting, url);
    cut_mailbox(cutting);
    cut_port(cutting);
    cut_brackets(cutting);
    trim(cutting);
}

enum status subject_parse(const char *typed, struct subject *subject, char **why)
{
    struct subject parsed = {0};
    struct text input = {0};
    char *copy = memory_dup(typed), name[NAME_TEXT];
    struct cutting cutting = {.rest = copy};
    struct address address;
    const char *fault = NULL;
    enum status status = STATUS_OK;

    cut_down(&cutting);
    if (address_parse(cutting.rest, &address))
        set_address(&parsed, &address);
    else if (cutting.rest[strcspn(cutting.rest, " \t\r\n")])
        status = STATUS_SYNTAX, fault = "there is a space inside it";
    else if (*cutting.rest == '\0')
        status = STATUS_SYNTAX, fault = "it is empty";
    else if ((status = idn_to_name(cutting.rest, name, &fault)) == STATUS_OK)
        set_name(&parsed, name);
    if (status == STATUS_OK) {
        escape_bytes(&input, typed, strlen(typed), ESCAPE_UTF8, false);
        parsed.input = text_take(&input);
        parsed.note = cutting.note.length ? text_take(&cutting.note) : NULL;
        *subject = parsed;
    } else if (why) {
        *why = reason(cutting.rest, fault);
    }
    text_clear(&cutting.note);
    free(copy);
    return status;
}

void subject_clear(struct subject *subject)
{
    free(subject->input);
    free(subject->note);
    *subject = (struct subject){0};
}
