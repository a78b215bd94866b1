#include "policy/records/dkim_key.h"

#include "dns/formats/der.h"

#include <string.h>

static unsigned bits_of_integer(struct octets integer)
{
    unsigned bits;

    while (integer.length > 0 && integer.bytes[0] == 0)
        integer = octets_part(integer, 1, integer.length);
    if (integer.length == 0 || integer.length > 8192)
        return 0;
    bits = (unsigned)(integer.length - 1) * 8;
    for (uint8_t top = integer.bytes[0]; top; top >>= 1)
        bits++;
    return bits;
}

/* RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } */
static unsigned bits_of_key(struct octets der)
{
    struct octets key, modulus, exponent;

    if (!der_take(&der, DER_SEQUENCE, &key) || !der_take(&key, DER_INTEGER, &modulus) ||
        !der_take(&key, DER_INTEGER, &exponent))
        return 0;
    return bits_of_integer(modulus);
}

/* SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE, subjectPublicKey BIT STRING } */
unsigned dkim_rsa_bits(struct octets der)
{
    struct octets rest = der, info, algorithm, bits;

    if (!der_take(&rest, DER_SEQUENCE, &info) || !der_take(&info, DER_SEQUENCE, &algorithm))
        return bits_of_key(der);
    if (!der_take(&info, DER_BIT_STRING, &bits) || bits.length == 0 || bits.bytes[0] != 0)
        return 0;
    return bits_of_key(octets_part(bits, 1, bits.length));
}

static bool digit_of(uint8_t octet, unsigned *digit)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = octet ? strchr(digits, octet) : NULL;

    if (found)
        *digit = (unsigned)(found - digits);
    return found != NULL;
}

static bool is_white(uint8_t octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

/* True when only padding and white space are left. */
static bool is_padding(struct octets rest)
{
    for (size_t i = 0; i < rest.length; i++)
        if (rest.bytes[i] != '=' && !is_white(rest.bytes[i]))
            return false;
    return true;
}

bool dkim_base64(struct arena *arena, struct octets text, struct octets *out)
{
    uint8_t *bytes = arena_alloc(arena, text.length + 1, 1);
    size_t used = 0, digits = 0, i;
    unsigned group = 0;

    for (i = 0; i < text.length; i++) {
        unsigned digit;

        if (is_white(text.bytes[i]))
            continue;
        if (!digit_of(text.bytes[i], &digit))
            break;
        group = group << 6 | digit;
        if (++digits % 4 != 1)
            bytes[used++] = (uint8_t)(group >> (6 - 2 * ((digits - 1) % 4)));
    }
    if (digits % 4 == 1 || !is_padding(octets_part(text, i, text.length)))
        return false;
    *out = (struct octets){bytes, used};
    return true;
}
