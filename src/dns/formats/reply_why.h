/* Why there is no better reply, in the language of the process. Data, recordings and JSON have it
 * in English (reply->why), with names and numbers in it; here it is told again. */
#ifndef DNS_FORMATS_REPLY_WHY_H
#define DNS_FORMATS_REPLY_WHY_H

#include "base/memory.h"
#include "base/text.h"
#include "dns/reply.h"

/* Appends a reason as reply->why has it, in the language. What is none of the known ones stays as
 * it is. */
void reply_why_add(const char *why, struct text *out);
/* The same of a reply, in the arena; NULL where it says nothing. */
const char *reply_why(struct arena *arena, const struct reply *reply);

/* outcome_word() of what failed or was not asked, and after it in the arena why, where that is
 * known: "server failure: the answer has more than 65535 octets". */
const char *reply_failure(struct arena *arena, const struct reply *reply);

/* The same as a sentence without its stop: "mx1.example.com could not be looked up (timed out)";
 * but
 * "... was not queried", "... is not in the file", for that is no failure. In the arena. */
const char *reply_lost(struct arena *arena, const char *what, const struct reply *reply);
/* Where only the outcome is known. */
const char *reply_lost_by(struct arena *arena, const char *what, enum outcome outcome);

#endif
