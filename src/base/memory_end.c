#include "base/memory_end.h"

#include <stddef.h>
#include <unistd.h>

enum { EXIT_EXHAUSTED = 70 };

static void (*exhausted_hook)(void);

void memory_on_exhausted(void (*hook)(void))
{
    exhausted_hook = hook;
}

_Noreturn void memory_exhausted(void)
{
    static const char message[] = "mxtrail: memory: none left\n";
    void (*hook)(void) = exhausted_hook;

    exhausted_hook = NULL;
    if (hook)
        hook();
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit(EXIT_EXHAUSTED);
    _exit(EXIT_EXHAUSTED);
}

void *memory_checked(void *block)
{
    if (!block)
        memory_exhausted();
    return block;
}
