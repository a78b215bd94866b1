#include "sheet/words.h"

#include "base/escape.h"
#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "dns/idn.h"
#include "dns/name.h"
#include "dns/type.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* The unit words_ttl() counts in: seconds of a day, an hour, a minute or 1. */
static uint32_t unit_of(uint32_t seconds)
{
    return seconds >= DAY ? DAY : seconds >= HOUR ? HOUR : seconds >= MINUTE ? MINUTE : 1;
}

static char unit_letter(uint32_t unit)
{
    return unit == DAY ? 'd' : unit == HOUR ? 'h' : unit == MINUTE ? 'm' : 's';
}

const char *words_ttl(uint32_t seconds, bool raw, char out[WORD_SIZE])
{
    uint32_t unit = unit_of(seconds);

    if (raw)
        snprintf(out, WORD_SIZE, "%" PRIu32, seconds);
    else
        snprintf(out, WORD_SIZE, "%" PRIu32 "%c", seconds / unit, unit_letter(unit));
    return out;
}

const char *words_duration(uint32_t seconds, char out[WORD_SIZE])
{
    unsigned unit = unit_of(seconds), count = seconds / unit;

    if (unit == DAY)
        snprintf(out, WORD_SIZE, tr_plural("%u day", "%u days", count), count);
    else if (unit == HOUR)
        snprintf(out, WORD_SIZE, tr_plural("%u hour", "%u hours", count), count);
    else if (unit == MINUTE)
        snprintf(out, WORD_SIZE, tr("%u min"), count);
    else
        snprintf(out, WORD_SIZE, tr("%u s"), count);
    return out;
}

const char *words_ordinal(unsigned number, char out[WORD_SIZE])
{
    unsigned last = number % 10;
    bool teen = number % 100 / 10 == 1;

    if (teen || last == 0 || last > 3)
        snprintf(out, WORD_SIZE, tr("%uth"), number);
    else if (last == 1)
        snprintf(out, WORD_SIZE, tr("%ust"), number);
    else if (last == 2)
        snprintf(out, WORD_SIZE, tr("%und"), number);
    else
        snprintf(out, WORD_SIZE, tr("%urd"), number);
    return out;
}

/* The date of a day since 1970 in the Gregorian calendar; a year begins in March here, so that the
 * leap day is its last. */
static void add_date(int64_t day, struct text *out)
{
    int64_t days = day + 719468, era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;

    text_format(out, "%04" PRId64 "-%02" PRId64 "-%02" PRId64, year + era * 400 + (month >= 10),
                month < 10 ? month + 3 : month - 9, of_year - (153 * month + 2) / 5 + 1);
}

void words_sentence_gap(struct text *out)
{
    if (out->length && !wrap_is_wide_last(text_get(out)))
        text_add_char(out, ' ');
}

void words_moment(int64_t seconds, struct text *out)
{
    int64_t day = seconds >= 0 ? seconds / DAY : -((DAY - 1 - seconds) / DAY);
    int64_t second = seconds - day * DAY;

    add_date(day, out);
    text_format(out, "T%02" PRId64 ":%02" PRId64 ":%02" PRId64 "Z", second / HOUR,
                second % HOUR / MINUTE, second % MINUTE);
}

const char *words_elapsed(int64_t microseconds, char out[WORD_SIZE])
{
    double ms = (double)microseconds / 1000;

    if (ms >= 10000)
        snprintf(out, WORD_SIZE, "%.0f s", ms / 1000);
    else if (ms >= 1000)
        snprintf(out, WORD_SIZE, "%.1f s", ms / 1000);
    else if (ms >= 10 || microseconds == 0)
        snprintf(out, WORD_SIZE, "%.0f ms", ms);
    else
        snprintf(out, WORD_SIZE, "%.1f ms", ms);
    return out;
}

const char *words_server(const char *server, char out[WORD_SERVER])
{
    if (strncmp(server, "zone ", 5) == 0)
        snprintf(out, WORD_SERVER, tr("zone %s"), server + 5);
    else
        snprintf(out, WORD_SERVER, "%s", server);
    return out;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

const char *words_find(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t same = 0;
        while (part[same] && lower(text[same]) == lower(part[same]))
            same++;
        if (!part[same])
            return text;
    }
    return *part ? NULL : text;
}

/* Appends " (bücher.example)", unless it follows in `after` already. */
static void add_readable(struct text *out, const char *name, const char *after)
{
    struct text unicode = {0}, said = {0};
    size_t shown;

    if (idn_to_unicode(name, &unicode)) {
        shown = unicode.length;
        shown -= shown > 1 && unicode.bytes[shown - 1] == '.';
        text_format(&said, " (%.*s)", (int)shown, text_get(&unicode));
        if (strncmp(after, text_get(&said), said.length) != 0)
            text_add(out, text_get(&said));
    }
    text_clear(&said);
    text_clear(&unicode);
}

void words_name(const char *name, bool decoded, struct text *out)
{
    text_add_bytes(out, name, (size_t)name_shown_length(name));
    if (decoded)
        add_readable(out, name, "");
}

