/* In which order the questions of a survey go out (lower first), and which of them are of a kind
 * when there are too many (survey/budget.h). */
#ifndef SURVEY_PRIORITY_H
#define SURVEY_PRIORITY_H

enum ask_priority {
    /* What the domain's own records name. */
    ASK_PANES,        /* MX, A, AAAA, NS of the name; PTR of an address; a typed SRV owner */
    ASK_EXCHANGES,    /* addresses of the exchanges */
    ASK_NAME_SERVERS, /* addresses of the name servers */
    ASK_DETAILS,      /* SOA, TXT, CNAME, CAA */
    ASK_POLICY,       /* SPF, DMARC, DANE, ... and what hangs from them */
    ASK_REVERSE,      /* PTR of exchange addresses, and whether they lead back */
    ASK_DIRECTORY,    /* names of a directory that is there, and addresses of its servers */
    ASK_SERVERS,      /* every name server asked itself */
    /* Guesses, and what hangs from them. */
    ASK_PROBES,    /* DKIM selectors, customary names, random labels */
    ASK_SERVICES,  /* the well-known SRV owners */
    ASK_TARGETS,   /* addresses of SRV targets */
    ASK_OLD_NAMES, /* the rest of RFC 2219, after everything else */
    ASK_PRIORITIES,
    ASK_GUESSES = ASK_PROBES /* the first of them */
};

#endif
