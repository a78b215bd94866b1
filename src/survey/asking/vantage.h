/* From where a name is looked at, when not from the source the program was started with: through a
 * certain name server, or with a changed zone file laid over what there is. For what is laid beside
 * a page or a report. */
#ifndef SURVEY_ASKING_VANTAGE_H
#define SURVEY_ASKING_VANTAGE_H

#include "base/status.h"
#include "dns/answers.h"
#include "dns/name.h"
#include "dns/reply.h"
#include "dns/zone/zone.h"

/* What ":diff" and "--diff" name. */
struct vantage_spec {
    enum vantage_kind { VANTAGE_NAME, VANTAGE_SERVER, VANTAGE_FILE } kind;
    char text[NAME_TEXT];  /* the name, the path, or the host of a server without address */
    struct address server; /* family 0: `text` must be looked up */
    uint16_t port;         /* 0: none was given */
    uint16_t encrypted;    /* a number of dns/encrypted.h; 0: plain DNS */
};

/* Reads "other.example", "@192.0.2.53", "@[2001:db8::53]#5353", "@ns1.example -p 5353" and
 * encrypted resolvers (dns/encrypted.h), "@tls://192.0.2.53"; what has a slash in it or ends as
 * zone files
 * (.zone, .db, .txt), recordings (.rec) or reports (.json) do is a file. On failure *why is a
 * static sentence. */
enum status vantage_spec_parse(const char *text, struct vantage_spec *spec, const char **why);

/* Appends the server that a spec names, as the user could write it. */
void vantage_spec_print(const struct vantage_spec *spec, struct text *out);

struct vantage {
    struct address server; /* whom all questions go to; family 0: as the program was started */
    uint16_t port, encrypted;
    struct zone *zone;       /* owned; NULL without a zone file */
    struct answers *answers; /* owned; of a recording or a report, which knows nothing else; NULL */
    char *title; /* "192.0.2.53#5353", "new.zone": what stands over its answers; owned */
};

/* That server, which has an address; `encrypted` as in struct question. */
struct vantage *vantage_new_server(const struct address *server, uint16_t port, uint16_t encrypted);
/* That zone, taken over. */
struct vantage *vantage_new_zone(struct zone *zone);
/* Those answers, taken over, of the recording called `title`. */
struct vantage *vantage_new_answers(struct answers *answers, const char *title);
void vantage_free(struct vantage *vantage); /* NULL is allowed */

/* A vantage that is NULL changes nothing in the following. */

/* The whole answer, where the zone alone has it; else NULL and *onward is to be asked, whose name
 * is written into `name` when it is not that of the question. */
struct reply *vantage_ask(const struct vantage *vantage, const struct question *question,
                          struct question *onward, char name[NAME_TEXT]);
/* The reply to `onward` becomes that to the question. Takes and gives ownership. */
struct reply *vantage_bring(const struct vantage *vantage, const struct question *question,
                            struct reply *reply);

#endif
