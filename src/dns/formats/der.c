#include "dns/formats/der.h"

/* Reads tag and length of the element in front. */
static bool read_header(struct octets rest, uint8_t tag, size_t *header, size_t *length)
{
    size_t extra;

    if (rest.length < 2 || rest.bytes[0] != tag)
        return false;
    *header = 2;
    *length = rest.bytes[1];
    if (*length < 0x80)
        return true;
    extra = *length & 0x7f;
    if (extra == 0 || extra > 4 || rest.length < 2 + extra)
        return false;
    for (*length = 0; *header < 2 + extra; ++*header)
        *length = *length << 8 | rest.bytes[*header];
    return true;
}

bool der_take(struct octets *rest, uint8_t tag, struct octets *content)
{
    size_t header, length;

    if (!read_header(*rest, tag, &header, &length) || length > rest->length - header)
        return false;
    *content = (struct octets){rest->bytes + header, length};
    *rest = (struct octets){rest->bytes + header + length, rest->length - header - length};
    return true;
}

bool der_is_cut(struct octets der)
{
    size_t header, length;

    return read_header(der, DER_SEQUENCE, &header, &length) && length > der.length - header;
}

/* A sequence that is all there is. */
static bool open_sequence(struct octets der, struct octets *content)
{
    return der_take(&der, DER_SEQUENCE, content) && der.length == 0;
}

/* SEQUENCE { algorithm SEQUENCE { OBJECT, ... }, subjectPublicKey BIT STRING } */
bool der_is_public_key(struct octets der)
{
    struct octets info, algorithm, object, bits;

    return open_sequence(der, &info) && der_take(&info, DER_SEQUENCE, &algorithm) &&
           der_take(&algorithm, DER_OBJECT, &object) && der_take(&info, DER_BIT_STRING, &bits) &&
           bits.length > 1 && info.length == 0;
}

/* SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm SEQUENCE { OBJECT, ... }, BIT STRING } */
bool der_is_certificate(struct octets der)
{
    struct octets whole, body, algorithm, object, bits;

    return open_sequence(der, &whole) && der_take(&whole, DER_SEQUENCE, &body) &&
           der_take(&whole, DER_SEQUENCE, &algorithm) &&
           der_take(&algorithm, DER_OBJECT, &object) && der_take(&whole, DER_BIT_STRING, &bits) &&
           bits.length > 1 && whole.length == 0;
}
