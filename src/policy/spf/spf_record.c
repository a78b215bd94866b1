#include "policy/spf/spf_record.h"

#include "base/message.h"
#include "dns/formats/octets.h"
#include "policy/spf/spf_macro.h"

#include <string.h>

static const struct {
    const char *name;
    bool asks;
} kinds[] = {
    [SPF_ALL] = {"all", false},
    [SPF_INCLUDE] = {"include", true},
    [SPF_A] = {"a", true},
    [SPF_MX] = {"mx", true},
    [SPF_PTR] = {"ptr", true},
    [SPF_IP4] = {"ip4", false},
    [SPF_IP6] = {"ip6", false},
    [SPF_EXISTS] = {"exists", true},
    [SPF_REDIRECT] = {"redirect", true},
    [SPF_EXP] = {"exp", false},
    [SPF_UNKNOWN_MODIFIER] = {"modifier", false},
    [SPF_FAULTY] = {"faulty", false},
};

bool spf_kind_asks(enum spf_kind kind)
{
    return kinds[kind].asks;
}

static const char version[] = "v=spf1";

bool spf_record_is(struct octets text)
{
    size_t length = strlen(version);

    return octets_begin(text, version) && (text.length == length || text.bytes[length] == ' ');
}

/* ---- CIDR lengths (RFC 7208 5.6) ---- */

/* Reads "0" or a number without leading zero up to `limit` from all of `digits`. */
static bool read_length(struct octets digits, unsigned limit, unsigned *length)
{
    unsigned number = 0;

    if (digits.length == 0 || digits.length > 3)
        return false;
    if (digits.bytes[0] == '0' && digits.length > 1)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        if (!octet_is_digit(digits.bytes[i]))
            return false;
        number = number * 10 + (unsigned)(digits.bytes[i] - '0');
    }
    *length = number;
    return number <= limit;
}

/* Where the run of digits at the end begins. */
static size_t digits_begin(struct octets text)
{
    size_t begin = text.length;

    while (begin > 0 && octet_is_digit(text.bytes[begin - 1]))
        begin--;
    return begin;
}

/* Cuts "//n" off the end of *text, then "/n". What looks like neither stays. */
static const char *cut_dual_cidr(struct octets *text, struct spf_term *term)
{
    size_t begin = digits_begin(*text);

    if (begin >= 2 && text->bytes[begin - 1] == '/' && text->bytes[begin - 2] == '/') {
        if (!read_length(octets_part(*text, begin, text->length), 128, &term->cidr6))
            return tr("the IPv6 prefix length is not a number from 0 to 128");
        text->length = begin - 2;
        begin = digits_begin(*text);
    }
    if (begin >= 1 && text->bytes[begin - 1] == '/') {
        if (!read_length(octets_part(*text, begin, text->length), 32, &term->cidr4))
            return tr("the IPv4 prefix length is not a number from 0 to 32");
        text->length = begin - 1;
    }
    return NULL;
}

/* ---- arguments ---- */

static bool is_top_label(struct octets label)
{
    bool letter = false, hyphen = false;

    if (label.length == 0 || label.bytes[0] == '-' || label.bytes[label.length - 1] == '-')
        return false;
    for (size_t i = 0; i < label.length; i++) {
        uint8_t octet = label.bytes[i];

        letter |= octet_is_letter(octet);
        hyphen |= octet == '-';
        if (!octet_is_letter(octet) && !octet_is_digit(octet) && octet != '-')
            return false;
    }
    return letter || hyphen;
}

/* The octets of the macro-expand that ends the text, 0 when none does. The text is a valid
 * macro-string, so braces and percent signs pair up. */
static size_t final_macro(struct octets text)
{
    size_t last = 0;

    for (size_t i = 0; i < text.length;) {
        size_t length = 1;

        if (text.bytes[i] == '%') {
            length = 2;
            while (i + length < text.length && text.bytes[i + 1] == '{' &&
                   text.bytes[i + length - 1] != '}')
                length++;
            last = length;
        } else {
            last = 0;
        }
        i += length;
    }
    return last;
}

/* domain-spec = macro-string domain-end (RFC 7208 7.1) */
static const char *check_domain_spec(struct octets spec)
{
    const char *why;
    size_t begin;

    if (spec.length == 0)
        return tr("the name is missing");
    if (!spf_macro_valid(spec, false, &why))
        return why;
    if (final_macro(spec) > 0)
        return NULL;
    if (spec.bytes[spec.length - 1] == '.')
        spec.length--;
    for (begin = spec.length; begin > 0 && spec.bytes[begin - 1] != '.';)
        begin--;
    if (begin == 0 || !is_top_label(octets_part(spec, begin, spec.length)))
        return tr("the name does not end in a dot and a top-level label");
    return NULL;
}

static const char *parse_domain(struct spf_term *term, struct octets argument)
{
    term->spec = argument;
    return check_domain_spec(argument);
}

/* a, mx: [":" domain-spec] [dual-cidr-length] */
static const char *parse_hosts(struct spf_term *term, struct octets argument, bool has_argument)
{
    struct octets rest = argument;
    const char *why = cut_dual_cidr(&rest, term);

    if (why)
        return why;
    if (has_argument)
        return parse_domain(term, rest);
    return rest.length == 0 ? NULL
                            : tr("what follows is neither \":\" and a name nor a prefix length");
}

