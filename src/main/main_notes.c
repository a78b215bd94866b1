/* --notes: what the presenter sees on a second terminal while a recording grows: main/main_notes.h
 */
#include "main/main_notes.h"

#include "app/state/condition.h"
#include "app/state/lecture.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "main/batch/main_say.h"
#include "main/main_player.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS_USED = 78, LABEL = 9, LOOK_MS = 250 };

/* ---- the page ---- */

/* `label` in the language, in a column of its own. */
static void add(struct text *out, const char *label, const char *text)
{
    const char *mark = label;
    int gap;

    if (!*text)
        text = "-";
    while (*text) {
        size_t cut = wrap_line(text, COLUMNS_USED - LABEL), shown = cut;
        while (shown && text[shown - 1] == ' ')
            shown--;
        gap = LABEL - 1 - utf8_columns(mark);
        text_format(out, " %s%*s%.*s\n", mark, gap > 0 ? gap : 0, "", (int)shown, text);
        for (text += cut; *text == ' ';)
            text++;
        mark = "";
    }
}

/* Prose of the texts said so far, in one line. */
static void add_said(const struct lecture *lecture, const struct lesson_step *step,
                     struct text *out)
{
    struct text said = {0};

    text_format(&said, "%s.", step->title);
    for (size_t i = 0; i < step->text_count; i++)
        for (const char *line = step->texts[i].text;
             step->texts[i].before <= lecture->at.item && *line;) {
            size_t length = strcspn(line, "\n");
            wrap_join(&said, line, length);
            line += length + (line[length] == '\n');
        }
    add(out, tr_in("notes", "NOW"), text_get(&said));
    text_clear(&said);
}

static void say_choice(const struct asked *asked, struct text *out)
{
    text_add(out, "   ");
    text_format(out, tr("chosen: %d %s"), asked->chosen + 1, asked->choices[asked->chosen]);
}

/* The question at hand, or the last one of the step. */
static void add_question(const struct lecture *lecture, const struct lesson_step *step,
                         struct text *out)
{
    for (size_t i = step->item_count; i > 0; i--) {
        const struct lesson_item *item = &step->items[i - 1];
        const struct asked *asked = &lecture->asked[lecture->at.step][i - 1];
        struct text text = {0};
        if (item->kind != ITEM_ASK || i - 1 > lecture->at.item)
            continue;
        text_add(&text, item->text);
        if (asked->chosen >= 0 && (size_t)asked->chosen < asked->count)
            say_choice(asked, &text);
        add(out, tr_in("notes", "ASK"), text_get(&text));
        text_cut(&text, 0);
        if (asked->count)
            text_format(&text, "%s. ", asked->choices[asked->right]);
        text_add(&text, item->answer);
        add(out, tr_in("notes", "ANSWER"), text_get(&text));
        text_clear(&text);
        return;
    }
}

static void add_keys(const struct lecture *lecture, const struct lesson_step *step,
                     struct text *out)
{
    struct text keys = {0};

    for (size_t i = 0; i < step->item_count; i++)
        text_format(&keys, "%s%s%s%s",
                    i == lecture->at.item  ? "► "
                    : i < lecture->at.item ? "✓ "
                                           : "",
                    step->items[i].kind == ITEM_COMMAND ? ":" : "",
                    step->items[i].kind == ITEM_ASK ? tr("Space (answer)") : step->items[i].text,
                    "   ");
    add(out, tr_in("notes", "KEYS"), text_get(&keys));
    text_clear(&keys);
}

/* The first question of a step; NULL: it asks none. */
static const char *first_question(const struct lesson_step *step)
{
    for (size_t i = 0; i < step->item_count; i++)
        if (step->items[i].kind == ITEM_ASK)
            return step->items[i].text;
    return NULL;
}

static void add_next(const struct lecture *lecture, struct text *out)
{
    size_t next = lecture->at.step + 1;
    const struct lesson_step *step =
        next < lecture->page.step_count ? &lecture->page.steps[next] : NULL;
    const char *question = step ? first_question(step) : NULL;
    struct text text = {0};

    if (step)
        text_format(&text, "%zu %s%s%s", next + 1, step->title, question ? ": " : "",
                    question ? question : "");
    else
        text_add(&text, lecture->next ? lecture->next : "");
    add(out, tr_in("notes", "NEXT"), text_get(&text));
    text_clear(&text);
}

