/* Terms of SPF records that are not what was meant: what people write, and how it is written. */
#ifndef POLICY_SPF_SPF_SLIP_H
#define POLICY_SPF_SPF_SLIP_H

#include "policy/spf/spf_record.h"

struct spf_slip {
    const char *why;     /* a clause: "an address is written with ip4:" */
    const char *instead; /* the term that was meant; "" where none was. In the arena. */
};

/* Of a record that cannot be read: the record that was meant, where blanks are too many or too few
 * in it; its `why` is NULL when that is not so. `meant` is in the arena. */
struct spf_text_slip {
    const char *why; /* a clause: "a blank is in the middle of a term" */
    struct octets meant;
};
struct spf_text_slip spf_text_slip_of(struct arena *arena, const struct record *record);

/* Tells by the text alone; false when the term is good, or nobody can say what was meant. */
bool spf_slip_of(struct arena *arena, const struct spf_term *term, struct spf_slip *slip);

#endif
