#include "view/panes/row.h"

#include "base/memory.h"
#include "sheet/words.h"

#include <string.h>

struct row *rows_add(struct rows *rows, struct arena *arena)
{
    if (rows->count >= ROWS_SHOWN) {
        rows->cut++;
        return arena_alloc(arena, 1, sizeof *rows->rows);
    }
    rows->rows = arena_grow(arena, rows->rows, rows->count, &rows->capacity, sizeof *rows->rows);
    return &rows->rows[rows->count++];
}

void row_identity(const struct row *row, struct text *out)
{
    text_format(out, "%u ", row->depth);
    if (row->name)
        text_add(out, row->name);
    text_add_char(out, ' ');
    if (row->record)
        text_format(out, "%s %u %s", row->record->owner, row->record->type, row->record->rdata);
    else if (row->words)
        text_add(out, row->words);
}

void row_text(const struct row *row, struct text *out)
{
    if (row->name)
        words_name(row->name, true, out);
    text_add_char(out, ' ');
    if (row->record)
        record_print(row->record, out);
    else
        text_add(out, row->words ? row->words : words_reply(row->reply).word);
    if (row->line) {
        text_add_char(out, ' ');
        text_add(out, row->line);
    }
}

/* What a zone-file line says of its owner: the part behind owner, TTL, class and type. */
static const char *line_data(const char *line)
{
    for (int field = 0; field < 4 && *line; field++) {
        line += strcspn(line, " ");
        line += strspn(line, " ");
    }
    return line;
}

void row_value(const struct row *row, struct text *out)
{
    const char *target = row->record ? record_target(row->record) : NULL;

    if (row->value)
        text_add(out, row->value);
    else if (target)
        words_name(target, false, out);
    else if (row->record)
        text_add(out, row->record->rdata);
    else if (row->line)
        text_add(out, line_data(row->line));
    else if (row->name)
        words_name(row->name, false, out);
    else if (row->words)
        text_add(out, row->words);
}

void row_line(const struct row *row, struct text *out)
{
    if (row->record)
        record_print(row->record, out);
    else if (row->line)
        text_add(out, row->line);
}
