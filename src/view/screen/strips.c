#include "view/screen/strips.h"

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "dns/encrypted.h"
#include "dns/idn.h"
#include "dns/name.h"
#include "dns/type.h"
#include "sheet/words.h"
#include "view/canvas/frame.h"
#include "view/panes/pane.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SILENCE_LEAVES = 24,
    STACKED = 60
}; /* columns for keys; of a screen with more than one pane */

/* "41/41   38 ms" with a spinner while answers are awaited; an audience sees that alone. */
static void progress_text(const struct scene *scene, struct text *out)
{
    const struct page *page = scene->page;
    int64_t end = page->waiting ? scene->now_ms : page->ended_ms;
    char elapsed[WORD_SIZE];

    if (page->waiting)
        text_format(out, "%s ", words_spinner(scene->now_ms));
    if (scene->audience)
        return;
    if (page->facts)
        text_format(out, "%zu/%zu", page->facts->answered, page->facts->asked);
    text_format(out, "   %s", words_elapsed((end - page->begun_ms) * 1000, elapsed));
}

/* The right end of the title with so many octets of the source; 0: the progress alone. Returns the
 * column of the spinner in it. */
static int title_right(const struct scene *scene, size_t source, struct text *out)
{
    bool progress = scene->page && (!scene->audience || scene->page->waiting);
    int spinner;

    text_cut(out, 0);
    if (source && scene->watching)
        text_format(out, "↻ %s   ", tr("watching"));
    text_add_bytes(out, scene->source, source);
    if (source && progress)
        text_add(out, "   ");
    spinner = utf8_columns(text_get(out));
    if (progress)
        progress_text(scene, out);
    return spinner;
}

void title_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    bool encrypted = encrypted_is_meant(scene->source);
    const size_t sources[] = {strlen(scene->source), encrypted ? strcspn(scene->source, ":") : 0,
                              0}; /* "tls" at least; then the progress counts more */
    struct text right = {0}, name = {0};
    int x = 1, end = 0, spinner = 0;

    canvas_fill(canvas, area, ROLE_TITLE);
    for (size_t i = 0; i < sizeof sources / sizeof *sources && end < 24; i++) {
        spinner = title_right(scene, sources[i], &right);
        end = area.width - 1 - utf8_columns(text_get(&right));
    }
    canvas_put(canvas, area, end, 0, ROLE_STATUS, text_get(&right));
    if (scene->page && scene->page->waiting)
        canvas_paint(canvas, (struct area){area.x + end + spinner, area.y, 1, 1}, ROLE_SPINNER);
    x += canvas_put(canvas, area, x, 0, ROLE_TITLE, "mxtrail") + 2;
    if (scene->page) {
        words_name(scene->page->name, true, &name);
        x += canvas_put_fit(canvas, area, x, 0, end - x - 2, ROLE_TITLE_VALUE, text_get(&name));
        if (scene->page->pages > 1 && end - x > 12)
            canvas_format(canvas, area, x + 2, 0, ROLE_STATUS, tr("%zu of %zu"), scene->page->place,
                          scene->page->pages);
    }
    text_clear(&right);
    text_clear(&name);
}

/* Draws a line with its caret, shifted to the left as far as needed to see the caret. */
static int line_draw(const struct line *line, struct canvas *canvas, struct area area, int x)
{
    struct text before = {0};
    const char *text = line->text;
    int columns = area.width - x - 1, caret;

    text_add_bytes(&before, text, utf8_offset(text, line->caret));
    caret = utf8_columns(text_get(&before));
    while (caret >= columns && *text) {
        size_t skip = utf8_offset(text, 1);
        struct text first = {0};
        text_add_bytes(&first, text, skip);
        caret -= utf8_columns(text_get(&first));
        text += skip;
        text_clear(&first);
    }
    text_clear(&before);
    columns = canvas_put(canvas, area, x, 0,
                         line->marked && line->active ? ROLE_ROW_SELECTED : ROLE_PROMPT_TEXT, text);
    if (line->active)
        canvas_cursor_set(canvas, area.x + x + caret, area.y);
    return x + columns;
}

/* At the right end of the prompt: the panes have records that the views are not made of. Returns
 * the columns left for the rest. */
static int edits_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    char text[2 * WORD_SIZE];
    int columns;

    if (!scene->edits)
        return area.width;
    snprintf(text, sizeof text, tr_plural("what if: %zu edit", "what if: %zu edits", scene->edits),
             scene->edits);
    columns = utf8_columns(text);
    canvas_put(canvas, area, area.width - columns - 1, 0, ROLE_CHANGED, text);
    return area.width - columns - 2;
}

