#include "dns/idn.h"

#include "base/escape.h"
#include "base/message.h"
#include "base/utf8.h"

#include <idn2.h>
#include <stdlib.h>
#include <string.h>

/* Longer input cannot become a name: a label takes at most 63 octets, so at most 59 characters. */
enum { TYPED_MAX = 4 * NAME_WIRE };

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static const char reason_character[] =
    N_("the name has a character that IDNA does not allow in names (RFC 5892)");

static const char *reason_of(int code, const char *typed)
{
    switch (code) {
    case IDN2_TOO_BIG_DOMAIN:
        return tr("the name has more than 255 octets");
    case IDN2_TOO_BIG_LABEL:
        return tr("a label has more than 63 octets");
    case IDN2_HYPHEN_STARTEND:
        return tr("a label starts or ends with a hyphen");
    case IDN2_2HYPHEN:
        return tr("a label has two hyphens in its third and fourth place");
    case IDN2_LEADING_COMBINING:
        return tr("a label starts with a combining mark");
    case IDN2_DOT_IN_LABEL:
        return tr("a label has a dot in it");
    case IDN2_BIDI:
        return tr("a label mixes writing directions in a way IDNA forbids (RFC 5893)");
    case IDN2_UNASSIGNED:
        return tr("the name has a character that Unicode has not assigned");
    case IDN2_CONTEXTJ:
    case IDN2_CONTEXTJ_NO_RULE:
    case IDN2_CONTEXTO:
    case IDN2_CONTEXTO_NO_RULE:
        return tr("the name has a character that IDNA allows only in other company (RFC 5892)");
    case IDN2_ALABEL_ROUNDTRIP_FAILED:
    case IDN2_PUNYCODE_BAD_INPUT:
    case IDN2_PUNYCODE_OVERFLOW:
    case IDN2_PUNYCODE_BIG_OUTPUT:
        return strstr(typed, "xn--") ? tr("a label that starts with xn-- does not decode")
                                     : tr(reason_character);
    default:
        return tr(reason_character);
    }
}

static enum status fail(enum status status, const char *reason, const char **why)
{
    if (why)
        *why = reason;
    return status;
}

enum status idn_to_name(const char *typed, char out[NAME_TEXT], const char **why)
{
    enum status status;
    char *ascii = NULL;
    int code;

    if (is_ascii(typed))
        return name_canonical(typed, out, why);
    if (!utf8_valid(typed, strlen(typed)))
        return fail(STATUS_SYNTAX, tr("the name is not valid UTF-8"), why);
    if (strlen(typed) > TYPED_MAX)
        return fail(STATUS_RANGE, tr("the name has more than 255 octets"), why);
    code = idn2_to_ascii_8z(typed, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (code != IDN2_OK)
        return fail(STATUS_SYNTAX, reason_of(code, typed), why);
    status = name_canonical(ascii, out, why);
    idn2_free(ascii);
    return status;
}

static bool has_a_label(const char *name)
{
    for (; *name && !name_is_root(name); name = name_parent(name))
        if (strncmp(name, "xn--", 4) == 0)
            return true;
    return false;
}

static bool is_showable(const char *unicode)
{
    const char *end = unicode + strlen(unicode);

    while (unicode < end) {
        uint32_t character = utf8_next(&unicode, end);
        if (character == UTF8_INVALID || !escape_showable(character))
            return false;
    }
    return true;
}

bool idn_to_unicode(const char *name, struct text *out)
{
    char back[NAME_TEXT], *unicode = NULL;
    bool decodes;

    if (!has_a_label(name) || idn2_to_unicode_8z8z(name, &unicode, 0) != IDN2_OK)
        return false;
    decodes = !is_ascii(unicode) && is_showable(unicode) &&
              idn_to_name(unicode, back, NULL) == STATUS_OK && strcmp(back, name) == 0;
    if (decodes)
        text_add(out, unicode);
    idn2_free(unicode);
    return decodes;
}
