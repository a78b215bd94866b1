/* The command line as data. */
#ifndef APP_SETTINGS_OPTIONS_H
#define APP_SETTINGS_OPTIONS_H

#include "base/memory.h"
#include "base/status.h"
#include "base/text.h"
#include "dns/address.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEED_DEFAULT = 1, DELIVERIES_DEFAULT = 10000, DELIVERIES_MAX = 1000000000 };
#define SEED_MAX ((uint64_t)INT64_MAX) /* as JSON has it */

enum output { OUTPUT_SCREEN, OUTPUT_REPORT, OUTPUT_JSON };

struct strings {
    const char **list;
    size_t count, capacity;
};

struct options {
    enum output
        output; /* --report, --json, --batch; the caller turns SCREEN into REPORT without tty */
    const char *batch; /* file name or "-"; NULL */
    bool markdown;     /* --report=md */
    bool ordered;      /* the batch's lines in the order of its names */
    struct strings names, servers, zones, types;
    struct strings places; /* --site, and those that zone files hold: app/settings/places.h */
    const char *origin;    /* --origin: of zones that state none; NULL */
    const char *resume;    /* a file of JSON lines; NULL */
    struct strings fields; /* --fields */
    bool summary;
    bool overlay; /* zones lie over live DNS */
    bool demo;
    const char *lesson; /* of --demo: an id, "list", or NULL */
    size_t lesson_step; /* from 1; 0: none is named */
    bool print, print_markdown;
    const char *export_lesson, *notes, *cast; /* NULL: not given */
    const char *check_lesson;                 /* a folder, a lesson or "all"; NULL */
    unsigned long simulate;                   /* deliveries; 0: none asked for */
    uint64_t seed;
    const char *profile; /* never NULL */
    struct strings sets, downs, ignored, sub_names, selectors, own_addresses;
    const char *as, *srv, *algorithm, *client; /* NULL: not given */
    const char *compare;                       /* "postfix,exim"; NULL: not given */
    struct strings edits;                      /* of --whatif */
    bool matrix, round_robin;
    bool diagram;
    bool as_if_signed;
    bool rotates;               /* the sender's resolver */
    const char *mta_sts_policy; /* a file; NULL */
    bool fetch_policy;
    int family; /* 0, 4, 6 */
    const char *spf_ip, *spf_from, *spf_helo;
    const char *resolvers; /* NULL */
    const char *ca;        /* NULL; else the file of trusted certificates */
    bool trace;
    const char *hints;  /* a file or addresses; NULL */
    const char *expect; /* a file; NULL */
    const char *diff;   /* what is laid beside; NULL: nothing */
    bool check;
    const char *record, *replay;
    bool force;   /* --record may overwrite */
    double speed; /* 0: at once */
    bool slides;  /* from key to key */
    bool dump;
    uint16_t port; /* 0: 53 */
    int server_family;
    bool tcp;
    unsigned timeout_ms, tries; /* 0: as SAFETY has them */
    unsigned questions;         /* for one name; 0: not given */
    unsigned time_limit_s;      /* for one name */
    bool ask_private;
    const char *theme, *lang; /* NULL: not given */
    const char *config;       /* its file; "" for none, NULL for the user's own */
    bool ascii, mono, mouse, history, present;
    const char *completion; /* a shell; NULL */
    bool version, help, schema;
};

/* Reads the arguments; strings are borrowed from argv or live in the arena. On failure `why` has
 * the sentence behind "mxtrail: ": "--port 0: must be 1 to 65535". */
enum status options_parse(int argc, char **argv, struct arena *arena, struct options *options,
                          struct text *why);

/* Appends "--as x..y: a label is empty": what is wrong with the value of an option. */
void options_say(struct text *why, const char *option, const char *value, const char *reason);

/* May the value be left out, by the table's word for it: "[ARG]", not "[NAME=]FILE"? */
bool options_is_optional(const char *argument);
/* The text of --help. */
void options_help(struct text *out);
/* The options as a part of the manual page (mdoc). */
void options_manual(struct text *out);

#endif
