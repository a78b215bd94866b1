/* In which order the questions of a survey go out (lower first). The order only matters while more
 * are open than may be in flight: a question whose parent is not in cannot be asked anyway. */
#ifndef SURVEY_PRIORITY_H
#define SURVEY_PRIORITY_H

enum ask_priority {
    ASK_PANES,        /* MX, A, AAAA, NS of the name; PTR of an address; a typed SRV owner */
    ASK_EXCHANGES,    /* addresses of the exchanges */
    ASK_NAME_SERVERS, /* addresses of the name servers */
    ASK_DETAILS,      /* SOA, TXT, CNAME, CAA */
    ASK_SERVICES,     /* the well-known SRV owners */
    ASK_TARGETS,      /* addresses of SRV targets */
    ASK_POLICY,       /* SPF, DMARC, DANE, ... and what hangs from them */
    ASK_REVERSE,      /* PTR of exchange addresses */
    ASK_PROBES,       /* guesses: DKIM selectors, customary names, random labels */
    ASK_SERVERS,      /* every name server asked itself */
};

#endif