/* ip4, ip6: an address and one prefix length */
static const char *parse_network(struct spf_term *term, struct octets argument, unsigned family)
{
    unsigned limit = family == 4 ? 32 : 128, *length = family == 4 ? &term->cidr4 : &term->cidr6;
    size_t slash = 0;
    char text[ADDRESS_TEXT];

    while (slash < argument.length && argument.bytes[slash] != '/')
        slash++;
    if (slash >= sizeof text)
        return tr("the address is too long");
    memcpy(text, argument.bytes, slash);
    text[slash] = '\0';
    if (strlen(text) != slash || !address_parse(text, &term->network) ||
        term->network.family != family)
        return family == 4 ? tr("this is not an IPv4 address") : tr("this is not an IPv6 address");
    if (slash == argument.length)
        return NULL;
    if (!read_length(octets_part(argument, slash + 1, argument.length), limit, length))
        return tr("the prefix length is not a number in range");
    return NULL;
}

/* ---- terms ---- */

static const char *parse_argument(struct spf_term *term, struct octets argument, bool has_argument)
{
    switch (term->kind) {
    case SPF_ALL:
        return argument.length || has_argument ? tr("\"all\" takes no argument") : NULL;
    case SPF_A:
    case SPF_MX:
        return parse_hosts(term, argument, has_argument);
    case SPF_PTR:
        if (!has_argument)
            return argument.length ? tr("what follows is not \":\" and a name") : NULL;
        return parse_domain(term, argument);
    case SPF_IP4:
        return has_argument ? parse_network(term, argument, 4) : tr("the address is missing");
    case SPF_IP6:
        return has_argument ? parse_network(term, argument, 6) : tr("the address is missing");
    default:
        return has_argument ? parse_domain(term, argument) : tr("\":\" and a name are missing");
    }
}

static bool find_mechanism(struct octets name, enum spf_kind *kind)
{
    for (int i = SPF_ALL; i <= SPF_EXISTS; i++) {
        if (octets_equal(name, kinds[i].name)) {
            *kind = (enum spf_kind)i;
            return true;
        }
    }
    return false;
}

static bool is_qualifier(uint8_t octet)
{
    return octet == '+' || octet == '-' || octet == '~' || octet == '?';
}

static const char *parse_mechanism(struct spf_term *term, struct octets text)
{
    size_t length = 0;
    bool has_argument;

    term->qualifier = '+';
    if (is_qualifier(text.bytes[0])) {
        term->qualifier = (char)text.bytes[0];
        text = octets_part(text, 1, text.length);
    }
    while (length < text.length && text.bytes[length] != ':' && text.bytes[length] != '/')
        length++;
    if (!find_mechanism(octets_part(text, 0, length), &term->kind))
        return tr("there is no such mechanism");
    has_argument = length < text.length && text.bytes[length] == ':';
    return parse_argument(term, octets_part(text, length + (has_argument ? 1 : 0), text.length),
                          has_argument);
}

/* name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ), then "=". 0: not a modifier. */
static size_t modifier_name_length(struct octets text)
{
    size_t length = 0;

    while (length < text.length &&
           (octet_is_letter(text.bytes[length]) ||
            (length > 0 && (octet_is_digit(text.bytes[length]) ||
                            (text.bytes[length] && strchr("-_.", text.bytes[length]))))))
        length++;
    return length < text.length && text.bytes[length] == '=' ? length : 0;
}

static const char *parse_modifier(struct spf_term *term, struct octets name, struct octets value)
{
    const char *why = NULL;

    term->spec = value;
    if (octets_equal(name, "redirect")) {
        term->kind = SPF_REDIRECT;
        return check_domain_spec(value);
    }
    if (octets_equal(name, "exp")) {
        term->kind = SPF_EXP;
        return check_domain_spec(value);
    }
    term->kind = SPF_UNKNOWN_MODIFIER;
    return spf_macro_valid(value, false, &why) ? NULL : why;
}

static const char *parse_term(struct spf_term *term, struct octets text)
{
    size_t name = modifier_name_length(text);

    *term = (struct spf_term){.kind = SPF_FAULTY, .text = text, .cidr4 = 32, .cidr6 = 128};
    if (name > 0)
        return parse_modifier(term, octets_part(text, 0, name),
                              octets_part(text, name + 1, text.length));
    return parse_mechanism(term, text);
}

/* ---- the record ---- */

static size_t count_terms(struct octets rest)
{
    struct octets part;
    size_t count = 0;

    while (octets_next(&rest, ' ', &part))
        count += part.length > 0;
    return count;
}

static void note_error(struct spf_record *record, struct arena *arena, struct octets culprit,
                       const char *why)
{
    if (!record->error)
        record->error = arena_format(arena, "\"%s\": %s", octets_shown(arena, culprit), why);
}

/* redirect= and exp= must not appear twice (RFC 7208 6). */
static const char *keep_modifier(const struct spf_term **slot, const struct spf_term *term)
{
    if (*slot)
        return tr("this modifier is in the record twice");
    *slot = term;
    return NULL;
}

static const char *add_term(struct spf_record *record, struct spf_term *term, struct octets text)
{
    const char *why = parse_term(term, text);

    if (why) {
        term->kind = SPF_FAULTY;
        return why;
    }
    if (term->kind == SPF_REDIRECT)
        return keep_modifier(&record->redirect, term);
    if (term->kind == SPF_EXP)
        return keep_modifier(&record->exp, term);
    return NULL;
}

struct spf_record *spf_record_parse(struct arena *arena, struct octets text)
{
    struct spf_record *record = arena_alloc(arena, 1, sizeof *record);
    struct octets rest = octets_part(text, strlen(version), text.length), part;
    struct spf_term *terms = arena_alloc(arena, count_terms(rest) + 1, sizeof *terms);

    record->terms = terms;
    while (octets_next(&rest, ' ', &part)) {
        const char *why;

        if (part.length == 0)
            continue;
        why = add_term(record, &terms[record->count++], part);
        if (why)
            note_error(record, arena, part, why);
    }
    return record;
}
