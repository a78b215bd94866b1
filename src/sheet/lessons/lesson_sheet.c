#include "sheet/lessons/lesson_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "sheet/page_sheet.h"

#include <stdlib.h>
#include <string.h>

enum { JOINED_COLUMNS = 60 }; /* from here on past steps stand in one line */
enum { STRIP_LINES = 3 };

/* ---- what page and strip share ---- */

/* "✓" behind the right choice, "✗" behind a wrong one that was chosen, "" behind others. */
static const char *mark_of(const struct lesson_part *asked, size_t choice)
{
    if (!asked->answer)
        return "";
    if (choice == asked->right)
        return "✓";
    return asked->chosen == (int)choice ? "✗" : "";
}

static enum role role_of(const struct lesson_part *asked, size_t choice)
{
    if (!asked->answer)
        return asked->chosen == (int)choice ? ROLE_MX_BEST : ROLE_TEXT;
    if (choice == asked->right)
        return ROLE_OK;
    return asked->chosen == (int)choice ? ROLE_ERROR : ROLE_DIM;
}

/* "2 of 3 right"; "" while nothing counted. In the arena. */
static const char *score(struct sheet *sheet, const struct lesson_view *lesson)
{
    return lesson->counted
               ? arena_format(sheet->arena, tr("%zu of %zu right"), lesson->right, lesson->counted)
               : "";
}

/* What is asked last; NULL: nothing yet. */
static const struct lesson_part *last_asked(const struct lesson_view *lesson)
{
    for (size_t i = lesson->part_count; i > 0; i--)
        if (lesson->parts[i - 1].kind == LESSON_ASKED)
            return &lesson->parts[i - 1];
    return NULL;
}

/* ---- the page ---- */

static void add_step(struct sheet *sheet, const struct lesson_view *lesson, size_t step)
{
    bool done = lesson->done[step], here = step == lesson->at;

    sheet_add(sheet, done ? ROLE_OK : ROLE_DIM, done ? "✓ " : here ? "▸ " : "  ");
    sheet_format(sheet, here ? ROLE_OVERLAY_TITLE : ROLE_DIM, "%zu %s", step + 1,
                 lesson->titles[step]);
}

/* Past steps have a line each, or stand in one where that is long. */
static void add_steps(struct sheet *sheet, const struct lesson_view *lesson)
{
    bool joined = sheet->width >= JOINED_COLUMNS;

    for (size_t step = 0; step < lesson->step_count && step <= lesson->at; step++) {
        int columns = utf8_columns(lesson->titles[step]) + 8;
        if (!joined || step == 0 || sheet_last(sheet)->end + columns > sheet->width) {
            sheet_line(sheet);
            sheet_select(sheet, (int)step, NULL);
        } else {
            sheet_tab(sheet, sheet_last(sheet)->end + 3);
        }
        add_step(sheet, lesson, step);
    }
}

static void add_choice(struct sheet *sheet, const struct lesson_part *asked, size_t choice)
{
    const char *mark = mark_of(asked, choice);

    sheet_line(sheet);
    sheet_format(sheet, ROLE_PREFERENCE, "%s%zu  ", asked->chosen == (int)choice ? "▸ " : "  ",
                 choice + 1);
    sheet_select(sheet, LESSON_CHOICE + (int)choice, NULL);
    sheet_wrap(sheet, 5, role_of(asked, choice), asked->choices[choice]);
    if (*mark)
        sheet_format(sheet, role_of(asked, choice), "  %s", mark);
}

/* Choices side by side where the line has room for all of them. */
static bool fits_one_line(const struct sheet *sheet, const struct lesson_part *asked)
{
    int columns = 0;

    for (size_t i = 0; i < asked->choice_count; i++)
        columns += utf8_columns(asked->choices[i]) + 9;
    return columns <= sheet->width;
}

