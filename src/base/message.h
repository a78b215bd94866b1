/* The messages of the program in the language of the process. A message is named by its English
 * text; the catalogues, src/po/LANGUAGE.po, are in the program (src/po.awk makes C of them).
 *
 * The language is one constant of the process, as a locale is: main sets it before anything else
 * is built. What these functions give lives as long as the program, or as long as the id does. */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

struct message {
    const char *context; /* "" for most */
    const char *id, *text;
};

struct catalogue {
    const char *language; /* "ja" */
    const struct message *messages;
    size_t count;
};

/* Written by src/po.awk; the last one has no language. */
extern const struct catalogue catalogues[];

/* Marks the id of a message in a table; tr() translates it where the table is read. */
#define N_(id)             id
#define N_IN_(context, id) id

/* The message in the language set; the id itself in English and where there is no translation. */
const char *tr(const char *id) __attribute__((format_arg(1)));
/* The same for a word that has several meanings: "back" of a key, "back" of a row. */
const char *tr_in(const char *context, const char *id) __attribute__((format_arg(2)));
/* Of two forms the one for that number, by the rule of the language (English: `one` for 1). */
const char *tr_plural(const char *one, const char *many, uint64_t number)
    __attribute__((format_arg(1), format_arg(2)));

/* Appends what a sentence lists: "a", "a and b", "a, b and c", "a, b and 3 more". */
void message_list(struct text *out, const char *const *items, size_t count, size_t more);
/* What goes between two things of a list: ", ". */
const char *message_comma(void);
/* Appends to a list that many were left out of: " and 3 more". */
void message_more(struct text *out, size_t more);

/* Sets the language by its code or by the name of a locale: "ja", "ja_JP.UTF-8"; NULL, "en", "C"
 * and one that has no catalogue are English. */
void message_language(const char *locale);
/* The code of the language set, "ja"; NULL for English. */
const char *message_code(void);
/* The code of the catalogue meant by the name of a locale, "en" for English; NULL for none. */
const char *message_find(const char *locale);

#endif
