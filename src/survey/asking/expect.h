/* What a domain is expected to publish, for tests of a zone: --expect FILE.
 *
 *     [example.com]
 *     mx = 10 mx1.example.com, 20 mx2.example.com     these and no others; "null" or "none"
 *     spf 192.0.2.1 = pass                            for a message from this address
 *     spf 192.0.2.9 sales@example.com = fail          and with this reverse-path
 *     findings = mx-same-network, dkim-none-found     errors and warnings that may be there
 *
 * Blank lines and those that begin with "#" or ";" do not count. */
#ifndef SURVEY_ASKING_EXPECT_H
#define SURVEY_ASKING_EXPECT_H

#include "base/fault.h"
#include "base/memory.h"
#include "base/status.h"
#include "policy/spf/spf.h"
#include "survey/facts.h"

#include <stdbool.h>
#include <stddef.h>

struct expectations;

/* Reads the text of a file; `file` names it in faults and misses. NULL when there is a fault. */
struct expectations *expectations_read(const char *text, const char *file, struct faults *faults);
void expectations_free(struct expectations *expectations); /* NULL is allowed */
/* The names of which anything is expected: canonical, each once, in the order of the file. */
const char *const *expectations_names(const struct expectations *expectations, size_t *count);

/* The n-th sender whose SPF verdict is expected of the name; false behind the last. It borrows. */
bool expectations_spf(const struct expectations *expectations, const char *name, size_t n,
                      struct spf_sender *sender);
/* What the verdict is not as expected of the n-th sender: appended to `misses` with file and line.
 */
void expectations_check_spf(const struct expectations *expectations, const char *name, size_t n,
                            const struct spf_verdict *verdict, struct faults *misses);
/* Everything else that is not as expected. */
void expectations_check(const struct expectations *expectations, const struct facts *facts,
                        struct faults *misses);

#endif
