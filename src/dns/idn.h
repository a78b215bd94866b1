/* Internationalised names (IDNA2008, RFC 5890-5892, over libidn2). */
#ifndef DNS_IDN_H
#define DNS_IDN_H

#include "base/status.h"
#include "base/text.h"
#include "dns/name.h"

/* Typed UTF-8 ("bücher.example") to the canonical name with A-labels. Pure ASCII passes unchanged
 * but for case and the final dot. On failure *why is a static sentence. */
enum status idn_to_name(const char *typed, char out[NAME_TEXT], const char **why);
/* Appends the U-label form when the name has A-labels that decode safely and round-trip; otherwise
 * appends nothing and returns false. The text is safe to show (base/escape.h). */
bool idn_to_unicode(const char *name, struct text *out);

#endif
