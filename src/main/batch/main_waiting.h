/* Which jobs wait for which question, so that a reply finds them without asking all. */
#ifndef MAIN_BATCH_MAIN_WAITING_H
#define MAIN_BATCH_MAIN_WAITING_H

#include "dns/reply.h"

#include <stddef.h>

struct waiting;
struct job; /* the caller's; only its address counts here */

struct waiting *waiting_new(void);
void waiting_free(struct waiting *waiting);
/* The job waits for the question. */
void waiting_add(struct waiting *waiting, const struct question *question, struct job *job);
/* How many wait for the question. */
size_t waiting_count(const struct waiting *waiting, const struct question *question);
/* Those that wait for the question wait no longer: *count of them, in the order they were added.
 * Valid until the next call. */
struct job *const *waiting_take(struct waiting *waiting, const struct question *question,
                                size_t *count);
/* The job is gone, whatever it still waited for. */
void waiting_forget(struct waiting *waiting, const struct job *job);

#endif
