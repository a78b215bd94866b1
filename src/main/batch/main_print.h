/* What the program prints about itself on standard output. Each returns the exit status. */
#ifndef MAIN_BATCH_MAIN_PRINT_H
#define MAIN_BATCH_MAIN_PRINT_H

#include "app/settings/lesson.h"

int print_help(void);
int print_version(void);
/* A page of the help, as it is. */
int print_page(const char *path);
int print_lessons(const struct lessons *lessons);
/* The script for a shell, "bash", "zsh" or "fish". */
int print_completion(const char *shell, const struct lessons *lessons);

#endif
