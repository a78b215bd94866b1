/* --print: a lesson on paper. main/main_lesson.h */
#include "main/main_lesson.h"

#include "app/actions/play.h"
#include "app/settings/lesson.h"
#include "app/settings/resource.h"
#include "app/state/lecture.h"
#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "config.h"
#include "dns/type.h"
#include "dns/zone/zone.h"
#include "main/batch/main_say.h"
#include "main/main_player.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PAPER_COLUMNS = 76, SCREEN_COLUMNS = 120, SCREEN_ROWS = 36 };

struct paper {
    bool markdown;
    struct text *out;
    struct text answers; /* kept for the end */
    const struct lecture *lecture;
};

/* ---- lines ---- */

static void heading(struct paper *paper, const char *mark, char rule, const char *title)
{
    text_format(paper->out, "%s%s\n", paper->markdown ? mark : "", title);
    for (int i = 0; !paper->markdown && i < utf8_columns(title); i++)
        text_add_char(paper->out, rule);
    text_add(paper->out, paper->markdown ? "\n" : "\n\n");
}

/* Text of the page as it is, with an empty line behind it. */
static void as_written(struct paper *paper, const char *text)
{
    size_t length = strlen(text);

    while (length && text[length - 1] == '\n')
        length--;
    if (length)
        text_format(paper->out, "%.*s\n\n", (int)length, text);
}

/* A sentence over as many lines as it takes. */
static void wrapped(struct text *out, const char *first, const char *rest, const char *text)
{
    const char *indent = first;

    while (*text) {
        size_t cut = wrap_line(text, PAPER_COLUMNS - utf8_columns(indent));
        text_format(out, "%s%.*s\n", indent, (int)cut, text);
        for (text += cut; *text == ' ';)
            text++;
        indent = rest;
    }
}

/* ---- records ---- */

static size_t longest_owner(const struct zone *zone)
{
    size_t longest = 0;

    for (size_t i = 0; i < zone_record_count(zone); i++) {
        size_t length = strlen(zone_record(zone, i)->owner);
        longest = length > longest && length <= 40 ? length : longest;
    }
    return longest;
}

static void record_line(struct paper *paper, const struct record *record, size_t width)
{
    char type[TYPE_TEXT];

    if (record->type == TYPE_SOA || record->type == TYPE_NS)
        return;
    text_format(paper->out, "    %-*s %" PRIu32 " IN %s %s\n", (int)width, record->owner,
                record->ttl, type_text(record->type, type), record->rdata);
}

/* What the zone has, without its SOA and NS. */
static void records(struct paper *paper, const struct lesson *lesson)
{
    const struct zone_terms terms = {0};
    struct faults faults = {0};
    struct zone *zone;

    if (zone_read_text(lesson->zone, lesson->zone_length, lesson->id, &terms, &faults, &zone) ==
        STATUS_OK) {
        heading(paper, "## ", '-', tr("Records"));
        for (size_t i = 0; i < zone_record_count(zone); i++)
            record_line(paper, zone_record(zone, i), longest_owner(zone));
        text_add_char(paper->out, '\n');
        zone_free(zone);
    }
    faults_clear(&faults);
}

/* ---- steps ---- */

static void question(struct paper *paper, const struct lesson_item *item, const struct asked *asked)
{
    if (paper->markdown)
        text_format(paper->out, "**%s**\n\n", item->text);
    else
        wrapped(paper->out, "", "", item->text);
    for (size_t i = 0; i < asked->count; i++)
        text_format(paper->out, paper->markdown ? "- [ ] %zu %s\n" : "    [ ] %zu  %s\n", i + 1,
                    asked->choices[i]);
    text_add(paper->out, asked->count ? "\n" : "\n\n\n\n");
}

static void answer(struct paper *paper, size_t step, const struct lesson_item *item,
                   const struct asked *asked)
{
    struct text text = {0};
    char first[24], rest[24];

    if (asked->count)
        text_format(&text, paper->markdown ? "**%zu %s.** " : "%zu %s. ", asked->right + 1,
                    asked->choices[asked->right]);
    text_add(&text, item->answer);
    snprintf(first, sizeof first, "%zu. ", step + 1);
    snprintf(rest, sizeof rest, "%*s", (int)strlen(first), "");
    wrapped(&paper->answers, first, rest, text_get(&text));
    text_clear(&text);
}

static void keys(struct paper *paper, const struct lesson_step *step)
{
    const char *mark = paper->markdown ? "`" : "";
    struct text line = {0}, told = {0};

    for (size_t i = 0; i < step->item_count; i++) {
        const struct lesson_item *item = &step->items[i];
        if (item->kind != ITEM_ASK)
            text_format(&line, "%s%s%s%s%s", line.length ? message_comma() : "", mark,
                        item->kind == ITEM_COMMAND ? ":" : "", item->text, mark);
    }
    if (line.length) {
        text_format(&told, tr("Keys: %s"), text_get(&line));
        wrapped(paper->out, "", "    ", text_get(&told));
        text_clear(&told);
        text_add_char(paper->out, '\n');
    }
    text_clear(&line);
}

