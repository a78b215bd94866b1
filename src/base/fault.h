/* What is wrong with a text file, each fault as "file:line: message", in the order found. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stddef.h>

enum { FAULTS_KEPT = 20 };

struct faults {
    char *lines[FAULTS_KEPT]; /* owned; the first `kept` are set */
    size_t kept, total;       /* total also counts those beyond FAULTS_KEPT */
};

/* line 0 leaves the line number out. The message is escaped (base/escape.h), the file name too. */
void faults_add(struct faults *faults, const char *file, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void faults_clear(struct faults *faults);

#endif
