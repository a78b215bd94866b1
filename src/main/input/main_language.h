/* The character set and the language of the process: by the option, the configuration file, then
 * the environment. A language other than English needs UTF-8. */
#ifndef MAIN_INPUT_MAIN_LANGUAGE_H
#define MAIN_INPUT_MAIN_LANGUAGE_H

#include "app/settings/options.h"

#include <stdbool.h>

/* Sets LC_CTYPE to UTF-8, for that is what all text inside is. Returns whether the user's own
 * character set is; where it is not, screen and text report use ASCII. A locale whose name says
 * UTF-8 counts even where the system has not generated it. */
bool language_set_charset(void);
/* The language of LANGUAGE, LC_ALL, LC_MESSAGES, LANG, as their text says it; unknown: English. */
void language_from_environment(bool utf8);
/* --lang as it is typed, so that what is wrong with the other options is said in that language. */
void language_from_arguments(int argc, char **argv, bool utf8);
/* --lang, else `lang` of the configuration file, if there is one. JSON is English always. False
 * when there is no such language: said, with those there are. */
bool language_choose(const struct options *options, bool utf8);

#endif
