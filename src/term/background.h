/* Is the ground of the terminal light or dark? It is asked (OSC 11), and may answer or not. */
#ifndef TERM_BACKGROUND_H
#define TERM_BACKGROUND_H

#include <stdbool.h>

/* What stands between "ESC ]" and its end: "11;rgb:ffff/ffff/ffff", one to four digits each. False
 * when it is no colour of the ground. */
bool background_parse(const char *answer, bool *light);

#endif
