/* A first look at a DNS message before any other code sees it: is every count, name, type, class
 * and length in it sound (RFC 1035 4.1, RFC 6891 6.1)? */
#ifndef DNS_WIRE_SCAN_H
#define DNS_WIRE_SCAN_H

#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WIRE_QR = 0x8000,
    WIRE_OPCODE = 0x7800,
    WIRE_AA = 0x0400,
    WIRE_TC = 0x0200,
    WIRE_RD = 0x0100,
    WIRE_RA = 0x0080,
    WIRE_AD = 0x0020,
    WIRE_CD = 0x0010,
    WIRE_RCODE = 0x000f,
};

enum { WIRE_HEADER = 12, WIRE_CLASS_IN = 1, WIRE_MESSAGE_MAX = 65535 };

enum wire_section { WIRE_QUESTION, WIRE_ANSWER, WIRE_AUTHORITY, WIRE_ADDITIONAL };

struct wire_scan {
    const uint8_t *bytes;
    size_t length, at; /* at: how far the scan has come */
    uint16_t id, flags;
    uint16_t counts[4]; /* by enum wire_section */
    bool has_opt;
    uint16_t opt_size, opt_flags; /* of the OPT record: payload size, DO and the rest */
    const uint8_t *options;       /* its options, sound */
    size_t options_length;
    int rcode;            /* extended once the records are scanned */
    int extended_error;   /* RFC 8914; -1 for none */
    const uint8_t *extra; /* its text, not terminated, untrusted */
    size_t extra_length;
    const char *fault;         /* what is wrong, as in "cut off"; NULL when nothing is */
    enum wire_section section; /* where */
};

/* Starts a scan with the header; false when the message is too short to have one. */
bool wire_scan_header(struct wire_scan *scan, const uint8_t *bytes, size_t length);
/* Reads the question; false when there is not exactly one, or it is unsound or compressed. */
bool wire_scan_question(struct wire_scan *scan, char name[NAME_TEXT], uint16_t *type,
                        uint16_t *rr_class);
/* Goes through all records to the last octet; false with fault and section when one is unsound. */
bool wire_scan_records(struct wire_scan *scan);
/* A record of a message whose records were found sound. */
struct wire_record {
    size_t owner, rdata, end; /* where they begin in the message, and what follows */
    uint16_t type;
    uint32_t ttl;
};

/* The record at `at`. */
struct wire_record wire_record_at(const struct wire_scan *scan, size_t at);
/* The name there without compression, NAME_WIRE octets at most; returns how many. */
size_t wire_unfold_name(const struct wire_scan *scan, size_t at, uint8_t *out);
/* The rdata of the record without compression, in memory the caller frees; returns the length. */
size_t wire_unfold_rdata(const struct wire_scan *scan, const struct wire_record *record,
                         uint8_t **out);
/* "answer", ... Static. */
const char *wire_section_text(enum wire_section section);

#endif
