/* A program of the user's on the terminal, while the screen waits. */
#ifndef MAIN_MAIN_RUN_H
#define MAIN_MAIN_RUN_H

#include "main/main_state.h"

/* Runs the words, each with a line end behind it, without a shell, and waits for it and for Enter.
 * What came of it is noted. */
void program_run(struct program *program, const char *words);

#endif
