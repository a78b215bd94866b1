#include "base/utf8.h"
#include "dns/type.h"
#include "report/text_parts.h"
#include "sheet/rotation_rows.h"
#include "sheet/words.h"

enum { BAR_COLUMNS = 24, LABEL_LEAST = 16 };

static int bar_column(const struct rotation_rows *rows)
{
    int column = LABEL_LEAST;

    for (size_t i = 0; i < rows->count; i++) {
        int end = 4 + utf8_columns(rows->labels[i]) + 2;
        column = end > column ? end : column;
    }
    return column < 46 ? column : 46;
}

static void bar(struct text_report *paper, const struct rotation_rows *rows,
                const struct rotation_case *played, size_t index, int column)
{
    const struct rotation_share *share = &played->rotation->shares[index];
    size_t line = paper->out->length;
    char word[WORD_SIZE];

    text_format(paper->out, "%*s%s", 4, "", rows->labels[index]);
    text_column(paper, line, column);
    for (int i = 0; i < BAR_COLUMNS; i++)
        text_add_char(paper->out, i < (int)(share->served_share * BAR_COLUMNS + 0.5) ? '#' : '.');
    text_format(paper->out, " %7s\n",
                played->down[index] ? "down" : words_share(share->served_share, word));
}

static void play(struct text_report *paper, const struct rotation_rows *rows,
                 const struct rotation_case *played, struct arena *arena)
{
    const char *then = rotation_rows_then(rows, played, arena);
    const struct rotation *rotation = played->rotation;
    int column = bar_column(rows);
    char tries[WORD_SIZE], lost[WORD_SIZE];

    text_paragraph(paper, TEXT_INDENT, 2,
                   arena_format(arena, "%s. %s", played->title, rotation->text));
    for (size_t i = 0; i < rows->count; i++)
        bar(paper, rows, played, i, column);
    if (then)
        text_paragraph(paper, 4, 2, arena_format(arena, "TTL after TTL: %s", then));
    if (rotation->extra_tries || rotation->unserved)
        text_paragraph(paper, 4, 2,
                       arena_format(arena, "%s tries in vain, %s users not served",
                                    words_number(rotation->extra_tries, tries),
                                    words_number(rotation->unserved, lost)));
}

static void records(struct text_report *paper, const struct reply *reply)
{
    const struct sender *sender = survey_sender(paper->report->survey);
    struct rotation_case cases[ROTATION_CASES];
    struct arena *arena = arena_new();
    struct rotation_rows rows;
    char type[TYPE_TEXT], users[WORD_SIZE];
    size_t count;

    rotation_rows_build(reply, paper->facts, sender, arena, &rows);
    count = rotation_rows_play(&rows, sender->seed, arena, cases);
    if (count)
        text_heading(paper, "Who gets which first: %s, %s users",
                     type_text(reply->question.type, type), words_number(ROTATION_USERS, users));
    for (size_t i = 0; i < count; i++)
        play(paper, &rows, &cases[i], arena);
    arena_free(arena);
}

void text_rotation(struct text_report *paper)
{
    const struct facts *facts = paper->facts;

    records(paper, facts->self.a);
    records(paper, facts->self.aaaa);
    records(paper, facts->ns.reply);
}
