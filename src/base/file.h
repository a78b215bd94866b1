/* Names of files, and files that are written whole or not at all. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/text.h"

#include <stdbool.h>
#include <sys/stat.h>

/* "/home/me/.local/state/mxtrail/history", of ".local/state" and "/history": in the folder that the
 * variable names, or else in that one below $HOME; NULL when neither is told. The caller frees it.
 */
char *file_of_user(const char *variable, const char *folder, const char *name);
/* The path without its folders; a part of it. */
const char *file_name(const char *path);
/* Makes the folders of the path (0700) where they are missing. */
void file_make_folders(const char *path);
/* Appends what is left to read; false with errno when that fails, or (EFBIG) is more than `most`
 * bytes. */
bool file_read(int fd, size_t most, struct text *bytes);
/* What keeps a file of the user's own from being read. */
enum file_fault {
    FILE_GOOD,
    FILE_ABSENT,
    FILE_LINK, /* none is followed */
    FILE_CLOSED,
    FILE_IRREGULAR, /* no regular file */
    FILE_FOREIGN,   /* somebody else's */
    FILE_COMMON,    /* others may write it */
    FILE_LARGE,
    FILE_UNREAD,
    FILE_FAULTS,
};
/* Appends what is in a file that is trusted no further than it must be. */
enum file_fault file_read_own(const char *path, size_t most, struct text *bytes);
/* Programs that change a file at the same time take turns, by a lock on its folder. One that stands
 * still meanwhile is not waited for: then the last one to write wins. Close the result, unless -1.
 */
int file_take_turn(const char *path);
/* Puts a new file with these bytes in the place of the path, synced and renamed over it. It has the
 * mode and, where that may be given, the owner of `like`; NULL: 0600 and the user's. False with
 * errno: then the old one is as it was. */
bool file_replace(const char *path, const struct text *bytes, const struct stat *like);

#endif
