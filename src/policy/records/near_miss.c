#include "policy/records/near_miss.h"

#include "base/message.h"
#include "base/text.h"
#include "dns/formats/octets.h"

#include <string.h>

static const struct kind {
    const char *name;
    const char *version; /* behind "v=" */
    bool any_case;       /* of the version */
    bool any_v;          /* "V=" is as good */
    bool has_blanks;     /* may stand around "=" and behind the version */
    bool is_list;        /* tag=value; else terms with blanks between them */
} kinds[] = {
    [NEAR_SPF] = {"SPF", "spf1", true, true, false, false},
    [NEAR_DMARC] = {"DMARC", "DMARC1", false, true, true, true},
    [NEAR_DKIM] = {"DKIM", "DKIM1", false, false, true, true},
    [NEAR_MTA_STS] = {"MTA-STS", "STSv1", false, false, false, true},
    [NEAR_TLS_RPT] = {"TLS report", "TLSRPTv1", false, false, false, true},
    [NEAR_BIMI] = {"BIMI", "BIMI1", false, false, true, true},
};

const char *near_kind_text(enum near_kind kind)
{
    return kinds[kind].name;
}

/* A text on its way from what is written to what was meant. */
struct mending {
    struct arena *arena;
    const struct kind *kind;
    const struct record *record;
    struct octets text;
    const char *why; /* what was mended so far; NULL: nothing */
};

static bool begins_exactly(struct octets text, const char *prefix)
{
    return text.length >= strlen(prefix) && memcmp(text.bytes, prefix, strlen(prefix)) == 0;
}

static bool is_blank(uint8_t octet)
{
    return octet == ' ' || octet == '\t';
}

/* The place behind those of the octets that stand there. */
static size_t skip(struct octets text, size_t at, const char *octets)
{
    while (at < text.length && text.bytes[at] && strchr(octets, text.bytes[at]))
        at++;
    return at;
}

static size_t skip_blanks(const struct kind *kind, struct octets text, size_t at)
{
    return skip(text, at, kind->has_blanks ? " \t" : "");
}

/* Octets of the version section at the front, without what separates it; 0 without one. */
static size_t version_length(const struct kind *kind, struct octets text)
{
    size_t at = 1;

    if (!octets_begin(text, "v"))
        return 0;
    at = skip_blanks(kind, text, at);
    if (at == text.length || text.bytes[at++] != '=')
        return 0;
    at = skip_blanks(kind, text, at);
    text = octets_part(text, at, text.length);
    if (kind->any_case ? !octets_begin(text, kind->version) : !begins_exactly(text, kind->version))
        return 0;
    return at + strlen(kind->version);
}

static bool is_good(const struct kind *kind, struct octets text)
{
    size_t at = version_length(kind, text);

    if (at == 0 || (!kind->any_v && text.bytes[0] != 'v'))
        return false;
    at = skip(text, at, kind->is_list ? " \t" : "");
    return at == text.length || text.bytes[at] == (kind->is_list ? ';' : ' ');
}

bool near_miss_is_good(enum near_kind kind, struct octets text)
{
    return is_good(&kinds[kind], text);
}

const char *near_miss_cut(enum near_kind kind, struct octets text)
{
    if (!is_good(&kinds[kind], text) || version_length(&kinds[kind], text) < text.length)
        return NULL;
    return tr("nothing follows the version, as happens in a zone file without quotation marks, "
              "where a semicolon begins a comment");
}

/* ---- what goes wrong, one after the other ---- */

static void mend(struct mending *mending, struct octets text, const char *why)
{
    mending->text = text;
    mending->why =
        mending->why ? arena_format(mending->arena, tr("%s, and %s"), mending->why, why) : why;
}

static void mend_blanks(struct mending *mending)
{
    struct octets text = octets_trim(mending->text);

    if (text.bytes != mending->text.bytes)
        mend(mending, text, tr("a blank is before it"));
    else
        mending->text = text;
}

/* Octets of a character at the place that is seen as a blank, or not at all: 0 for none. */
static size_t unseen_at(struct octets text, size_t at)
{
    static const char *const unseen[] = {"\xc2\xa0",     "\xef\xbb\xbf", "\xe2\x80\x8b",
                                         "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\xaf",
                                         "\xe2\x81\xa0", "\xc2\xad"};

    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (begins_exactly(octets_part(text, at, text.length), unseen[i]))
            return strlen(unseen[i]);
    return 0;
}

