/* The source of replies that the command line asks for. */
#ifndef MAIN_MAIN_SOURCE_H
#define MAIN_MAIN_SOURCE_H

#include "app/settings/lesson.h"
#include "app/settings/options.h"
#include "main/main_state.h"
#include "net/source.h"

struct uv_loop_s;

/* What zone files show beside their answers, in the arena: sites and GUIDs are added to `places`.
 */
struct places_found {
    struct strings *places;
    struct arena *arena;
    struct zone_flaws flaws;
};

/* Reports what is wrong on standard error and returns the program's exit status, 0 when *source is
 * set. `lesson` is the one chosen, NULL without --demo. */
int main_open_source(struct uv_loop_s *loop, const struct options *options,
                     const struct lesson *lesson, struct places_found *found,
                     struct source **source);

/* The source of one lesson's zone; prints what is wrong with it. NULL then. */
struct source *source_open_lesson(const struct lesson *lesson);

/* Where questions go now. */
struct source *program_source(const struct program *program);

#endif