/* "mx2 or mx3" of "mx2 or mx3, in random order", where there is no room for all. */
static const char *short_choice(struct sheet *sheet, const struct lesson_part *asked, size_t choice)
{
    const char *text = asked->choices[choice];

    return fits_one_line(sheet, asked) ? text
                                       : arena_dup_bytes(sheet->arena, text, strcspn(text, ",:;("));
}

static int joined_columns(struct sheet *sheet, const struct lesson_part *asked, size_t choice)
{
    const char *mark = mark_of(asked, choice);

    return 4 + utf8_columns(short_choice(sheet, asked, choice)) + (*mark ? 2 : 0);
}

static void add_joined(struct sheet *sheet, const struct lesson_part *asked, size_t choice)
{
    const char *mark = mark_of(asked, choice);

    if (sheet_last(sheet)->end)
        sheet_tab(sheet, sheet_last(sheet)->end + 3);
    sheet_format(sheet, ROLE_PREFERENCE, "%s%zu ", asked->chosen == (int)choice ? "▸ " : "  ",
                 choice + 1);
    sheet_add(sheet, role_of(asked, choice), short_choice(sheet, asked, choice));
    if (*mark)
        sheet_format(sheet, role_of(asked, choice), " %s", mark);
}

static void joined_line(struct sheet *sheet)
{
    sheet_line(sheet);
    sheet_last(sheet)->number = LESSON_CHOICES;
}

static void add_choices_joined(struct sheet *sheet, const struct lesson_part *asked)
{
    joined_line(sheet);
    for (size_t i = 0; i < asked->choice_count; i++)
        add_joined(sheet, asked, i);
}

/* What the span begins in a line of several side by side; -1: nothing. Choices begin with spans of
 * a role of their own, steps with their number. */
static int begun_by(const struct sheet_line *line, const struct span *span)
{
    if (line->number == LESSON_CHOICES)
        return span->role == ROLE_PREFERENCE
                   ? LESSON_CHOICE + span->text[strcspn(span->text, "123456")] - '1'
                   : -1;
    return line->number < LESSON_CHOICE && *span->text >= '1' && *span->text <= '9'
               ? atoi(span->text) - 1
               : -1;
}

int lesson_number_at(const struct sheet *sheet, size_t line, int column)
{
    const struct sheet_line *at = line < sheet->count ? &sheet->lines[line] : NULL;
    int number = at && at->number != LESSON_CHOICES ? at->number : -1;

    for (size_t i = 0; at && at->number >= 0 && i < at->span_count; i++)
        if (at->spans[i].column <= column && begun_by(at, &at->spans[i]) >= 0)
            number = begun_by(at, &at->spans[i]);
    return number;
}

static void add_prompt(struct sheet *sheet, const struct lesson_part *asked)
{
    sheet_gap(sheet);
    sheet_line(sheet);
    if (asked->chosen >= 0)
        sheet_wrap(sheet, 0, ROLE_DIM,
                   arena_format(sheet->arena, tr("Your choice: %d. Space shows the answer."),
                                asked->chosen + 1));
    else if (asked->choice_count)
        sheet_wrap(sheet, 0, ROLE_DIM,
                   arena_format(sheet->arena, tr("1-%zu choose, Space shows the answer."),
                                asked->choice_count));
    else
        sheet_wrap(sheet, 0, ROLE_DIM, tr("Space shows the answer."));
}

static void add_asked(struct sheet *sheet, const struct lesson_part *asked)
{
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_MX_BEST, asked->text);
    if (asked->choice_count && sheet->width >= JOINED_COLUMNS && fits_one_line(sheet, asked)) {
        add_choices_joined(sheet, asked);
    } else if (asked->choice_count) {
        sheet_gap(sheet);
        for (size_t i = 0; i < asked->choice_count; i++)
            add_choice(sheet, asked, i);
    }
    if (!asked->answer) {
        add_prompt(sheet, asked);
        return;
    }
    sheet_gap(sheet);
    page_draw(sheet, asked->answer, strlen(asked->answer), NULL);
    sheet_gap(sheet);
}

