/* How programs find a service in the DNS: what they look up, in which order, what each answer leads
 * to, and how they choose among the targets. A client is data: client_NAME.c. */
#ifndef MAIL_CLIENT_CLIENT_H
#define MAIL_CLIENT_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Among the records of one priority. */
enum client_order {
    CLIENT_RFC2782,  /* zero weights first, a number from 0 to the sum inclusive */
    CLIENT_NOMINAL,  /* weight / sum */
    CLIENT_HEIMDAL,  /* the same; records of weight 0 share one unit */
    CLIENT_OPENLDAP, /* a number from 0 to the sum; the one left over goes to the heaviest */
    CLIENT_LISTED,   /* as the answer lists them */
    CLIENT_HEAVIEST, /* the greater weight first, no chance but among equals */
    CLIENT_INSIDE,   /* RFC 2782, hosts inside the domain before others */
};

/* What an answer of one kind leads to. */
enum client_next {
    CLIENT_ON,             /* the next question */
    CLIENT_TAKE,           /* take what was found and ask no more */
    CLIENT_MORE,           /* take it and go on: what is found later comes behind it */
    CLIENT_MIX,            /* the same, but what is found next is mixed with it by priority */
    CLIENT_END,            /* give up */
    CLIENT_END_UNANSWERED, /* of `failed`: give up when no DNS server said anything, else CLIENT_ON
                            */
};

enum client_kind {
    CLIENT_SRV,
    CLIENT_URI,
    CLIENT_NAPTR,   /* leads to the SRV records of its replacement */
    CLIENT_ADDRESS, /* A and AAAA of a host */
    CLIENT_PATH,    /* TXT beside the SRV records that were taken: "path=..." (RFC 6764 4) */
    CLIENT_URL,     /* no query: where it connects to, with that path or else `pattern` */
    CLIENT_OTHER,   /* something else than DNS, which is only told: HTTP, a cache */
};

struct client_question {
    enum client_kind kind;
    const char
        *pattern;  /* in front of the domain; a "*" is the site: then only when one is known */
    uint16_t port; /* of CLIENT_ADDRESS; of CLIENT_SRV 443 or 80 where it leads to a URL */
    enum client_next found, none, failed;
    const char *sentence;
    const char *reference;
    bool apart; /* a service of its own: that it is not offered ends nothing else, and an address is
                   looked up whatever else there is */
};

struct client {
    const char *name;    /* "windows" */
    const char *title;   /* "Windows DC locator" */
    const char *summary; /* one sentence: how it chooses */
    enum client_order order;
    const struct client_question *questions; /* the last has no sentence */
    const char *when_down; /* what it does when nobody of the first list answers */
    const char *reference;
    /* The same program at another task, for which it looks up other names; NULL: there is none. */
    const struct client *elsewhere;
};

size_t clients_count(void);
const struct client *clients_at(size_t index);
const struct client *clients_find(const char *name); /* NULL: no such client */
/* "windows", or "windows=hamburg" with the site it is in ("" without).
 * False when there is no such client. */
enum { CLIENT_SITE = 64 };
bool client_parse(const char *text, const struct client **client, char site[CLIENT_SITE]);
/* Does it look up this owner ("_ldap._tcp.hamburg._sites.ad.example.com.") as SRV, at any task? */
bool client_asks(const struct client *client, const char *owner);
/* The client at the task for which it looks up this owner; as it is, where no task or several do
 * not matter (owner NULL, or one that none of its tasks looks up). */
const struct client *client_at_task(const struct client *client, const char *owner);

extern const struct client client_windows, client_samba, client_sssd, client_mit, client_heimdal,
    client_openldap, client_rfc2782, client_nominal, client_outlook, client_sip, client_xmpp,
    client_matrix, client_mail, client_caldav, client_carddav, client_jmap;

#endif