static struct octets kept(struct mending *mending, const struct text *text)
{
    return (struct octets){
        (const uint8_t *)arena_dup_bytes(mending->arena, text_get(text), text->length),
        text->length};
}

/* Pasted from a page or a letter. */
static void mend_unseen(struct mending *mending)
{
    struct octets text = mending->text;
    struct text seen = {0};

    for (size_t i = 0; i < text.length;) {
        size_t length = unseen_at(text, i);

        if (length == 0)
            text_add_char(&seen, (char)text.bytes[i]);
        else if (memcmp(text.bytes + i, "\xc2\xa0", 2) == 0)
            text_add_char(&seen, ' ');
        i += length > 0 ? length : 1;
    }
    if (seen.length != text.length)
        mend(mending, octets_trim(kept(mending, &seen)),
             tr("a character that cannot be seen is part of the text"));
    text_clear(&seen);
}

static const char *const quotes[] = {
    "\"",           "'",        "`",       "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x98",
    "\xe2\x80\x99", "\xc2\xab", "\xc2\xbb"};

/* A quotation mark at the place, plain or typographic; its octets, 0 for none. */
static size_t quote_at(struct octets text, size_t at)
{
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (begins_exactly(octets_part(text, at, text.length), quotes[i]))
            return strlen(quotes[i]);
    return 0;
}

static size_t last_quote(struct octets text)
{
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        size_t length = strlen(quotes[i]);

        if (begins_exactly(octets_part(text, text.length - length, length), quotes[i]))
            return length;
    }
    return 0;
}

/* '"a" "b"' without the marks between its strings, which a list joins and SPF keeps apart. */
static struct octets without_inner_quotes(struct mending *mending, struct octets text)
{
    struct text out = {0};
    struct octets octets;

    for (size_t i = 0; i < text.length;) {
        size_t quote = quote_at(text, i), behind = skip(text, i + quote, " \t");

        if (quote && quote_at(text, behind)) {
            text_add(&out, mending->kind->is_list ? "" : " ");
            i = behind + quote_at(text, behind);
        } else {
            text_add_char(&out, (char)text.bytes[i++]);
        }
    }
    octets = kept(mending, &out);
    text_clear(&out);
    return octets;
}

static void mend_quotes(struct mending *mending)
{
    struct octets text = mending->text;

    text = octets_part(text, quote_at(text, 0), text.length);
    text.length -= last_quote(text);
    if (text.length != mending->text.length)
        mend(mending, octets_trim(without_inner_quotes(mending, text)),
             tr("a quotation mark is part of the text"));
}

/* "\;" as some panels want it, where this one does not. */
static void mend_escapes(struct mending *mending)
{
    struct text text = {0};

    for (size_t i = 0; i < mending->text.length; i++) {
        struct octets rest = octets_part(mending->text, i, 2);

        if (!begins_exactly(rest, "\\;") && !begins_exactly(rest, "\\\""))
            text_add_char(&text, (char)rest.bytes[0]);
    }
    if (text.length != mending->text.length)
        mend(mending, kept(mending, &text), tr("a backslash is part of the text"));
    text_clear(&text);
}

/* Words of a master file without quotation marks: each is a string, and their blanks are lost. */
static void mend_strings(struct mending *mending)
{
    const struct record *record = mending->record;
    struct text text = {0};

    if (record->txt.count < 2 ||
        version_length(mending->kind, record->txt.strings[0]) != record->txt.strings[0].length)
        return;
    for (size_t i = 0; i < record->txt.count; i++) {
        if (i > 0)
            text_add_char(&text, ' ');
        text_add_bytes(&text, record->txt.strings[i].bytes, record->txt.strings[i].length);
    }
    mend(
        mending, kept(mending, &text),
        tr("its strings are joined without a blank, as happens to a text without quotation marks"));
    text_clear(&text);
}

/* "@ IN TXT" and its like in front, where a panel wants the text only. */
static void mend_front(struct mending *mending)
{
    struct octets text = mending->text;

    for (size_t i = 3; i < text.length; i++) {
        struct octets rest = octets_trim(octets_part(text, i, text.length));

        if (!octets_begin(octets_part(text, i - 3, i), "TXT") || !is_blank(text.bytes[i]))
            continue;
        mend(mending, octets_part(rest, quote_at(rest, 0), rest.length),
             tr("it begins with the type, which is no part of the text"));
        return;
    }
}

/* ---- the version ---- */

/* Where the version's word begins: "v=", "v :", "v =", or nothing in front. */
static size_t word_begin(struct octets text)
{
    size_t at = octets_begin(text, "v") ? 1 : 0, behind = skip(text, at, " \t:=");

    return behind > at ? behind : 0;
}

