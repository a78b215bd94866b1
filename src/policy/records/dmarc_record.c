/* One DMARC record (RFC 9989 4.7, RFC 7489 6.3). */
#include "base/message.h"
#include "policy/records/dmarc.h"

#include "base/array.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const policies[] = {
    [DMARC_ABSENT] = "",
    [DMARC_NONE] = "none",
    [DMARC_QUARANTINE] = "quarantine",
    [DMARC_REJECT] = "reject",
};

const char *dmarc_policy_text(enum dmarc_policy policy)
{
    return policies[policy];
}

struct reading {
    struct arena *arena;
    struct octets text;
    struct dmarc_record *record;
    struct dmarc_note *notes;
    size_t note_count, note_capacity;
};

static void note_as(struct reading *reading, enum dmarc_weight weight, const char *sentence)
{
    struct dmarc_note added = {weight, sentence};

    ARRAY_PUSH(reading->notes, reading->note_count, reading->note_capacity, added);
}

static void note(struct reading *reading, const char *sentence)
{
    note_as(reading, DMARC_ODD, sentence);
}

/* The format takes the tag and its value. */
static void note_value(struct reading *reading, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note_value(struct reading *reading, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    note(reading, arena_format_list(reading->arena, format, arguments));
    va_end(arguments);
}

static const struct octets *value_of(const struct tags *tags, const char *name)
{
    const struct tag *tag = tags_find_any_case(tags, name);

    return tag ? &tag->value : NULL;
}

const struct octets *dmarc_record_value(const struct dmarc_record *record, const char *tag)
{
    return value_of(&record->tags, tag);
}

/* ABSENT for a missing tag and for a value that is no policy, which *bad then names. */
static void read_policy(struct reading *reading, const char *tag, enum dmarc_policy *policy,
                        const char **bad)
{
    const struct octets *value = value_of(&reading->record->tags, tag);

    *policy = DMARC_ABSENT;
    if (!value)
        return;
    for (int i = DMARC_NONE; i <= DMARC_REJECT; i++)
        if (octets_equal(*value, policies[i]))
            *policy = (enum dmarc_policy)i;
    if (*policy == DMARC_ABSENT && !*bad)
        *bad = arena_format(reading->arena, tr("%s=%s is none of none, quarantine and reject"), tag,
                            octets_shown(reading->arena, *value));
}

/* A one-letter value out of `letters`; the first of them stands for anything else. */
static char read_letter(struct reading *reading, const char *tag, const char *letters)
{
    const struct octets *value = value_of(&reading->record->tags, tag);

    if (!value)
        return letters[0];
    for (const char *letter = letters; *letter; letter++) {
        char string[2] = {*letter, '\0'};

        if (octets_equal(*value, string))
            return *letter;
    }
    note_value(reading, tr("%s=%s is not a known value and is ignored"), tag,
               octets_shown(reading->arena, *value));
    return letters[0];
}

static int read_percent(struct reading *reading)
{
    const struct octets *value = value_of(&reading->record->tags, "pct");
    int percent = 0;

    if (!value)
        return 100;
    note(reading, tr("pct= is obsolete (RFC 9989); old receivers still apply it"));
    for (size_t i = 0; i < value->length; i++) {
        if (!octet_is_digit(value->bytes[i]))
            return 100;
        percent = percent * 10 + (value->bytes[i] - '0');
        if (percent > 100)
            return 100;
    }
    return value->length > 0 ? percent : 100;
}

/* scheme ":" and what follows it, of characters that a URI may have (RFC 3986 2, 3.1). A mailto:
 * has an address (RFC 6068 2). */
static bool is_uri(struct octets uri)
{
    size_t scheme = 0;

    while (scheme < uri.length &&
           (octet_is_letter(uri.bytes[scheme]) ||
            (scheme > 0 && (octet_is_digit(uri.bytes[scheme]) ||
                            (uri.bytes[scheme] && strchr("+-.", uri.bytes[scheme]))))))
        scheme++;
    if (scheme == 0 || scheme + 1 >= uri.length || uri.bytes[scheme] != ':')
        return false;
    for (size_t i = scheme; i < uri.length; i++)
        if (uri.bytes[i] <= ' ' || uri.bytes[i] >= 0x7f || strchr("\"<>\\^`{|}", uri.bytes[i]))
            return false;
    return !octets_begin(uri, "mailto:") || memchr(uri.bytes, '@', uri.length);
}

/* "at least one valid URI" (RFC 9989 4.10.1), whatever its scheme. */
static bool has_report_address(const struct tags *tags)
{
    const struct octets *value = value_of(tags, "rua");
    struct octets rest = value ? *value : octets_of(""), uri;

    while (octets_next(&rest, ',', &uri))
        if (is_uri(octets_trim(uri)))
            return true;
    return false;
}

/* Without a valid p=, or with an unknown policy in sp= or np=, the record counts as p=none, and
 * nothing of what sp= and np= say; with an unknown policy only if it has a report address, and else
 * not at all (RFC 9989 4.7, 4.10.1). */
static void read_policies(struct reading *reading)
{
    struct dmarc_record *record = reading->record;
    const char *bad = NULL;

    read_policy(reading, "p", &record->p, &bad);
    read_policy(reading, "sp", &record->sp, &bad);
    read_policy(reading, "np", &record->np, &bad);
    if (!bad && record->p != DMARC_ABSENT)
        return;
    record->assumed = true;
    if (!bad) {
        note_as(
            reading, DMARC_WEAKENED,
            policy_missing(
                reading->arena, NEAR_DMARC, reading->text,
                tr("p= is missing: receivers take it as none, older ones may ignore the record")));
    } else if (has_report_address(&record->tags)) {
        note_as(reading, DMARC_BROKEN,
                arena_format(reading->arena, tr("%s: receivers take the record as p=none"), bad));
    } else if (!record->error) {
        record->error = bad;
    }
    record->p = DMARC_NONE;
    record->sp = record->np = DMARC_ABSENT;
}

/* "0", "1", or "d" and "s", which alone go together (RFC 9989 4.7). */
static void check_failure_options(struct reading *reading)
{
    static const char *const allowed[] = {"0", "1", "d", "s", "d:s", "s:d"};
    const struct tags *tags = &reading->record->tags;
    const struct octets *value = value_of(tags, "fo");
    bool known = !value;

    for (size_t i = 0; value && i < sizeof allowed / sizeof allowed[0]; i++)
        known |= octets_equal(*value, allowed[i]);
    if (!known)
        note_value(reading, tr("%s=%s is none of 0, 1, d, s and d:s; receivers may ignore it"),
                   "fo", octets_shown(reading->arena, *value));
    if (value && !value_of(tags, "ruf"))
        note(reading, tr("fo= has no effect without ruf="));
}

/* Octets beyond ASCII are not for URIs (RFC 3986 2, RFC 6068 2). */
static void check_report_letters(struct reading *reading, const char *tag)
{
    const struct octets *value = value_of(&reading->record->tags, tag);

    for (size_t i = 0; value && i < value->length; i++) {
        if (value->bytes[i] < 0x80)
            continue;
        note_as(reading, DMARC_WEAKENED,
                arena_format(reading->arena,
                             tr("%s=%s has letters outside ASCII: reports are sent by receivers "
                                "that convert it only"),
                             tag, octets_shown(reading->arena, *value)));
        return;
    }
}

static void check_report_sizes(struct reading *reading, const char *tag)
{
    const struct octets *value = value_of(&reading->record->tags, tag);

    if (value && value->length > 0 && memchr(value->bytes, '!', value->length))
        note_value(reading, tr("%s=%s has a size limit, which is obsolete (RFC 9989)"), tag,
                   octets_shown(reading->arena, *value));
}

static void check_given_up(struct reading *reading)
{
    if (value_of(&reading->record->tags, "rf"))
        note(reading, tr("rf= is obsolete (RFC 9989): there is one form of reports"));
    if (value_of(&reading->record->tags, "ri"))
        note(reading, tr("ri= is obsolete (RFC 9989): aggregate reports are sent once a day"));
}

/* Any order is good by now; RFC 7489 6.4 wanted p= next to v=. */
static void check_order(struct reading *reading)
{
    const struct tags *tags = &reading->record->tags;

    if (tags->count > 1 && !octets_equal(tags->tags[1].name, "p") && value_of(tags, "p"))
        note(reading, tr("p= is not next to v=; older receivers may ignore the record"));
}

static void check_known(struct reading *reading)
{
    static const char *const known[] = {"v",    "p",  "sp",  "np",  "psd", "t",  "adkim",
                                        "aspf", "fo", "rua", "ruf", "pct", "ri", "rf"};
    const struct tags *tags = &reading->record->tags;

    for (size_t i = 0; i < tags->count; i++) {
        bool found = false;

        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            found |= octets_equal(tags->tags[i].name, known[k]);
        if (!found)
            note_value(reading, tr("%s=%s is not a known tag and is ignored"),
                       octets_shown(reading->arena, tags->tags[i].name),
                       octets_shown(reading->arena, tags->tags[i].value));
    }
}

/* A tag that stands twice makes the whole list invalid (RFC 6376 3.2, by RFC 9989 4.7). */
static void check_repeated(struct reading *reading)
{
    const struct tag *tag = tags_repeated(&reading->record->tags, true);

    if (tag && !reading->record->error)
        reading->record->error =
            arena_format(reading->arena,
                         tr("%s= is in it twice, which makes the whole record invalid; some "
                            "receivers take the first, others the last"),
                         octets_shown(reading->arena, tag->name));
}

static void keep_notes(struct reading *reading)
{
    struct dmarc_note *notes = arena_alloc(reading->arena, reading->note_count + 1, sizeof *notes);

    for (size_t i = 0; i < reading->note_count; i++)
        notes[i] = reading->notes[i];
    free(reading->notes);
    reading->record->notes = notes;
    reading->record->note_count = reading->note_count;
}

bool dmarc_record_is(struct octets text)
{
    return near_miss_is_good(NEAR_DMARC, text);
}

struct dmarc_record *dmarc_record_parse(struct arena *arena, struct octets text)
{
    struct dmarc_record *record = arena_alloc(arena, 1, sizeof *record);
    struct reading reading = {.arena = arena, .text = text, .record = record};

    record->text = octets_shown(arena, text);
    record->tags = tags_parse(arena, text);
    if (!dmarc_record_is(text))
        record->error = "it does not begin with v=DMARC1";
    check_repeated(&reading);
    if (record->tags.error)
        note(&reading, arena_format(arena, tr("%s and is ignored"), record->tags.error));
    read_policies(&reading);
    record->psd = read_letter(&reading, "psd", "uyn");
    record->testing = read_letter(&reading, "t", "ny") == 'y';
    read_letter(&reading, "adkim", "rs");
    read_letter(&reading, "aspf", "rs");
    record->percent = read_percent(&reading);
    check_failure_options(&reading);
    check_report_letters(&reading, "rua");
    check_report_letters(&reading, "ruf");
    check_report_sizes(&reading, "rua");
    check_report_sizes(&reading, "ruf");
    check_given_up(&reading);
    check_order(&reading);
    check_known(&reading);
    keep_notes(&reading);
    return record;
}
