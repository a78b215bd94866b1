#include "policy/findings/finding_rows.h"

#include "base/message.h"
#include "base/text.h"
#include "dns/name.h"

#include <string.h>

enum { ROWS_NAMED = 4 };

static bool has_one_cause(const struct finding *a, const struct finding *b)
{
    if (a->severity != b->severity || a->id != b->id)
        return false;
    return a->cause && b->cause && strcmp(a->cause, b->cause) == 0;
}

static const char *about_of(struct arena *arena, const struct finding *finding)
{
    return finding->about ? finding->about : name_shown(arena, finding->subject);
}

static void keep_row(struct finding *kept, struct finding_row *rows, const struct finding *finding)
{
    rows[kept->row_count++] =
        (struct finding_row){finding->subject, finding->about, finding->record};
    kept->rows = rows;
}

/* "The same applies to a.example.com, b.example.com and 3 more." */
static void say_rows(struct arena *arena, struct finding *kept, const char *const *others,
                     size_t count)
{
    size_t named = count <= ROWS_NAMED + 1 ? count : ROWS_NAMED, unnamed = count - named;
    struct text list = {0};

    message_list(&list, others, named, unnamed + kept->also);
    kept->text = arena_format(arena, tr("%s The same applies to %s."), kept->text, text_get(&list));
    text_clear(&list);
}

/* Takes the others of its cause out of those behind it; returns where the rest ends. */
static size_t gather(struct arena *arena, struct finding *findings, size_t place, size_t end)
{
    struct finding *kept = &findings[place];
    struct finding_row *rows = arena_alloc(arena, end - place, sizeof *rows);
    const char **others = arena_alloc(arena, end - place, sizeof *others);
    size_t rest = place + 1, count = 0;

    keep_row(kept, rows, kept);
    for (size_t i = place + 1; i < end; i++) {
        if (!has_one_cause(kept, &findings[i])) {
            findings[rest++] = findings[i];
            continue;
        }
        keep_row(kept, rows, &findings[i]);
        kept->also += findings[i].also;
        others[count++] = about_of(arena, &findings[i]);
    }
    say_rows(arena, kept, others, count);
    return rest;
}

/* Those of one id and severity stand together. */
static bool has_alike(const struct finding *findings, size_t place, size_t end)
{
    for (size_t i = place + 1; i < end && findings[i].id == findings[place].id; i++)
        if (has_one_cause(&findings[place], &findings[i]))
            return true;
    return false;
}

static bool is_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool reads_alike(const struct finding *a, const struct finding *b)
{
    return strcmp(a->text, b->text) == 0 && is_same_text(a->about, b->about) &&
           is_same_text(a->record, b->record);
}

/* Those of one id about one subject stand together. */
static bool is_told_before(const struct finding *findings, size_t kept,
                           const struct finding *finding)
{
    while (kept-- > 0 && findings[kept].id == finding->id &&
           strcmp(findings[kept].subject, finding->subject) == 0)
        if (reads_alike(&findings[kept], finding))
            return true;
    return false;
}

/* Two terms that lead to one record make one finding. */
static size_t drop_alike(struct finding *findings, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_told_before(findings, kept, &findings[i]))
            findings[kept++] = findings[i];
    return kept;
}

size_t finding_rows_merge(struct arena *arena, struct finding *findings, size_t count)
{
    count = drop_alike(findings, count);
    for (size_t place = 0; place < count; place++)
        if (has_alike(findings, place, count))
            count = gather(arena, findings, place, count);
    return count;
}
