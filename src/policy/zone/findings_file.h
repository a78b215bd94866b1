/* What a look through the zone file has shown (dns/zone/zone_flaws.h), for the tests. */
#ifndef POLICY_ZONE_FINDINGS_FILE_H
#define POLICY_ZONE_FINDINGS_FILE_H

#include "policy/findings/finding_list.h"

/* The flaws of one kind in the file that the zone at hand is read from. */
struct file_walk {
    const struct zone_flaws *flaws;
    const char *label; /* NULL: the answers are from no file */
    enum zone_flaw_kind kind;
    size_t next;
};
struct file_walk finding_flaws(const struct finding_list *list, enum zone_flaw_kind kind);
/* NULL at the end. */
const struct zone_flaw *finding_next_flaw(struct file_walk *walk);

#endif
