/* The program with its screen: one loop that makes events of keys, replies and the clock, lets
 * update() judge them and does what comes out. */
#ifndef MAIN_MAIN_SCREEN_H
#define MAIN_MAIN_SCREEN_H

#include "app/settings/lesson.h"
#include "main/input/main_request.h"
#include "net/source.h"

#include <stdbool.h>

struct uv_loop_s;

/* Runs until the user leaves, or until the replay is dumped. `utf8`: the user's terminal takes it.
 * Returns the exit status. */
int main_run_screen(struct uv_loop_s *loop, struct source *source, const struct request *request,
                    const struct lessons *lessons, bool utf8);

#endif
