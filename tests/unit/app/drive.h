/* Drives the interactive program without a terminal or a network: events go in, a zone answers, the
 * screen comes out as text. */
#ifndef TESTS_UNIT_APP_DRIVE_H
#define TESTS_UNIT_APP_DRIVE_H

#include "app/events/event.h"
#include "app/state/ui.h"
#include "app/update.h"
#include "dns/zone/zone.h"

struct drive {
    struct ui *ui;
    struct canvas *canvas;
    struct zone *zone;
    struct effects effects; /* what the last event led to, but for questions */
    int64_t now_ms;
    bool silent;            /* questions are not answered but kept */
    int64_t time_limit_ms;  /* for one name; 0: none */
    const char *marks;      /* of lessons, as lines of a file; NULL: none */
    bool privacy;           /* others look on */
    bool panes_only;        /* only what the four panes need is asked */
    struct question *asked; /* kept ones, and the total number of questions */
    size_t asked_count, asked_capacity, total, most_open;
    struct text screen;
};

/* A screen of that size with the zone of that text (NULL: tests/unit/app/example.zone). */
void drive_open(struct drive *drive, int width, int height, const char *zone_text);
void drive_close(struct drive *drive);

/* Events, one millisecond apart. Keys by name, blank between them: "Down Enter Space". */
void drive_keys(struct drive *drive, const char *keys);
void drive_name(struct drive *drive, const char *name);       /* typed into the prompt */
void drive_command(struct drive *drive, const char *command); /* typed behind ":" */
void drive_type(struct drive *drive, const char *text);       /* typed, not submitted */
void drive_resize(struct drive *drive, int width, int height);
void drive_event(struct drive *drive, struct event event);
/* Time passes; ticks come while the program is busy. */
void drive_wait(struct drive *drive, int64_t ms);
/* Answers the kept questions: all, or the first of that type. */
void drive_answer(struct drive *drive);
bool drive_answer_type(struct drive *drive, uint16_t type);
/* Hands over a reply of that outcome to the first kept question of the type. */
bool drive_fail_type(struct drive *drive, uint16_t type, enum outcome outcome);

/* The screen as text, valid until the next call. */
const char *drive_screen(struct drive *drive);
/* Fails the test, showing the screen, unless the text is on it; or if it is. */
void drive_sees(struct drive *drive, const char *text);
void drive_misses(struct drive *drive, const char *text);
/* Was there an effect of the kind? Its text, "" for one without, NULL for none. */
const char *drive_effect(const struct drive *drive, enum effect_kind kind);

/* Fails the test unless the screen is that of tests/unit/app/golden/NAME.txt. With GOLDEN=write in
 * the environment it writes the file instead (look at it before you commit it). */
void drive_golden(struct drive *drive, const char *name);

#endif
