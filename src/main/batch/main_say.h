/* What the program says on standard error, and how it ends. */
#ifndef MAIN_BATCH_MAIN_SAY_H
#define MAIN_BATCH_MAIN_SAY_H

#include "base/fault.h"

enum exit_status {
    EXIT_ANSWERED = 0,
    EXIT_FINDING = 1, /* --check: a finding of severity error */
    EXIT_USAGE = 2,
    EXIT_NO_ANSWER = 3, /* no name could be looked up */
    EXIT_INPUT = 4,     /* a file is unreadable or malformed */
    EXIT_SIGNAL = 128,  /* and the number of the signal that ended it */
};

/* From now on nothing outside ASCII is written: the user's terminal would not show it. */
void say_in_ascii(void);
/* "mxtrail: " and the sentence, escaped, as one line. */
void main_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "file:line: message" each, what is about a whole file as main_say() has it, and how many more
 * there are. */
void say_faults(const struct faults *faults);

#endif