void prompt_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    int x;

    canvas_fill(canvas, area, ROLE_PROMPT);
    area.width = edits_draw(scene, canvas, area);
    x = 1 + canvas_put(canvas, area, 1, 0, ROLE_PROMPT_LABEL, tr("name ▸")) + 1;
    x = line_draw(&scene->prompt, canvas, area, x) + 3;
    if (scene->prompt.active && *scene->prompt.text == '\0')
        canvas_put_fit(canvas, area, x - 2, 0, area.width - x, ROLE_DIM,
                       tr("a domain, an IP address, a mail address, a URL"));
    else if (scene->page && scene->page->note && !scene->prompt.active)
        canvas_put_fit(canvas, area, x, 0, area.width - x - 1, ROLE_DIM, scene->page->note);
}

static enum pane tab_pane(const struct scene *scene, int place)
{
    return scene->page ? scene->page->places[place] : (enum pane)place;
}

/* "▸1 MX", what each tab has beside its word. */
enum { TAB_MARKS = 3 };

static const char *tab_word(const struct scene *scene, int place)
{
    return tr_in("tab", pane_kind(tab_pane(scene, place))->tab);
}

/* Columns between two tabs: none where they would not fit. */
static int tab_gap(const struct scene *scene, int width)
{
    int columns = 0;

    for (int place = 0; place < PANE_COUNT; place++)
        columns += TAB_MARKS + utf8_columns(tab_word(scene, place));
    return columns + PANE_COUNT - 1 <= width ? 1 : 0;
}

enum pane strips_pane_at(const struct scene *scene, struct area area, int x)
{
    int end = area.x, gap = tab_gap(scene, area.width);

    for (int place = 0; place < PANE_COUNT; place++) {
        end += TAB_MARKS + utf8_columns(tab_word(scene, place)) + gap;
        if (x < end)
            return tab_pane(scene, place);
    }
    return PANE_COUNT;
}

void tabs_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    int x = 0, gap = tab_gap(scene, area.width);

    canvas_fill(canvas, area, ROLE_TAB);
    for (int place = 0; place < PANE_COUNT; place++) {
        bool active = scene->page && scene->page->focus == tab_pane(scene, place);
        x += canvas_format(canvas, area, x, 0, active ? ROLE_TAB_ACTIVE : ROLE_TAB,
                           active ? "▸%d %s%*s" : " %d %s%*s", place + 1, tab_word(scene, place),
                           gap, "");
    }
}

/* Puts text broken at spaces into the lines of an area from line y on; returns the lines used. The
 * last line ends in a mark when there is more. */
static int wrap(struct canvas *canvas, struct area area, int y, enum role role, const char *text)
{
    int first = y;

    while (*text && y < area.height) {
        size_t fits = utf8_fit(text, area.width), cut = wrap_line(text, area.width);
        struct text line = {0};
        if (text[fits] && y + 1 == area.height) {
            canvas_put_fit(canvas, area, 0, y++, area.width, role, text);
            break;
        }
        if (!cut)
            break;
        text_add_bytes(&line, text, cut);
        canvas_put(canvas, area, 0, y++, role, text_get(&line));
        text_clear(&line);
        for (text += cut; *text == ' ';)
            text++;
    }
    return y - first;
}

/* Servers of the domain are public, the resolver that was asked is not. */
static bool is_hidden(const struct scene *scene, const struct reply *reply)
{
    return scene->privacy && !reply->question.server.family && reply->transport != TRANSPORT_ZONE;
}

/* A part of the line. */
__attribute__((format(printf, 2, 3))) static void add_part(struct text *out, const char *format,
                                                           ...)
{
    struct arena *arena = arena_new();
    va_list arguments;

    va_start(arguments, format);
    text_format(out, "%s  ", arena_format_list(arena, format, arguments));
    va_end(arguments);
    arena_free(arena);
}

static void provenance(const struct scene *scene, const struct row *row, struct text *out)
{
    char server[WORD_SERVER];
    const struct reply *reply = row->reply;
    char text[WORD_SIZE];

    if (row->server)
        text_add(out, words_server(row->server, server));
    if (!reply)
        return;
    if (*reply->server && !is_hidden(scene, reply))
        text_format(out, "%s  ", words_server(reply->server, server));
    if (reply->rcode >= 0 && reply->aa)
        text_add(out, "AA  ");
    if (reply->ad)
        text_add(out, "AD  ");
    if (reply->tc)
        text_add(out, "TC  ");
    if (reply->transport == TRANSPORT_TCP)
        text_add(out, "tcp  ");
    if (reply->rtt_us)
        text_format(out, "%s  ", words_elapsed(reply->rtt_us, text));
    if (row->record)
        add_part(out, tr("%s left"),
                 scene->raw_ttl ? words_ttl(page_ttl_left(scene, row->record, reply), true, text)
                                : words_duration(page_ttl_left(scene, row->record, reply), text));
    else if (reply->outcome == OUTCOME_NODATA || reply->outcome == OUTCOME_NXDOMAIN)
        add_part(out, tr("kept %s"), words_duration(reply->negative_ttl, text));
    if (reply->unmatched)
        add_part(out, tr("%s unmatched"), number_words(reply->unmatched, text));
    if (out->length >= 2)
        text_cut(out, out->length - 2);
}