static void rows(struct paper *paper, struct ui *ui)
{
    struct text shown = {0};

    play_print_window(ui, &shown);
    for (const char *line = text_get(&shown); *line;) {
        size_t length = strcspn(line, "\n");
        text_format(paper->out, "%s%.*s\n", length ? "  " : "", (int)length, line);
        line += length + (line[length] == '\n');
    }
    if (shown.length)
        text_add_char(paper->out, '\n');
    text_clear(&shown);
}

/* In the order written. */
static void parts(struct paper *paper, size_t at)
{
    const struct lesson_step *step = &paper->lecture->page.steps[at];

    for (size_t i = 0; i <= step->item_count; i++) {
        for (size_t k = 0; k < step->text_count; k++)
            if (step->texts[k].before == i)
                as_written(paper, step->texts[k].text);
        if (i == step->item_count || step->items[i].kind != ITEM_ASK)
            continue;
        question(paper, &step->items[i], &paper->lecture->asked[at][i]);
        answer(paper, at, &step->items[i], &paper->lecture->asked[at][i]);
    }
}

static bool does_something(const struct lesson_step *step)
{
    for (size_t i = 0; i < step->item_count; i++)
        if (step->items[i].kind != ITEM_ASK)
            return true;
    return false;
}

/* Plays the step to its end, then writes it: what the route offers is known then. */
static void print_step(struct paper *paper, struct player *player, size_t at)
{
    const struct lesson_step *step = &paper->lecture->page.steps[at];
    struct text title = {0};

    while (paper->lecture->at.step == at && lecture_item(paper->lecture))
        player_key(player, ' ');
    text_format(&title, "%zu. %s", at + 1, step->title);
    heading(paper, "## ", '-', text_get(&title));
    parts(paper, at);
    keys(paper, step);
    if (does_something(step))
        rows(paper, player->program.ui);
    player_key(player, ' ');
    text_clear(&title);
}

static void foot(struct paper *paper, const struct lesson *lesson)
{
    if (paper->answers.length) {
        heading(paper, "## ", '-', tr("Answers"));
        text_format(paper->out, "%s\n", text_get(&paper->answers));
    }
    text_format(paper->out, tr("mxtrail %s, lesson %s, %s"), VERSION, lesson->id,
                lesson->start ? lesson->start : "--seed 1");
    text_add_char(paper->out, '\n');
}

static void print_lesson(struct player *player, const struct lesson *lesson, bool markdown,
                         struct text *out)
{
    struct paper paper = {.markdown = markdown, .out = out};
    struct text text = {0};

    text_format(&text, ":lessons %s", lesson->id);
    player_command(player, text_get(&text));
    paper.lecture = ui_lecture(player->program.ui);
    text_cut(&text, 0);
    text_format(&text, tr("Lesson %ld: %s"), lesson->number, lesson->title);
    heading(&paper, "# ", '=', text_get(&text));
    as_written(&paper, paper.lecture->page.intro);
    records(&paper, lesson);
    for (size_t step = 0; step < paper.lecture->page.step_count; step++)
        print_step(&paper, player, step);
    foot(&paper, lesson);
    text_clear(&text);
    text_clear(&paper.answers);
}

int main_print_lessons(struct source *source, const struct request *request,
                       const struct lessons *lessons, const struct lesson *one)
{
    struct player player = {0};
    struct text out = {0};
    int status = player_open(&player, source, request, lessons);
    bool markdown = request->options->print_markdown;

    if (!status)
        player_size(&player, SCREEN_COLUMNS, SCREEN_ROWS);
    for (size_t i = 0; i < lessons->count && !status; i++)
        if (!one || &lessons->list[i] == one) {
            text_add(&out, !out.length ? "" : markdown ? "\n---\n\n" : "\f\n");
            print_lesson(&player, &lessons->list[i], markdown, &out);
        }
    player_close(&player);
    if (!status && (fputs(text_get(&out), stdout) < 0 || fflush(stdout))) {
        main_say(tr("standard output: %s"), strerror(errno));
        status = EXIT_INPUT;
    }
    text_clear(&out);
    return status;
}

/* ---- export ---- */

static bool copy_file(const char *folder, const char *id, const char *suffix, const char *bytes,
                      size_t length)
{
    struct text path = {0};
    FILE *file;
    bool good;

    text_format(&path, "%s/%s%s", folder, id, suffix);
    file = fopen(text_get(&path), "wxe");
    good = file && fwrite(bytes, 1, length, file) == length;
    if (file)
        good = fclose(file) == 0 && good;
    if (good)
        printf("%s: %s\n", tr("written"), text_get(&path));
    else
        main_say("%s: %s", text_get(&path), strerror(errno));
    text_clear(&path);
    return good;
}

int main_export_lesson(const struct lessons *lessons, const char *id, const char *folder)
{
    const struct lesson *lesson = lessons_find(lessons, id);

    if (!lesson || !lesson->text) {
        main_say(tr("--export-lesson %s: no such lesson; --demo=list lists them"), id);
        return EXIT_USAGE;
    }
    return copy_file(folder, lesson->id, ".zone", lesson->zone, lesson->zone_length) &&
                   copy_file(folder, lesson->id, ".txt", lesson->text->bytes, lesson->text->length)
               ? 0
               : EXIT_INPUT;
}
