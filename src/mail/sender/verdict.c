#include "mail/sender/verdict.h"

#include "base/message.h"

const char *verdict_text(enum verdict verdict)
{
    static const char *const texts[] = {"deliver", "local", "bounce", "defer", "freeze", "loop"};

    return texts[verdict];
}

const char *verdict_word(enum verdict verdict)
{
    static const char *const words[] = {
        N_IN_("verdict", "delivered"), N_IN_("verdict", "delivered locally"),
        N_IN_("verdict", "bounced"),   N_IN_("verdict", "deferred"),
        N_IN_("verdict", "frozen"),    N_IN_("verdict", "loop")};

    return tr_in("verdict", words[verdict]);
}

const char *verdict_prospect(enum verdict verdict)
{
    return verdict == VERDICT_DELIVER ? tr_in("verdict", "deliverable") : verdict_word(verdict);
}

const char *host_state_text(enum host_state state)
{
    static const char *const texts[] = {N_IN_("state", "candidate"), N_IN_("state", "ignored"),
                                        N_IN_("state", "unusable")};

    return texts[state];
}

const char *host_state_word(enum host_state state)
{
    return tr_in("state", host_state_text(state));
}

const char *tls_way_text(enum tls_way way)
{
    static const char *const texts[TLS_FAILS + 1] = {
        [TLS_CLEAR] = "clear", [TLS_RECLEAR] = "re-clear", [TLS_USED] = "tls"};

    return texts[way];
}

const char *tls_way_sentence(enum tls_way way)
{
    static const char *const sentences[TLS_FAILS + 1] = {[TLS_CLEAR] = N_("in clear"),
                                                         [TLS_RECLEAR] =
                                                             N_("in clear, on a second connection"),
                                                         [TLS_USED] = N_("over TLS")};

    return sentences[way] ? tr(sentences[way]) : "";
}