static void add_part(struct sheet *sheet, const struct lesson_part *part, bool first)
{
    switch (part->kind) {
    case LESSON_SAID:
        sheet_gap(sheet);
        page_draw(sheet, part->text, strlen(part->text), NULL);
        break;
    case LESSON_DONE:
    case LESSON_DUE:
        if (first)
            sheet_gap(sheet);
        sheet_line(sheet);
        sheet_add(sheet, part->kind == LESSON_DONE ? ROLE_OK : ROLE_KEY,
                  part->kind == LESSON_DONE ? "✓ " : "► ");
        sheet_wrap(sheet, 2, part->kind == LESSON_DONE ? ROLE_DIM : ROLE_TEXT, part->text);
        break;
    case LESSON_ASKED:
        add_asked(sheet, part);
        break;
    }
}

static void add_card(struct sheet *sheet, const struct lesson_view *lesson)
{
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_OVERLAY_TITLE, tr("The end of this lesson"));
    if (lesson->counted)
        sheet_pair(sheet, "", 0, ROLE_TEXT,
                   arena_format(sheet->arena, "%s.", score(sheet, lesson)));
    sheet_gap(sheet);
    sheet_pair(sheet, "", 0, ROLE_TEXT,
               lesson->next
                   ? arena_format(sheet->arena, tr("] opens the next lesson: %s"), lesson->next)
                   : tr("q goes to the list of lessons."));
}

void lesson_page_draw(struct sheet *sheet, const struct lesson_view *lesson)
{
    if (*lesson->intro) {
        page_draw(sheet, lesson->intro, strlen(lesson->intro), NULL);
        sheet_gap(sheet);
    }
    add_steps(sheet, lesson);
    for (size_t i = 0; i < lesson->part_count; i++) {
        enum lesson_part_kind kind = lesson->parts[i].kind;
        bool first = i == 0 || (lesson->parts[i - 1].kind != LESSON_DONE &&
                                lesson->parts[i - 1].kind != kind);
        add_part(sheet, &lesson->parts[i], first);
    }
    if (lesson->at == lesson->step_count)
        add_card(sheet, lesson);
}

/* ---- the strip ---- */

/* The paragraphs of a text without its examples, as one line. */
static const char *prose(struct sheet *sheet, const char *text)
{
    struct text out = {0};
    const char *copy;

    while (*text) {
        size_t length = strcspn(text, "\n");
        if (length && *text != ' ')
            text_format(&out, "%s%.*s", out.length ? " " : "", (int)length, text);
        text += length + (text[length] == '\n');
    }
    copy = arena_dup(sheet->arena, text_get(&out));
    text_clear(&out);
    return copy;
}

/* The page has more: said at the end of the line, over what has no room there. */
static void strip_more(struct sheet *sheet)
{
    const char *more = tr("… Tab");
    struct sheet_line *line = sheet_last(sheet);
    int room = sheet->width - utf8_columns(more);
    struct span *last = line->span_count ? &line->spans[line->span_count - 1] : NULL;

    if (last && line->end >= room && last->column < room) {
        last->text = arena_dup_bytes(sheet->arena, last->text,
                                     utf8_fit(last->text, room - last->column - 1));
        line->end = room - 1;
    }
    sheet_right(sheet, ROLE_KEY, more);
}

/* What has no room in the strip is left to the page. */
static void strip_cut(struct sheet *sheet, size_t most)
{
    bool cut = sheet->count > most;

    while (sheet->count > most)
        sheet->count--;
    if (cut)
        strip_more(sheet);
}

static void strip_line(struct sheet *sheet, enum role role, const char *text)
{
    sheet_line(sheet);
    sheet_add(sheet, role, text);
    if (utf8_columns(text) > sheet->width)
        strip_more(sheet);
}

