/* The files the program carries inside itself: themes/, help/ and data/ of the source tree, turned
 * into C by src/embed.sh when the program is built. Everything here is constant and lives as long
 * as the program; a path is as in the source tree, "themes/okabe-dark.ini". */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path;
    const unsigned char *bytes; /* followed by a NUL that does not count */
    size_t length;
};

/* All files, sorted by path as strcmp sorts; embedded_files[embedded_count].path is NULL. */
extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* The file of that exact path, NULL when there is none. */
const struct embedded *embedded_find(const char *path);

/*
 * Walks the files of a folder in order of their paths: the first whose path begins with
 * prefix when after is NULL, else the one behind after; NULL at the end.
 */
const struct embedded *embedded_next(const char *prefix, const struct embedded *after);

#endif