static bool begins_word(const struct kind *kind, struct octets text)
{
    return octets_begin(text, kind->version);
}

static const char *version_fault(struct arena *arena, const struct kind *kind, struct octets text,
                                 size_t word)
{
    bool has_letter = octets_begin(text, "v");
    struct octets version = octets_part(text, word, strlen(kind->version));

    if (!has_letter)
        return tr("\"v=\" is missing before the version");
    if (!octets_begin(text, "v=") || word != 2)
        return tr("\"v=\" is not written so");
    if (!kind->any_case && !begins_exactly(version, kind->version))
        return arena_format(arena, tr("\"%s\" must be written %s"), octets_shown(arena, version),
                            kind->version);
    if (!kind->any_v && text.bytes[0] != 'v')
        return tr("the version begins with a capital \"V\"");
    return NULL;
}

/* What separates the version from the rest is none, or another character. */
static const char *separator_fault(const struct kind *kind, struct octets rest)
{
    uint8_t wanted = kind->is_list ? ';' : ' ';

    if (rest.length == 0 || rest.bytes[0] == wanted)
        return NULL;
    if (kind->is_list)
        return tr("a semicolon is missing after the version");
    return strchr(";,:", rest.bytes[0]) && rest.bytes[0]
               ? tr("its terms are separated by something other than blanks")
               : tr("a blank is missing after the version");
}

static const char *both(struct arena *arena, const char *a, const char *b)
{
    return a && b ? arena_format(arena, tr("%s, and %s"), a, b) : a ? a : b;
}

/* Terms of SPF behind the version: blanks where people write semicolons and commas. */
static void add_terms(struct text *out, struct octets rest)
{
    for (size_t i = 0; i < rest.length; i++) {
        uint8_t octet = rest.bytes[i];
        bool separates = octet == ';' || octet == ',' || is_blank(octet);

        if (!separates)
            text_add_char(out, (char)octet);
        else if (out->bytes[out->length - 1] != ' ')
            text_add_char(out, ' ');
    }
    while (out->bytes[out->length - 1] == ' ')
        text_cut(out, out->length - 1);
}

