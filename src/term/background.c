#include "term/background.h"

#include <stdlib.h>
#include <string.h>

/* A part of 0 to 1 in hexadecimal; false for anything else. */
static bool read_part(const char **cursor, double *part)
{
    static const double most[] = {0, 0xf, 0xff, 0xfff, 0xffff};
    size_t digits = strspn(*cursor, "0123456789abcdefABCDEF");

    if (digits < 1 || digits > 4)
        return false;
    *part = (double)strtol(*cursor, NULL, 16) / most[digits];
    *cursor += digits;
    return true;
}

bool background_parse(const char *answer, bool *light)
{
    static const char head[] = "11;rgb";
    double red, green, blue;

    if (strncmp(answer, head, strlen(head)) != 0)
        return false;
    answer += strlen(head);
    answer += *answer == 'a'; /* rgba, where it can be seen through */
    if (*answer++ != ':' || !read_part(&answer, &red) || *answer++ != '/' ||
        !read_part(&answer, &green) || *answer++ != '/' || !read_part(&answer, &blue))
        return false;
    *light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5;
    return true;
}