static void draw_source(const struct scene *scene, const struct row *row, struct canvas *canvas,
                        struct area line)
{
    const struct outcome_words words = words_reply(row->reply);
    struct text right = {0}, state = {0};
    int used = 0;

    if (row->state) {
        used = frame_title(canvas, line, 1, line.width / 2, row->state_role, row->state);
    } else if (row->reply || row->waiting) {
        text_format(&state, "%s %s", row->waiting ? words_spinner(scene->now_ms) : words.glyph,
                    words.word);
        used = frame_title(canvas, line, 1, line.width / 2, words.role, text_get(&state));
    }
    provenance(scene, row, &right);
    frame_title(canvas, line, -1, line.width - used - 4, ROLE_DIM, text_get(&right));
    text_clear(&right);
    text_clear(&state);
}

/* The lines that a finding has go, and come; returns where the next would be. */
static int draw_lines(struct canvas *canvas, struct area area, int y, const char *front,
                      const char *lines)
{
    while (*lines && y < area.height) {
        size_t end = strcspn(lines, "\n");
        struct text line = {0};

        text_add(&line, front);
        text_add_bytes(&line, lines, end);
        y += wrap(canvas, area, y, *front ? ROLE_DIM : ROLE_NAME, text_get(&line));
        text_clear(&line);
        lines += end + (lines[end] == '\n');
    }
    return y;
}

static void draw_cure(struct canvas *canvas, struct area area, int y, const struct row *row)
{
    struct text front = {0};

    if (row->kind != ROW_FINDING)
        return;
    text_format(&front,
                "; %s: ", *row->finding->publish ? tr_in("cure", "was") : tr_in("cure", "remove"));
    y = draw_lines(canvas, area, y, text_get(&front), row->finding->remove);
    draw_lines(canvas, area, y, "", row->finding->publish);
    text_clear(&front);
}

/* The names of the row as people read them, where they are not in ASCII. */
static void readable_names(const struct row *row, struct text *out)
{
    const char *owner = row->record ? row->record->owner : row->name;
    const char *names[] = {
        owner, owner && row->target && strcmp(owner, row->target) == 0 ? NULL : row->target};

    for (size_t i = 0; i < 2; i++) {
        struct text name = {0};
        if (names[i] && idn_to_unicode(names[i], &name)) {
            text_add(out, out->length ? message_comma() : "");
            text_add_bytes(out, text_get(&name), (size_t)name_shown_length(text_get(&name)));
        }
        text_clear(&name);
    }
}

/* After the line of the row where there is room for them, else below it. Returns the next row. */
static int draw_readable(struct canvas *canvas, struct area area, int y, int used,
                         const struct row *row)
{
    struct text names = {0};
    int columns;

    readable_names(row, &names);
    columns = utf8_columns(text_get(&names));
    if (columns && used + 2 + columns <= area.width)
        canvas_put(canvas, area, used + 2, y - 1, ROLE_DIM, text_get(&names));
    else if (columns && y + 1 < area.height)
        canvas_put_fit(canvas, area, 0, y++, area.width, ROLE_DIM, text_get(&names));
    text_clear(&names);
    return y;
}

void detail_draw(const struct scene *scene, struct canvas *canvas, struct area line,
                 struct area area)
{
    const struct row *row = scene->page ? pane_row(scene->page, scene->page->focus) : NULL;
    struct text text = {0};
    struct arena *arena;
    int y = 0;

    area.x++, area.width -= 2;
    if (!row)
        return;
    arena = arena_new();
    draw_source(scene, row, canvas, line);
    row_line(row, &text);
    if (text.length && area.height > 1) {
        int used = canvas_put_fit(canvas, area, 0, y++, area.width, ROLE_NAME, text_get(&text));
        y = draw_readable(canvas, area, y, used, row);
    } else if (row->name && area.height > 1 && !row->record && row->reply) {
        char type[TYPE_TEXT];
        text_cut(&text, 0);
        words_name(row->reply->question.name, true, &text);
        canvas_format(canvas, area, 0, y++, ROLE_NAME, "%s %s", text_get(&text),
                      type_text(row->reply->question.type, type));
    }
    text_cut(&text, 0);
    if (row->reply && row->reply->why && !is_hidden(scene, row->reply))
        pane_why(row->reply, &text);
    pane_kind(scene->page->focus)->meaning(scene, row, &text);
    y += wrap(canvas, area, y, ROLE_TEXT, words_readable(arena, text_get(&text)));
    draw_cure(canvas, area, y, row);
    text_clear(&text);
    arena_free(arena);
}

