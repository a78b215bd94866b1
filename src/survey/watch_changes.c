#include "survey/watch_changes.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

enum { LOG_MAX = 1000 };

/* What was last known of a question: its records as lines. */
struct known {
    struct question question; /* name owned */
    char **lines;
    size_t count, capacity;
};

struct changes {
    struct known *known;
    size_t known_count, known_capacity;
    struct change *log;
    size_t log_count, log_capacity;
    const char **came; /* made by changes_lines */
    size_t came_capacity;
};

struct changes *changes_new(void)
{
    return memory_new(1, sizeof(struct changes));
}

static void lines_clear(struct known *known)
{
    for (size_t i = 0; i < known->count; i++)
        free(known->lines[i]);
    known->count = 0;
}

void changes_free(struct changes *changes)
{
    if (!changes)
        return;
    for (size_t i = 0; i < changes->known_count; i++) {
        lines_clear(&changes->known[i]);
        free(changes->known[i].lines);
        free((char *)changes->known[i].question.name);
    }
    for (size_t i = 0; i < changes->log_count; i++)
        free(changes->log[i].line);
    free(changes->known);
    free(changes->log);
    free(changes->came);
    free(changes);
}

/* TTLs run down in caches, so a record is the same whatever its TTL. */
static char *line_of(const struct record *record)
{
    char type[TYPE_TEXT];
    struct text line = {0};

    text_format(&line, "%s %s %s", record->owner, type_text(record->type, type), record->rdata);
    return text_take(&line);
}

static bool has_line(char *const *lines, size_t count, const char *line)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i], line) == 0)
            return true;
    return false;
}

static struct known *find_known(struct changes *changes, const struct question *question)
{
    for (size_t i = 0; i < changes->known_count; i++)
        if (question_equal(&changes->known[i].question, question))
            return &changes->known[i];
    return NULL;
}

static void remember(struct known *known, const struct reply *reply)
{
    lines_clear(known);
    for (size_t i = 0; i < reply->record_count; i++)
        ARRAY_PUSH(known->lines, known->count, known->capacity, line_of(reply->records[i]));
}

/* Single servers and signatures are asked beside the question proper: their answers would tell
 * the same change once more. */
static bool is_aside(const struct question *question)
{
    return (question->flags & (QUESTION_NO_RECURSION | QUESTION_CHECKING_DISABLED)) != 0;
}

void changes_keep(struct changes *changes, const struct answers *answers)
{
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        struct known *known = find_known(changes, &reply->question);
        if (outcome_is_temporary(reply->outcome) || is_aside(&reply->question))
            continue;
        if (!known) {
            struct known fresh = {.question = reply->question};
            fresh.question.name = memory_dup(reply->question.name);
            ARRAY_PUSH(changes->known, changes->known_count, changes->known_capacity, fresh);
            known = &changes->known[changes->known_count - 1];
        }
        remember(known, reply);
    }
}

static void log_line(struct changes *changes, int64_t at_ms, bool came, const char *line)
{
    struct change change = {at_ms, came, memory_dup(line)};

    if (changes->log_count == LOG_MAX) {
        free(changes->log[0].line);
        memmove(changes->log, changes->log + 1, --changes->log_count * sizeof *changes->log);
    }
    ARRAY_PUSH(changes->log, changes->log_count, changes->log_capacity, change);
}

void changes_note(struct changes *changes, const struct reply *reply)
{
    struct known *known = find_known(changes, &reply->question), fresh = {0};

    if (!known || outcome_is_temporary(reply->outcome))
        return;
    remember(&fresh, reply);
    for (size_t i = 0; i < known->count; i++)
        if (!has_line(fresh.lines, fresh.count, known->lines[i]))
            log_line(changes, reply->received_ms, false, known->lines[i]);
    for (size_t i = 0; i < fresh.count; i++)
        if (!has_line(known->lines, known->count, fresh.lines[i]))
            log_line(changes, reply->received_ms, true, fresh.lines[i]);
    lines_clear(known);
    free(known->lines);
    known->lines = fresh.lines;
    known->count = fresh.count;
    known->capacity = fresh.capacity;
}

size_t changes_count(const struct changes *changes)
{
    return changes->log_count;
}

const struct change *changes_at(const struct changes *changes, size_t index)
{
    return &changes->log[index];
}

const char *const *changes_lines(struct changes *changes, size_t *count)
{
    *count = 0;
    changes->came =
        array_reserve(changes->came, &changes->came_capacity, changes->log_count, sizeof(char *));
    for (size_t i = 0; i < changes->log_count; i++)
        if (changes->log[i].came)
            changes->came[(*count)++] = changes->log[i].line;
    return changes->came;
}
