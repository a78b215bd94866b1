#include "main/input/main_marks.h"

#include "app/settings/marks.h"
#include "base/file.h"
#include "base/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MARKS_BYTES = 1 << 20 };

char *marks_path(void)
{
    return file_of_user("XDG_STATE_HOME", ".local/state", "/lessons");
}

static bool read_marks(const char *path, struct lesson_marks *marks, struct text *why)
{
    struct text bytes = {0};
    enum file_fault fault = file_read_own(path, MARKS_BYTES, &bytes);

    if (fault == FILE_GOOD)
        marks_read(marks, text_get(&bytes), bytes.length);
    else if (fault != FILE_ABSENT)
        text_add(why, tr("marks of lessons are not kept: their file is not to be trusted"));
    text_clear(&bytes);
    return fault == FILE_GOOD || fault == FILE_ABSENT;
}

static void print_marks(const struct lesson_marks *marks, struct text *out)
{
    for (size_t i = 0; i < marks->count; i++) {
        marks_print(&marks->list[i], out);
        text_add_char(out, '\n');
    }
}

bool marks_load(const char *path, struct text *lines, struct text *why)
{
    struct lesson_marks marks = {0};
    bool good = read_marks(path, &marks, why);

    print_marks(&marks, lines);
    marks_clear(&marks);
    return good;
}

static bool replace(const char *path, struct lesson_marks *marks, const char *line,
                    struct text *why)
{
    struct text bytes = {0};
    bool good;

    print_marks(marks, &bytes);
    text_format(&bytes, "%s\n", line);
    marks_clear(marks);
    marks_read(marks, text_get(&bytes), bytes.length);
    text_cut(&bytes, 0);
    print_marks(marks, &bytes);
    good = file_replace(path, &bytes, NULL);
    if (!good)
        text_format(why, tr("marks of lessons are not kept: %s: %s"), path, strerror(errno));
    text_clear(&bytes);
    return good;
}

bool marks_keep(const char *path, const char *line, struct text *why)
{
    struct lesson_marks marks = {0};
    bool good;
    int turn;

    file_make_folders(path);
    turn = file_take_turn(path);
    good = read_marks(path, &marks, why) && replace(path, &marks, line, why);
    if (turn >= 0)
        close(turn);
    marks_clear(&marks);
    return good;
}
