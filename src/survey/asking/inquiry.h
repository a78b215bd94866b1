/* One line typed by somebody who knows dig: "example.com MX", "@192.0.2.53#5353 example.com",
 * "-x 192.0.2.1", "_443._tcp.example.com TLSA". */
#ifndef SURVEY_ASKING_INQUIRY_H
#define SURVEY_ASKING_INQUIRY_H

#include "survey/asking/vantage.h"
#include "survey/subject.h"
#include "survey/survey.h"

#include <stddef.h>
#include <stdint.h>

enum { INQUIRY_TYPES = 8 };

struct inquiry {
    char *rest; /* the line without what is told by the other members; "" when nothing is left */
    uint16_t types[INQUIRY_TYPES];
    size_t type_count;
    bool has_server;
    struct vantage_spec server;
};

/* Takes "@server" and types off the ends of the line; a line of one word is never a type. On
 * failure *why is a sentence (heap) and there is nothing to clear. */
enum status inquiry_parse(const char *typed, struct inquiry *inquiry, char **why);
void inquiry_clear(struct inquiry *inquiry);

/* The same and the subject it is about, whose input is the whole line. */
enum status inquiry_subject(const char *typed, struct inquiry *inquiry, struct subject *subject,
                            char **why);

/* The types are wanted by the survey, too. */
void inquiry_want(const struct inquiry *inquiry, struct survey *survey);

/* The type that a word names: "MX", "type65". NULL, or a static sentence why records of that type
 * cannot be asked for. */
const char *inquiry_type(const char *word, uint16_t *type);

/* "192.0.2.53,[2001:db8::53]#5353": appends to the list, in the arena. On failure `wrong` is the
 * word (in the arena) and *why a static sentence. */
enum status inquiry_resolvers(const char *text, struct arena *arena,
                              const struct compared_resolver **list, size_t *count,
                              const char **wrong, const char **why);

/* What to use here in place of dig's "+short", "+trace", "+dnssec=1": a sentence, appended. */
void inquiry_say_plus(const char *word, struct text *out);

#endif
