#include "report/earlier/earlier.h"

#include "base/memory.h"
#include "dns/type.h"
#include "report/earlier/json_read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char head[] = "# mxtrail ";

static bool is_recording(const char *text, size_t length)
{
    return length >= strlen(head) && memcmp(text, head, strlen(head)) == 0;
}

static bool is_report(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length && isspace((unsigned char)text[at]))
        at++;
    return at < length && text[at] == '{';
}

bool earlier_begins(const char *text, size_t length)
{
    return is_recording(text, length) || is_report(text, length);
}

/* NULL, or what is wrong with the line. */
static const char *take_line(struct answers *answers, const char *line)
{
    const char *at = *line == '#' ? NULL : strstr(line, " reply "), *why;
    struct reply *reply;

    if (!at)
        return NULL;
    if (reply_parse(at + strlen(" reply "), &reply, &why))
        return why;
    if (answers_find(answers, &reply->question))
        reply_free(reply);
    else
        answers_put(answers, reply);
    return NULL;
}

static bool read_recording(const char *text, size_t length, const char *file,
                           struct answers *answers, struct faults *faults)
{
    const char *why = NULL;
    size_t number = 0;

    while (length && !why) {
        const char *end = memchr(text, '\n', length);
        size_t octets = end ? (size_t)(end - text) : length;
        char *line = memory_dup_bytes(text, octets);

        number++;
        if ((why = take_line(answers, line)))
            faults_add(faults, file, number, "%s", why);
        free(line);
        octets += end != NULL;
        text += octets;
        length -= octets;
    }
    return !why;
}

struct answers *earlier_read(const char *text, size_t length, const char *file,
                             struct faults *faults)
{
    struct answers *answers = answers_new();
    bool good = is_recording(text, length) ? read_recording(text, length, file, answers, faults)
                                           : json_read_answers(text, length, file, answers, faults);

    if (good)
        return answers;
    answers_free(answers);
    return NULL;
}

bool earlier_knows(const struct answers *answers, const char *name)
{
    struct question mx = {.name = name, .type = TYPE_MX}, address = {.name = name, .type = TYPE_A};

    return answers_find(answers, &mx) && answers_find(answers, &address);
}
