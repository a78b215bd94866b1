/* Domain names as text. Everywhere in the program a name is the canonical presentation form:
 * absolute (ends in "."), lower case, each octet outside letters, digits, "-" and "_" that needs it
 * escaped as RFC 1035 5.1 says ("\." inside a label, "\032" for a space). So equal names are equal
 * strings. */
#ifndef DNS_NAME_H
#define DNS_NAME_H

#include "base/memory.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAME_TEXT = 1024 }; /* room for the longest name in presentation form and its NUL */
/* The longest name in text without escapes, its last dot left out (RFC 1035 2.3.4). */
enum { NAME_OCTETS_MAX = 253 };
enum { NAME_WIRE = 255 };

/* Makes the canonical form of presentation-form text, relative names being taken as absolute.
 * On failure *why (may be NULL) is a static sentence: empty label, label over 63 octets, name over
 * 255 octets, bad escape. */
enum status name_canonical(const char *text, char out[NAME_TEXT], const char **why);

/* The uncompressed wire form (RFC 1035 3.1) with lower-case letters; returns its length, 0 when the
 * text is no name. */
size_t name_to_wire(const char *name, uint8_t out[NAME_WIRE]);
/* Reads an uncompressed name off the start of `length` octets; *used says how many it took. False
 * when it is cut off, compressed or too long. */
bool name_from_wire(const uint8_t *wire, size_t length, char out[NAME_TEXT], size_t *used);

bool name_is_root(const char *name);
/* Number of labels without the root: 2 for "example.com.". */
size_t name_labels(const char *name);
/* The name without its first label ("." for a top-level name, "." for the root); points into name.
 */
const char *name_parent(const char *name);
/* The last `labels` labels of name; points into name. */
const char *name_suffix(const char *name, size_t labels);
/* Is name equal to or below ancestor? */
bool name_is_within(const char *name, const char *ancestor);
/* Is it the pattern itself, or does the pattern begin with "*." and the name have exactly one label
 * in place of that (RFC 8461 4.1, RFC 6125 6.4.3)? */
bool name_fits(const char *pattern, const char *name);
/* "prefix" (one or more labels, no dot at the end) in front of name; STATUS_RANGE when too long. */
enum status name_join(const char *prefix, const char *name, char out[NAME_TEXT]);
/* The first label unescaped-as-is (presentation form) into out; returned. */
const char *name_first_label(const char *name, char out[NAME_TEXT]);
/* The name for a sentence: without its last dot ("." stays), in the arena. */
const char *name_shown(struct arena *arena, const char *name);
/* Octets of that: how much of the name "%.*s" shows. */
int name_shown_length(const char *name);
/* Canonical DNS order (RFC 4034 6.1): by labels from the right. */
int name_compare(const char *a, const char *b);
/* Does it look like a host name (RFC 952/1123: letters, digits, hyphens; last label not numeric)?
 */
bool name_is_host(const char *name);

#endif
