/* What can be set of a server, and the values it is set to. */
#ifndef MAIL_SENDER_SETTINGS_H
#define MAIL_SENDER_SETTINGS_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct profile;

enum setting_type {
    SETTING_NUMBER, /* minimum..maximum */
    SETTING_SWITCH, /* yes or no: 1 or 0; true, 1, on and "*" are yes, false, 0, off and "" no */
    SETTING_CHOICE, /* one of the words in `choices`; its value is the word's place */
    SETTING_TEXT,   /* a list of names, or words for something; "" for none */
    SETTING_NAME,   /* a host's or service's name, kept canonical; "" for none */
};

struct setting {
    const char *name; /* as the server spells it */
    enum setting_type type;
    const char *initial;
    long minimum, maximum;
    const char *choices; /* "any ipv6 ipv4" */
    const char *text;    /* what it does, one sentence */
};

enum { SETTINGS_MOST = 24 };

/* The values of one profile's settings. */
struct settings {
    const struct profile *profile;
    long numbers[SETTINGS_MOST];
    char *texts[SETTINGS_MOST]; /* owned; NULL but for SETTING_TEXT and _NAME */
};

void settings_init(struct settings *settings, const struct profile *profile); /* initial values */
void settings_clear(struct settings *settings);
void settings_copy(struct settings *to, const struct settings *from); /* `to` is not initialised */
/* Reads "smtp_mx_address_limit=3". On failure *why (may be NULL) is a sentence that names what is
 * known; static or owned by nobody until the next call. STATUS_NOT_FOUND: no such setting. */
enum status settings_set(struct settings *settings, const char *assignment, const char **why);
long settings_number(const struct settings *settings, const char *name);
const char *settings_text(const struct settings *settings, const char *name); /* "" when empty */
/* The value as settings_set reads it back, into out (cut if need be); returned. */
enum { SETTING_TEXT_SIZE = 256 };
const char *settings_print(const struct settings *settings, size_t index,
                           char out[SETTING_TEXT_SIZE]);
bool settings_is_initial(const struct settings *settings, size_t index);

#endif
