#include "mail/sender/verdict.h"

const char *verdict_text(enum verdict verdict)
{
    static const char *const texts[] = {"deliver", "local", "bounce", "defer", "freeze", "loop"};

    return texts[verdict];
}

const char *host_state_text(enum host_state state)
{
    static const char *const texts[] = {"candidate", "ignored", "unusable"};

    return texts[state];
}
