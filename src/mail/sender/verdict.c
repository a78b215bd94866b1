#include "mail/sender/verdict.h"

#include <stddef.h>

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

const char *tls_way_text(enum tls_way way)
{
    static const char *const texts[TLS_FAILS + 1] = {
        [TLS_CLEAR] = "clear", [TLS_RECLEAR] = "re-clear", [TLS_USED] = "tls"};

    return texts[way];
}

const char *tls_way_sentence(enum tls_way way)
{
    static const char *const sentences[TLS_FAILS + 1] = {[TLS_CLEAR] = "in clear",
                                                         [TLS_RECLEAR] =
                                                             "in clear, on a second connection",
                                                         [TLS_USED] = "over TLS"};

    return sentences[way] ? sentences[way] : "";
}
