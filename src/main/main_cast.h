/* --cast: a recording as an asciicast (version 2), for players of terminal sessions. */
#ifndef MAIN_MAIN_CAST_H
#define MAIN_MAIN_CAST_H

#include "main/main_program.h"

/* Plays the recording at once and writes what the screen showed when. The same recording gives the
 * same bytes. Returns the exit status. */
int cast_write(struct program *program, struct replay *replay, const char *path);

#endif