/* Does a tag begin here: letters, digits, and "="? */
static bool begins_tag(struct octets text)
{
    size_t name = skip(text, 0, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    return name > 0 && begins_exactly(octets_part(text, skip(text, name, " "), 1), "=");
}

/* Tags: semicolons where only blanks or commas stand between them, and nowhere a semicolon. */
static void add_tags(struct text *out, struct octets rest)
{
    bool has_semicolon = memchr(rest.bytes, ';', rest.length);

    for (size_t i = 0; i < rest.length;) {
        size_t behind = skip(rest, i, ", ");

        if (!has_semicolon && behind > i && begins_tag(octets_part(rest, behind, rest.length))) {
            text_add(out, "; ");
            i = behind;
        } else {
            text_add_char(out, (char)rest.bytes[i++]);
        }
    }
}

static void mend_version(struct mending *mending)
{
    const struct kind *kind = mending->kind;
    size_t word = word_begin(mending->text), end = word + strlen(kind->version);
    struct octets rest;
    struct text text = {0};
    const char *why;

    if (!begins_word(kind, octets_part(mending->text, word, mending->text.length)))
        return;
    rest = octets_part(mending->text, end, mending->text.length);
    if (rest.length > 0 && octet_is_digit(rest.bytes[0]))
        return;
    why = both(mending->arena, version_fault(mending->arena, kind, mending->text, word),
               separator_fault(kind, rest));
    if (!why)
        return;
    text_format(&text, "v=%s", kind->version);
    if (!kind->is_list) {
        text_add_char(&text, ' ');
        add_terms(&text, octets_part(rest, skip(rest, 0, " ,:;"), rest.length));
    } else {
        if (separator_fault(kind, rest)) {
            rest = octets_part(rest, skip(rest, 0, " ,:."), rest.length);
            text_add(&text, rest.length > 0 ? "; " : "");
        }
        add_tags(&text, rest);
    }
    mend(mending, kept(mending, &text), why);
    text_clear(&text);
}

/* ---- the whole ---- */

static bool is_word_at(struct octets text, size_t at, size_t length)
{
    return (at == 0 || !octet_is_letter(text.bytes[at - 1])) &&
           (at + length >= text.length || (!octet_is_letter(text.bytes[at + length]) &&
                                           !octet_is_digit(text.bytes[at + length])));
}

/* Is the word of the version anywhere in it, as a word? */
static bool mentions_version(const struct kind *kind, struct octets text)
{
    size_t length = strlen(kind->version);

    for (size_t i = 0; i + length <= text.length; i++)
        if (begins_word(kind, octets_part(text, i, text.length)) && is_word_at(text, i, length))
            return true;
    return false;
}

/* "v=spf2", "v=DMARC", "v=STS1" and such: another version is nearly always a slip. */
static bool is_other_version(const struct kind *kind, struct octets text)
{
    size_t word = word_begin(text), length = strcspn(kind->version, "v0123456789");
    struct octets begin = octets_part(text, word, length);

    for (size_t i = 0; i < length; i++)
        if (begin.length < length || ((begin.bytes[i] ^ (uint8_t)kind->version[i]) & ~0x20))
            return false;
    return word > 0;
}

/* "v=DMARC;" and "v=DMARC 1;": the letters of the version, and its number not written so. */
static void mend_number(struct mending *mending)
{
    const struct kind *kind = mending->kind;
    struct octets text = mending->text, rest;
    size_t letters = strcspn(kind->version, "v0123456789"), word = word_begin(text), at;
    struct text out = {0};

    if (!is_other_version(kind, text))
        return;
    at = skip(text, word + letters, " ");
    if (at < text.length && text.bytes[at] == '1' && at > word + letters)
        at++;
    rest = octets_part(text, at, text.length);
    if (rest.length > 0 && !strchr(kind->is_list ? ";" : " ", rest.bytes[0]) &&
        !(at > word + letters && !kind->is_list))
        return;
    text_format(&out, "v=%s%s", kind->version,
                !kind->is_list && rest.length > 0 && rest.bytes[0] != ' ' ? " " : "");
    text_add_bytes(&out, rest.bytes, rest.length);
    mend(mending, kept(mending, &out),
         arena_format(mending->arena, tr("the version is written %s"), kind->version));
    text_clear(&out);
}

/* "p=reject; v=DMARC1": the version is the first tag. */
static void mend_order(struct mending *mending)
{
    const struct kind *kind = mending->kind;
    struct octets rest = mending->text, part, version = {0};
    struct text out = {0};

    if (!kind->is_list)
        return;
    while (octets_next(&rest, ';', &part))
        if (is_good(kind, octets_trim(part)))
            version = octets_trim(part);
    if (version.length == 0)
        return;
    text_add_bytes(&out, version.bytes, version.length);
    for (rest = mending->text; octets_next(&rest, ';', &part);) {
        struct octets tag = octets_trim(part);

        if (tag.length > 0 && tag.bytes != version.bytes) {
            text_add(&out, "; ");
            text_add_bytes(&out, tag.bytes, tag.length);
        }
    }
    mend(mending, kept(mending, &out), tr("the version is not at its beginning"));
    text_clear(&out);
}

bool near_miss_of(struct arena *arena, enum near_kind kind, const struct record *record,
                  struct near_miss *miss)
{
    static void (*const steps[])(struct mending *) = {mend_unseen, mend_blanks, mend_escapes,
                                                      mend_quotes, mend_front,  mend_version,
                                                      mend_number, mend_order};
    enum { ALWAYS = 4 };
    struct mending mending = {arena, &kinds[kind], record, record->txt.joined, NULL};

    if (is_good(mending.kind, mending.text))
        return false;
    mend_strings(&mending);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (!is_good(mending.kind, mending.text) || i < ALWAYS)
            steps[i](&mending);
    *miss = (struct near_miss){.record = record, .why = mending.why};
    if (mending.why && is_good(mending.kind, mending.text)) {
        const char *cut = mending.kind->is_list ? near_miss_cut(kind, mending.text) : NULL;

        miss->why = both(arena, mending.why, cut);
        miss->meant = cut ? octets_of("") : mending.text;
        return true;
    }
    miss->why = arena_format(arena, tr("it does not begin with \"v=%s\""), mending.kind->version);
    return mentions_version(mending.kind, mending.text) ||
           is_other_version(mending.kind, mending.text);
}

struct near_miss near_miss_find(struct arena *arena, enum near_kind kind, const struct reply *reply)
{
    struct near_miss miss, first = {0};

    for (size_t i = 0; reply && i < reply->record_count; i++) {
        if (near_miss_is_good(kind, reply->records[i]->txt.joined))
            return (struct near_miss){0};
        if (!first.record && near_miss_of(arena, kind, reply->records[i], &miss))
            first = miss;
    }
    return first;
}
