/* Files that are written whole or not at all. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/text.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Makes the folders of the path (0700) where they are missing. */
void file_make_folders(const char *path);
/* Appends what is left to read; false with errno when that fails, or (EFBIG) is more than `most`
 * bytes. */
bool file_read(int fd, size_t most, struct text *bytes);
/* Puts a new file with these bytes in the place of the path, synced and renamed over it. It has the
 * mode and, where that may be given, the owner of `like`; NULL: 0600 and the user's. False with
 * errno: then the old one is as it was. */
bool file_replace(const char *path, const struct text *bytes, const struct stat *like);

#endif