/* Keys from the left; the last few are kept whatever the width. */
static int hint_columns(const struct hint *hint)
{
    return utf8_columns(hint->key) + utf8_columns(hint->label) + 3;
}

/* Where the hint begins that is looked for from *index on, at column x or later; the last ones are
 * kept room for. False when there is none left. */
static bool next_hint(const struct scene *scene, int width, size_t *index, int x)
{
    int reserved = 0;

    for (size_t i = scene->hint_count; i-- > *index;)
        if (i + scene->hint_last >= scene->hint_count)
            reserved += hint_columns(&scene->hints[i]);
    for (; *index < scene->hint_count; ++*index)
        if (*index + scene->hint_last >= scene->hint_count ||
            x + hint_columns(&scene->hints[*index]) <= width - reserved)
            return true;
    return false;
}

/* In front of the keys: which server answers nothing, in as many words as there is room for. */
static void silence_text(const struct scene *scene, int width, struct text *out)
{
    const struct silence *silence = &scene->silence;
    int seconds = (int)((scene->now_ms - silence->since_ms) / 1000);

    if (!silence->server)
        return;
    text_format(out, tr("no response from %s for %d s, try %d of %d; further queries wait"),
                silence->server, seconds, silence->try, silence->tries);
    if (utf8_columns(text_get(out)) + SILENCE_LEAVES <= width)
        return;
    text_cut(out, 0);
    if (width >= STACKED)
        text_format(out, tr("no response for %d s, try %d of %d"), seconds, silence->try,
                    silence->tries);
    else
        text_format(out, tr("try %d of %d, %d s"), silence->try, silence->tries, seconds);
}

/* Where the keys begin. */
static int hints_column(const struct scene *scene, int width)
{
    struct text silence = {0};
    int column;

    silence_text(scene, width, &silence);
    column = silence.length ? (int)silence.length + 3 : 1;
    text_clear(&silence);
    return column;
}

static void hints_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    int x = hints_column(scene, area.width);
    struct text silence = {0};

    silence_text(scene, area.width, &silence);
    canvas_put_fit(canvas, area, 1, 0, area.width - 2, ROLE_WARN, text_get(&silence));
    text_clear(&silence);
    for (size_t i = 0; next_hint(scene, area.width, &i, x); i++) {
        x += canvas_put(canvas, area, x, 0, ROLE_KEY, scene->hints[i].key) + 1;
        x += canvas_put(canvas, area, x, 0, ROLE_KEY_LABEL, scene->hints[i].label) + 2;
    }
}

/* For those who watch: the key that did it, at the right end; returns its columns. */
static int pressed_text(const struct scene *scene, int width, char out[WORD_SIZE])
{
    int columns;

    *out = '\0';
    if (!scene->pressed)
        return 0;
    snprintf(out, WORD_SIZE, " [%s] ", scene->pressed);
    columns = utf8_columns(out);
    return columns < width ? columns : 0;
}

const struct hint *strips_hint_at(const struct scene *scene, struct area area, int x)
{
    char pressed[WORD_SIZE];
    int end;

    area.width -= pressed_text(scene, area.width, pressed);
    end = hints_column(scene, area.width);
    if (scene->command.active || scene->message)
        return NULL;
    for (size_t i = 0; next_hint(scene, area.width, &i, end); i++) {
        end += hint_columns(&scene->hints[i]);
        if (x - area.x < end - 1)
            return &scene->hints[i];
    }
    return NULL;
}

/* A message too long for the bar takes the line above it as well. */
static void message_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    if (utf8_columns(scene->message) > area.width - 2 && area.y > 0) {
        area.y--;
        area.height++;
    }
    canvas_fill(canvas, area, scene->message_role);
    area.x++;
    area.width -= 2;
    wrap(canvas, area, 0, scene->message_role, scene->message);
}

void key_bar_draw(const struct scene *scene, struct canvas *canvas, struct area area)
{
    char pressed[WORD_SIZE];
    int columns = pressed_text(scene, area.width, pressed), x = 1;

    canvas_fill(canvas, area, ROLE_KEY_LABEL);
    if (columns)
        canvas_put(canvas, area, area.width - columns, 0, ROLE_KEY, pressed);
    area.width -= columns;
    if (scene->command.active) {
        x += canvas_put(canvas, area, x, 0, ROLE_KEY, scene->command.label);
        x += *scene->command.label && scene->command.label[1]; /* a word, no sign */
        x = line_draw(&scene->command, canvas, area, x) + 3;
        if (scene->candidates && x < area.width - 4)
            canvas_put_fit(canvas, area, x, 0, area.width - x - 1, ROLE_KEY_LABEL,
                           scene->candidates);
    } else if (scene->message) {
        message_draw(scene, canvas, area);
    } else {
        hints_draw(scene, canvas, area);
    }
}
