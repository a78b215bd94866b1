/* What to publish so that a finding goes away. A cure is changed or added records, and it is only
 * given where it can be applied and heals: its owner is in a zone of the domain and no alias, it
 * keeps of a record what it does not mean to change, and with it in the place of what there is the
 * finding is gone, nothing else is worse, and mail still arrives where it did. Else words must do.
 */
#ifndef SURVEY_CURES_CURES_H
#define SURVEY_CURES_CURES_H

#include "policy/findings/findings.h"

/* Gives the findings of a whole setup their cures (publish, remove, and the words of fix). While
 * answers are missing none is given; what the cures themselves need to know is noted in the wants
 * of the setup's lookup. The findings are replaced by copies in the arena. */
void cures_build(const struct setup *setup, struct findings *findings, struct arena *arena);

#endif
