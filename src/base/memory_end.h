/* When no memory is left: a hook restores what must be restored (the terminal) and the program ends
 * with exit status 70. */
#ifndef BASE_MEMORY_END_H
#define BASE_MEMORY_END_H

/* Called once before the program ends for want of memory; NULL for none. */
void memory_on_exhausted(void (*hook)(void));

_Noreturn void memory_exhausted(void);

/* Passes on what a library allocated; NULL counts as exhausted. */
void *memory_checked(void *block);

#endif