/* In that many lines; where the answer stands below, the right one and the one chosen do. */
static void strip_choices(struct sheet *sheet, const struct lesson_part *asked, size_t most)
{
    int columns = 0;
    size_t lines = sheet->count;

    for (size_t i = 0; i < asked->choice_count; i++)
        columns += joined_columns(sheet, asked, i) + (i ? 3 : 0);
    joined_line(sheet);
    for (size_t i = 0; i < asked->choice_count; i++) {
        if (asked->answer && columns > sheet->width && !*mark_of(asked, i))
            continue;
        if (sheet_last(sheet)->end &&
            sheet_last(sheet)->end + 3 + joined_columns(sheet, asked, i) > sheet->width)
            joined_line(sheet);
        add_joined(sheet, asked, i);
    }
    strip_cut(sheet, lines + most);
}

/* "Title.  ", before a sentence. */
static void add_title(struct sheet *sheet, enum role role, const char *title)
{
    const char *stopped = arena_format(sheet->arena, tr("%s."), title);

    sheet_add(sheet, role, stopped);
    sheet_add(sheet, role, wrap_is_wide_last(stopped) ? "" : "  ");
}

/* The title of the step, where the question has room behind it. */
static void strip_title(struct sheet *sheet, const struct lesson_view *lesson, const char *question,
                        const char *right)
{
    const char *title = lesson->at < lesson->step_count ? lesson->titles[lesson->at] : "";
    int columns = utf8_columns(title) + utf8_columns(question) + utf8_columns(right) + 4;

    if (*title && columns <= sheet->width)
        add_title(sheet, ROLE_DIM, title);
}

static void strip_answer(struct sheet *sheet, const char *answer)
{
    sheet_line(sheet);
    sheet_wrap(sheet, 0, ROLE_TEXT, prose(sheet, answer));
    strip_cut(sheet, STRIP_LINES);
}

static void strip_asked(struct sheet *sheet, const struct lesson_view *lesson,
                        const struct lesson_part *asked)
{
    const char *right = score(sheet, lesson);

    sheet_line(sheet);
    strip_title(sheet, lesson, asked->text, right);
    sheet_wrap(sheet, 0, ROLE_MX_BEST, asked->text);
    strip_cut(sheet, asked->answer ? 1 : 2);
    if (sheet->count == 1)
        sheet_right(sheet, ROLE_DIM, right);
    if (asked->choice_count)
        strip_choices(sheet, asked, asked->answer ? 1 : STRIP_LINES - sheet->count);
    if (asked->answer)
        strip_answer(sheet, asked->answer);
    else if (sheet->count < STRIP_LINES)
        strip_line(sheet, ROLE_DIM,
                   asked->choice_count ? tr("Choose, then Space shows the answer.")
                                       : tr("Space shows the answer."));
}

/* The last thing said, and what Space does now. */
static void strip_said(struct sheet *sheet, const struct lesson_view *lesson)
{
    const char *said = lesson->at == 0 ? prose(sheet, lesson->intro) : "";
    const struct lesson_part *last = NULL;

    for (size_t i = 0; i < lesson->part_count; i++)
        if (lesson->parts[i].kind == LESSON_SAID)
            said = prose(sheet, lesson->parts[i].text);
        else
            last = &lesson->parts[i];
    sheet_line(sheet);
    if (lesson->at < lesson->step_count)
        add_title(sheet, ROLE_OVERLAY_TITLE, lesson->titles[lesson->at]);
    sheet_wrap(sheet, 0, ROLE_TEXT, said);
    strip_cut(sheet, last ? STRIP_LINES - 1 : STRIP_LINES);
    if (last)
        add_part(sheet, last, false);
}

void lesson_strip_draw(struct sheet *sheet, const struct lesson_view *lesson)
{
    const struct lesson_part *asked = last_asked(lesson);

    if (lesson->at == lesson->step_count)
        add_card(sheet, lesson);
    else if (asked && (!asked->answer || lesson->parts[lesson->part_count - 1].kind != LESSON_SAID))
        strip_asked(sheet, lesson, asked);
    else
        strip_said(sheet, lesson);
}
