#include "survey/subject.h"

#include "base/escape.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"
#include "dns/idn.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { QUOTED_MAX = 120 };

/* The typed text on its way to a name: `rest` shrinks, `note` tells what went. */
struct cutting {
    char *rest;
    struct text note;
};

/* Appends the text as it may be shown; of very long ones the beginning. */
static void quote(struct text *out, const char *part, size_t length)
{
    size_t shown = length;

    if (length > QUOTED_MAX)
        for (shown = QUOTED_MAX; shown && (part[shown] & 0xc0) == 0x80;)
            shown--;
    escape_bytes(out, part, shown, ESCAPE_UTF8, false);
    if (shown < length)
        text_add(out, "...");
}

static void note_cut(struct cutting *cutting, bool named, const char *part, size_t length)
{
    struct text quoted = {0};

    for (; length && isspace((unsigned char)*part); part++)
        length--;
    while (length && isspace((unsigned char)part[length - 1]))
        length--;
    if (length == 0)
        return;
    quote(&quoted, part, length);
    if (cutting->note.length) {
        text_add(&cutting->note, message_comma());
        text_format(&cutting->note, named ? tr("the display name %s") : "%s", text_get(&quoted));
    } else {
        text_format(&cutting->note,
                    named ? tr("left out: the display name %s") : tr("left out: %s"),
                    text_get(&quoted));
    }
    text_clear(&quoted);
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

/* "Ann <ann@example.com> (home)" means what stands in the brackets. */
static void cut_display_name(struct cutting *cutting)
{
    char *open = strrchr(cutting->rest, '<'), *close = open ? strrchr(open, '>') : NULL;

    if (!close)
        return;
    note_cut(cutting, true, cutting->rest, (size_t)(open - cutting->rest));
    note_cut(cutting, false, close + 1, strlen(close + 1));
    *close = '\0';
    cutting->rest = open + 1;
}

static void cut_ends(struct cutting *cutting, size_t begin, size_t end)
{
    note_cut(cutting, false, cutting->rest, begin);
    note_cut(cutting, false, cutting->rest + end, strlen(cutting->rest + end));
    cutting->rest[end] = '\0';
    cutting->rest += begin;
}

/* What a sentence or a list leaves around a name: "example.com,", "<user@x", "user@x>", and quotes
 * around the whole. */
static void cut_punctuation(struct cutting *cutting)
{
    size_t begin = strspn(cutting->rest, "<>(,;"), end = strlen(cutting->rest);

    while (end > begin && strchr("<>),;!?", cutting->rest[end - 1]))
        end--;
    if (end == begin)
        return;
    cut_ends(cutting, begin, end);
    end -= begin;
    if (end > 2 && strchr("\"'`", cutting->rest[0]) && cutting->rest[end - 1] == cutting->rest[0])
        cut_ends(cutting, 1, end - 1);
}

static size_t scheme_length(const char *text)
{
    static const char *const without_slashes[] = {"mailto:", "sip:", "sips:", "xmpp:", "acct:"};
    size_t length =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.0123456789");

    if (length && strncmp(text + length, "://", 3) == 0)
        return length + 3;
    if (strncmp(text, "//", 2) == 0) /* a URL that leaves the scheme to its place */
        return 2;
    for (size_t i = 0; i < sizeof without_slashes / sizeof *without_slashes; i++) {
        length = strlen(without_slashes[i]);
        if (strncasecmp(text, without_slashes[i], length) == 0 && strchr(text, '@'))
            return length;
    }
    return 0;
}

static bool cut_scheme(struct cutting *cutting)
{
    size_t length = scheme_length(cutting->rest);

    note_cut(cutting, false, cutting->rest, length);
    cutting->rest += length;
    return length != 0;
}

/* Names of classless reverse zones have a "/" in them (RFC 2317). */
static bool ends_in_reverse_zone(const char *text)
{
    for (; *text; text++)
        if (strncasecmp(text, ".arpa", 5) == 0 && (text[5] == '\0' || strchr(".:", text[5])))
            return true;
    return false;
}

static void cut_path(struct cutting *cutting, bool url)
{
    size_t length = strcspn(cutting->rest, url ? "/?#" : "/");
    char *path = cutting->rest + length;

    if (!url && ends_in_reverse_zone(path))
        return;
    note_cut(cutting, false, path, strlen(path));
    *path = '\0';
}

/* "x/y@example.com" is a mailbox; in "example.com/@ann" and "example.com/a@b" the path begins. */
static bool is_in_path(const char *text, const char *at)
{
    return memchr(text, '/', (size_t)(at - text)) && (at[-1] == '/' || !strpbrk(at, ".["));
}

static void cut_mailbox(struct cutting *cutting)
{
    char *at = strrchr(cutting->rest, '@');

    if (!at || is_in_path(cutting->rest, at))
        return;
    note_cut(cutting, false, cutting->rest, (size_t)(at - cutting->rest) + 1);
    cutting->rest = at + 1;
}

/* The tag of an IPv6 literal (RFC 5321 4.1.3), with or without its brackets. */
static void cut_tag(struct cutting *cutting)
{
    if (strncasecmp(cutting->rest, "IPv6:", 5) == 0)
        cutting->rest += 5;
}

/* ":25" behind a name or a bracketed address; a bare IPv6 address keeps its colons. */
static void cut_port(struct cutting *cutting)
{
    struct address address;
    char *colon = strrchr(cutting->rest, ':');

    if (!colon || address_parse(cutting->rest, &address) ||
        colon[1 + strspn(colon + 1, "0123456789")])
        return;
    note_cut(cutting, false, colon, strlen(colon));
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
    cut_tag(cutting);
}

/* "fe80::1%eth0": which link is meant is known on this host only (RFC 4007 11). */
static void cut_zone_index(struct cutting *cutting)
{
    char *percent = strchr(cutting->rest, '%');
    struct address address;

    if (!percent)
        return;
    *percent = '\0';
    if (address_parse(cutting->rest, &address)) {
        *percent = '%';
        note_cut(cutting, false, percent, strlen(percent));
        *percent = '\0';
    } else {
        *percent = '%';
    }
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

/* "s1._domainkey.example.com." (RFC 6376 3.6.2.1); the selector may have several labels. */
static void set_key(struct subject *subject, const char *name)
{
    for (const char *label = name_parent(name); !name_is_root(label); label = name_parent(label)) {
        if (strncmp(label, "_domainkey.", 11) != 0)
            continue;
        if (*name == '*' || name_is_root(name_parent(label)))
            return;
        subject->kind = SUBJECT_KEY;
        memcpy(subject->selector, name, (size_t)(label - name) - 1);
        strcpy(subject->domain, name_parent(label));
        return;
    }
}

static void set_name(struct subject *subject, const char *name)
{
    bool service = *name == '_' && *name_parent(name) == '_';
    const char *domain = service ? behind_service(name) : NULL;

    subject->kind = domain ? SUBJECT_SERVICE : SUBJECT_DOMAIN;
    strcpy(subject->owner, name);
    strcpy(subject->name, domain ? domain : name);
    if (!domain)
        set_key(subject, name);
    if (name_is_within(name, "in-addr.arpa.") || name_is_within(name, "ip6.arpa."))
        subject->kind = SUBJECT_REVERSE;
}

static void set_address(struct subject *subject, const struct address *address)
{
    subject->kind = SUBJECT_ADDRESS;
    subject->address = *address;
    address_reverse(address, subject->name);
    strcpy(subject->owner, subject->name);
}

/* With or without a dot behind it, as a name may have one. */
static bool is_address(const char *text, struct address *address)
{
    char copy[ADDRESS_TEXT + 1];
    size_t length = strlen(text);

    if (length == 0 || length >= sizeof copy)
        return false;
    memcpy(copy, text, length + 1);
    if (copy[length - 1] == '.')
        copy[length - 1] = '\0';
    return address_parse(copy, address);
}

/* "192.0.2.300": a mistyped address, for no top-level domain is a number (RFC 3696 2). */
static bool ends_in_number(const char *name)
{
    const char *last = name_suffix(name, 1);
    size_t digits = strspn(last, "0123456789");

    return digits && last[digits] == '.';
}

/* "192.0.2.0/24", "2001:db8::/32": a whole network. "192.0.2.1/24" is an address as hosts write
 * their own, with the length of the network behind it. */
static bool is_network(const char *text)
{
    size_t slash = strcspn(text, "/"), digits;
    char copy[ADDRESS_TEXT];
    struct address address;
    unsigned bits;

    if (text[slash] != '/' || slash >= sizeof copy)
        return false;
    memcpy(copy, text, slash);
    copy[slash] = '\0';
    digits = strspn(text + slash + 1, "0123456789");
    if (digits == 0 || digits > 3 || text[slash + 1 + digits] || !address_parse(copy, &address))
        return false;
    bits = (unsigned)strtoul(text + slash + 1, NULL, 10);
    if (bits >= (address.family == 6 ? 128u : 32u))
        return false;
    for (unsigned bit = bits; bit < (address.family == 6 ? 128u : 32u); bit++)
        if (address.bytes[bit / 8] & 0x80u >> bit % 8)
            return false;
    return true;
}

static char *reason(const char *rest, const char *why)
{
    struct text text = {0}, quoted = {0};

    if (*rest) {
        quote(&quoted, rest, strlen(rest));
        text_format(&text, tr("\"%s\" is an invalid name: %s"), text_get(&quoted), why);
        text_clear(&quoted);
    } else {
        text_add(&text, tr("no name was given"));
    }
    return text_take(&text);
}

static void cut_down(struct cutting *cutting)
{
    bool url;

    trim(cutting);
    cut_display_name(cutting);
    trim(cutting);
    cut_punctuation(cutting);
    url = cut_scheme(cutting);
    if (url)
        cut_path(cutting, url);
    cut_mailbox(cutting);
    cut_path(cutting, url);
    cut_tag(cutting);
    cut_port(cutting);
    cut_brackets(cutting);
    cut_zone_index(cutting);
    trim(cutting);
}

/* What is left must be one name. */
static enum status read_name(const char *rest, struct subject *subject, const char **fault)
{
    char name[NAME_TEXT];
    enum status status;

    *fault = tr("it is empty");
    if (*rest == '\0')
        return STATUS_SYNTAX;
    *fault = tr("there is a space inside it");
    if (rest[strcspn(rest, " \t\r\n\v\f")])
        return STATUS_SYNTAX;
    if ((status = idn_to_name(rest, name, fault)))
        return status;
    *fault = tr("it ends in a number, as no name does, and is no IP address either");
    if (ends_in_number(name))
        return STATUS_SYNTAX;
    set_name(subject, name);
    return STATUS_OK;
}

enum status subject_parse(const char *typed, struct subject *subject, char **why)
{
    struct subject parsed = {0};
    struct text input = {0};
    char *copy = memory_dup(typed);
    struct cutting cutting = {.rest = copy};
    struct address address;
    const char *fault = NULL;
    enum status status = STATUS_OK;
    bool network;

    trim(&cutting);
    network = is_network(cutting.rest);
    if (!network)
        cut_down(&cutting);
    if (network) {
        fault = tr("it is a network; give one of its addresses");
        status = STATUS_SYNTAX;
    } else if (is_address(cutting.rest, &address)) {
        set_address(&parsed, &address);
    } else {
        status = read_name(cutting.rest, &parsed, &fault);
    }
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

bool subject_takes_mail(const struct subject *subject)
{
    return subject->kind == SUBJECT_DOMAIN || subject->kind == SUBJECT_SERVICE;
}

enum status subject_owner(const char *typed, const char *domain, char owner[NAME_TEXT],
                          const char **why)
{
    char name[NAME_TEXT], prefix[NAME_TEXT];
    enum status status = idn_to_name(typed, name, why);

    if (status)
        return status;
    if (*name_suffix(name, 1) != '_') {
        memcpy(owner, name, sizeof name);
        return STATUS_OK;
    }
    memcpy(prefix, name, sizeof prefix);
    prefix[strlen(name) - 1] = '\0';
    *why = tr("the name is too long");
    return name_join(prefix, domain, owner);
}
