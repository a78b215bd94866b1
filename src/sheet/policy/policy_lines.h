/* All that is known of a domain's mail policy, line by line. The pane shows it folded, the text
 * report whole. */
#ifndef SHEET_POLICY_POLICY_LINES_H
#define SHEET_POLICY_POLICY_LINES_H

#include "sheet/policy/policy_line.h"

/* The lines there are of the facts: of a domain, of one DKIM key, of a
 * reverse zone, or of an SPF check alone; none
 * where nothing of that is known. They live in the arena and borrow from the facts. */
struct policy_lines *policy_lines_build(const struct facts *facts, bool decoded,
                                        struct arena *arena);
/* Columns of the widest label in the language. */
int policy_lines_label_columns(const struct policy_lines *list);

#endif