/* "1 of 1 right   down mx1   seed 1   screen 120x36   class.rec" */
static void add_state(struct player *player, const char *path, struct text *out)
{
    static const enum condition_kind kinds[] = {EXPECT_DOWN, EXPECT_AS, EXPECT_SENDER, EXPECT_SEED};
    const struct canvas *canvas = player->program.canvas;
    struct text text = {0}, is = {0};
    size_t counted, right = lecture_right(ui_lecture(player->program.ui), &counted);

    text_format(&text, tr("%zu of %zu right"), right, counted);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct lesson_condition any = {kinds[i], ""};
        condition_holds(player->program.ui, &any, &is);
        if (strcmp(text_get(&is), "none") != 0)
            text_format(&text, "   %s %s", condition_word(kinds[i]), text_get(&is));
        text_cut(&is, 0);
    }
    text_add(&text, "   ");
    text_format(&text, tr("screen %dx%d"), canvas_width(canvas), canvas_height(canvas));
    text_format(&text, "   %s", file_name(path));
    text_add_char(out, '\n');
    add(out, tr_in("notes", "STATE"), text_get(&text));
    text_clear(&text);
    text_clear(&is);
}

static void describe(struct player *player, const char *path, long seconds, struct text *out)
{
    const struct lecture *lecture = ui_lecture(player->program.ui);
    const struct lesson_step *step = lecture_step(lecture);
    size_t at = lecture->at.step < lecture->page.step_count ? lecture->at.step + 1
                                                            : lecture->page.step_count;

    text_add_char(out, ' ');
    text_format(out, tr("Lesson %ld  %s   step %zu of %zu"), lecture->number, lecture->title, at,
                lecture->page.step_count);
    text_format(out, "   %02ld:%02ld:%02ld\n\n", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (step) {
        add_said(lecture, step, out);
        add_question(lecture, step, out);
        add_keys(lecture, step, out);
        add(out, tr_in("notes", "NOTE"), step->note ? step->note : "");
    }
    add_next(lecture, out);
    add_state(player, path, out);
}

/* ---- the recording ---- */

static void show(struct player *player, const char *path, long seconds, bool terminal)
{
    struct text out = {0};

    if (terminal)
        text_add(&out, "\033[H\033[2J");
    if (ui_lecture(player->program.ui))
        describe(player, path, seconds, &out);
    else
        text_format(&out, " %s\n", tr("No lesson is open in this recording."));
    fputs(text_get(&out), stdout);
    fflush(stdout);
    text_clear(&out);
}

/* Applies the lines that came since; false when there were none. */
static bool take_lines(struct player *player, const char *path, FILE *file, struct text *line,
                       int *status)
{
    bool any = false;
    int c;

    clearerr(file);
    while (!*status && (c = getc(file)) != EOF) {
        if (c != '\n') {
            text_add_char(line, (char)c);
            continue;
        }
        any = true;
        if (line->length && *text_get(line) != '#')
            *status = player_line(player, path, text_get(line));
        text_cut(line, 0);
    }
    return any;
}

int main_follow_notes(struct source *source, const struct request *request,
                      const struct lessons *lessons)
{
    const char *path = request->options->notes;
    bool terminal = isatty(STDOUT_FILENO);
    struct player player = {0};
    struct text line = {0};
    FILE *file = fopen(path, "re");
    time_t begun = time(NULL);
    long shown = -1;
    int status = file ? player_open(&player, source, request, lessons) : EXIT_INPUT;

    if (!file)
        main_say("%s: %s", path, strerror(errno));
    player.program.playing = true;
    while (!status) {
        bool more = take_lines(&player, path, file, &line, &status);
        long seconds = (long)(time(NULL) - begun);
        if (!status && (more || (terminal && seconds != shown)))
            show(&player, path, terminal ? seconds : 0, terminal);
        shown = seconds;
        if (!terminal)
            break;
        poll(NULL, 0, LOOK_MS);
    }
    if (file)
        player_close(&player);
    if (file)
        fclose(file);
    text_clear(&line);
    return status;
}