const char *words_readable(struct arena *arena, const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*";
    struct text out = {0};
    char name[NAME_TEXT];

    if (!strstr(text, "xn--"))
        return text;
    while (*text) {
        size_t length = strspn(text, letters), dots;
        for (dots = 0; length && text[length - 1] == '.'; length--)
            dots++;
        text_add_bytes(&out, text, length);
        if (length && length + 1 < sizeof name) {
            snprintf(name, sizeof name, "%.*s.", (int)length, text);
            if (strstr(name, "xn--"))
                add_readable(&out, name, text + length);
        }
        text += length;
        length = dots + strcspn(text + dots, letters);
        text_add_bytes(&out, text, length);
        text += length;
    }
    text = arena_dup(arena, text_get(&out));
    text_clear(&out);
    return text;
}

static bool is_ascii(const struct octets *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (text->bytes[i] >= 0x80)
            return false;
    return true;
}

const char *words_txt(struct arena *arena, const struct record *record)
{
    const struct octets *joined = &record->txt.joined;
    struct text text = {0};
    const char *kept;

    if (record->type != TYPE_TXT || is_ascii(joined) ||
        !utf8_valid((const char *)joined->bytes, joined->length))
        return NULL;
    text_add_char(&text, '"');
    escape_bytes(&text, joined->bytes, joined->length, ESCAPE_UTF8, true);
    text_add_char(&text, '"');
    kept = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return kept;
}

const char *words_policy(struct arena *arena, const struct reply *reply, const char *record)
{
    struct text text = {0};
    const char *copy;

    if (record)
        text_add(&text, record);
    if (reply && reply->alias_count > 0) {
        struct text name = {0};
        words_name(reply->canonical, false, &name);
        if (record)
            text_add(&text, "  ");
        text_format(&text, record ? tr("(alias of %s)") : tr("alias of %s"), text_get(&name));
        text_clear(&name);
    }
    copy = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return copy;
}

void words_name_within(const char *name, const char *domain, struct text *out)
{
    size_t length = strlen(name), suffix = strlen(domain);

    if (length > suffix + 1 && !name_is_root(domain) && name_is_within(name, domain))
        text_add_bytes(out, name, length - suffix - 1);
    else
        words_name(name, false, out);
}

int64_t words_ttl_change_ms(int64_t left_ms, bool raw)
{
    int64_t unit_ms = raw ? 1000 : (int64_t)unit_of((uint32_t)(left_ms / 1000)) * 1000;

    return left_ms % unit_ms + 1;
}

static const struct {
    const char *glyph;
    enum role role;
} looks[OUTCOME_COUNT] = {
    [OUTCOME_ANSWERED] = {"✓", ROLE_ANSWERED},
    [OUTCOME_NODATA] = {"-", ROLE_NODATA},
    [OUTCOME_NXDOMAIN] = {"✗", ROLE_NXDOMAIN},
    [OUTCOME_SERVFAIL] = {"!", ROLE_SERVFAIL},
    [OUTCOME_REFUSED] = {"!", ROLE_REFUSED},
    [OUTCOME_TIMEOUT] = {"?", ROLE_TIMEOUT},
    [OUTCOME_MALFORMED] = {"!", ROLE_MALFORMED},
    [OUTCOME_INVALID] = {"✗", ROLE_ERROR},
    [OUTCOME_UNREACHABLE] = {"?", ROLE_TIMEOUT},
    [OUTCOME_CONNECTION_REFUSED] = {"!", ROLE_REFUSED},
    [OUTCOME_CONNECTION_RESET] = {"!", ROLE_REFUSED},
    [OUTCOME_UNTRUSTED] = {"!", ROLE_MALFORMED},
    [OUTCOME_NO_TLS] = {"!", ROLE_REFUSED},
    [OUTCOME_NO_MATCH] = {"!", ROLE_MALFORMED},
    [OUTCOME_NOT_ASKED] = {"?", ROLE_UNKNOWN},
    [OUTCOME_NOT_IN_FILE] = {"?", ROLE_UNKNOWN},
};

struct outcome_words words_outcome(enum outcome outcome)
{
    return (struct outcome_words){
        .glyph = looks[outcome].glyph,
        .role = looks[outcome].role,
        .word = outcome_word(outcome),
        .phrase = outcome_phrase(outcome),
        .sentence = outcome_sentence(outcome),
    };
}

struct outcome_words words_reply(const struct reply *reply)
{
    static const struct outcome_words waiting = {"↻", ROLE_WAITING, N_("waiting"), "waiting",
                                                 N_("Query sent; waiting for the response.")};

    if (reply)
        return words_outcome(reply->outcome);
    return (struct outcome_words){waiting.glyph, waiting.role, tr(waiting.word), tr(waiting.phrase),
                                  tr(waiting.sentence)};
}

const char *words_state(const char *state, const struct reply *reply)
{
    return reply && outcome_is_temporary(reply->outcome) ? outcome_word(reply->outcome) : state;
}

const char *words_spinner(int64_t now_ms)
{
    static const char *const frames[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    return frames[now_ms / SPINNER_MS % (int64_t)(sizeof frames / sizeof frames[0])];
}
