/* A survey and the master file that answers it. */
#ifndef TESTS_SURVEY_WORLD_H
#define TESTS_SURVEY_WORLD_H

#include "dns/zone/zone.h"
#include "survey/survey.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORLD_ASKED_MAX = 4096 };

struct asked {
    struct question question; /* name owned */
    int priority;
};

struct survey_world {
    struct zone *zone;
    struct survey *survey;
    struct asked asked[WORLD_ASKED_MAX]; /* every question handed out, in order */
    size_t asked_count;
    bool again;                  /* one was handed out that had been before */
    const char *silent, *broken; /* questions about these names are not answered so; NULL none */
};

/* `zone` follows "$ORIGIN example.com.", "$TTL 3600", two name servers with addresses and, unless
 * it has one, an SOA. Options NULL: only the panes. Fails the test when zone or name is bad. */
void survey_world_init(struct survey_world *world, const char *typed, const char *zone,
                       const struct survey_options *options);
void survey_world_clear(struct survey_world *world);

/* Takes all questions that are open now, without answering them; their number. */
size_t survey_world_ask(struct survey_world *world);
/* Answers a plain question from the zone, asked or not. */
void survey_world_answer(struct survey_world *world, const char *name, uint16_t type);
/* Asks and answers until the survey is complete. */
void survey_world_run(struct survey_world *world);

/* The same, with the replies in an order drawn by the seed, some of them late. */
void survey_world_run_in_order(struct survey_world *world, uint64_t seed);

/* The first finding of that id; fails the test where there is none. */
const struct finding *survey_world_finding(const struct survey_world *world, const char *id);

/* Where in `asked` the plain question (no flags, no server) stands, at `from` or later; -1:
 * nowhere. */
int survey_world_find(const struct survey_world *world, const char *name, uint16_t type,
                      size_t from);

#endif
