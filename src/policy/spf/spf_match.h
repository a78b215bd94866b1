/* Does the sender match one mechanism (RFC 7208 5)? Everything but include. */
#ifndef POLICY_SPF_SPF_MATCH_H
#define POLICY_SPF_SPF_MATCH_H

#include "dns/lookup.h"
#include "policy/spf/spf_macro.h"
#include "policy/spf/spf_record.h"

/* What a check knows while it walks through the records. */
struct spf_context {
    const struct lookup *lookup;
    struct arena *arena;
    struct spf_macro_values values; /* domain: whose record is being evaluated */
    unsigned lookups, voids;
};

enum spf_match {
    SPF_MATCH_NO,
    SPF_MATCH_YES,
    SPF_MATCH_TEMPERROR,
    SPF_MATCH_PERMERROR,
    SPF_MATCH_PENDING, /* the question is noted in the wants */
};

/* The term is a mechanism other than include, and costs nothing here: the caller counts lookups.
 * Void ones are counted. *why is set to a sentence in the arena, without its full stop. */
enum spf_match spf_match_term(struct spf_context *context, const struct spf_term *term,
                              const char **why);

/* The name a term asks: its domain-spec expanded, or the domain of the record. SPF_MATCH_YES: out
 * is set; SPF_MATCH_NO: it is no name; SPF_MATCH_PENDING: %{p} is not known yet. */
enum spf_match spf_match_target(struct spf_context *context, struct octets spec,
                                char out[NAME_TEXT]);

/* Looks %{p} up and keeps it in context->values; false while that is pending. */
bool spf_match_validate(struct spf_context *context);

/* The name without its final dot, as macros have it; in the arena. */
struct octets spf_domain_octets(struct arena *arena, const char *name);

#endif
