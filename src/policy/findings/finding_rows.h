/* Findings with one cause and one cure are one finding with its rows. */
#ifndef POLICY_FINDINGS_FINDING_ROWS_H
#define POLICY_FINDINGS_FINDING_ROWS_H

#include "policy/findings/findings.h"

/* Puts together what is alike among sorted findings, in place; returns how many there are then.
 * Those that read alike are one, the first. Of one id and severity those are alike that name one
 * cause: the first one stays, has them as its rows, and its text says what else it is about. */
size_t finding_rows_merge(struct arena *arena, struct finding *findings, size_t count);

#endif
