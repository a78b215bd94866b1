#include "app/settings/lesson_page.h"

#include "app/settings/lesson_read.h"
#include "base/fnv.h"
#include "base/message.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/wrap.h"

#include <string.h>

/* The words that make a page steps, each at the beginning of a line. */
enum word {
    WORD_DO,
    WORD_ASK,
    WORD_ASK_FIRST,
    WORD_ASK_NEXT,
    WORD_ASK_VERDICT,
    WORD_ANSWER,
    WORD_EXPECT,
    WORD_NOTE,
    WORD_COUNT,
};
static const char *const words[WORD_COUNT] = {
    "do: ", "ask: ", "ask first: ", "ask next: ", "ask verdict: ", "answer: ", "expect: ", "note: ",
};

static enum word word_of(const char *line)
{
    int word = 0;

    while (word < WORD_COUNT && strncmp(line, words[word], strlen(words[word])) != 0)
        word++;
    return (enum word)word;
}

/* ---- what is between the words ---- */

static bool is_blank(const char *text)
{
    return text[strspn(text, " \n")] == '\0';
}

/* Lines said at this place; before the first step they are the introduction. */
static void add_text(struct lesson_reader *reader, struct text *said)
{
    struct lesson_step *step = reader->step;
    const char *text = text_get(said);

    if (is_blank(text)) {
        text_cut(said, 0);
        return;
    }
    text = arena_dup(reader->arena, text + strspn(text, "\n"));
    if (!step) {
        reader->page->intro = text;
    } else {
        step->texts = arena_grow(reader->arena, step->texts, step->text_count, &step->text_capacity,
                                 sizeof *step->texts);
        step->texts[step->text_count++] = (struct lesson_text){text, step->item_count};
    }
    text_cut(said, 0);
}

/* An ask whose answer has not come must have it before anything else comes. */
static void close_ask(struct lesson_reader *reader)
{
    struct lesson_step *step = reader->step;
    struct lesson_item *last = step && step->item_count ? &step->items[step->item_count - 1] : NULL;

    if (!last || last->kind != ITEM_ASK || last->answer)
        return;
    last->answer = "";
    faults_add(reader->faults, reader->file, last->line, tr("ask: no answer follows"));
}

static void begin_step(struct lesson_reader *reader, const char *title, size_t line)
{
    struct lesson_page *page = reader->page;

    page->steps = arena_grow(reader->arena, page->steps, page->step_count, &page->step_capacity,
                             sizeof *page->steps);
    reader->step = &page->steps[page->step_count++];
    *reader->step = (struct lesson_step){.title = title, .line = line};
}

/* ---- words ---- */

/* One sentence of lines that belong together: a blank between two, but none between two wide
 * characters. */
static char *joined(struct arena *arena, const char *body)
{
    struct text text = {0};
    char *sentence;

    while (*body) {
        size_t length;

        body += strspn(body, " ");
        length = strcspn(body, "\n");
        wrap_join(&text, body, length);
        body += length + (body[length] == '\n');
    }
    sentence = arena_dup(arena, text_get(&text));
    text_clear(&text);
    return sentence;
}

static void take_answer(struct lesson_reader *reader, const char *body, size_t line)
{
    struct lesson_step *step = reader->step;
    struct lesson_item *last = step->item_count ? &step->items[step->item_count - 1] : NULL;

    if (!last || last->kind != ITEM_ASK || last->answer)
        faults_add(reader->faults, reader->file, line, tr("answer: without an ask above it"));
    else
        last->answer = joined(reader->arena, body);
}

static void take_note(struct lesson_reader *reader, const char *body)
{
    struct lesson_step *step = reader->step;
    const char *text = joined(reader->arena, body);

    step->note = step->note ? arena_format(reader->arena, "%s %s", step->note, text) : text;
}

static void hash_add(struct lesson_page *page, const char *text)
{
    page->hash = fnv_32(page->hash, text, strlen(text));
}

static void take_word(struct lesson_reader *reader, enum word word, const char *body, size_t line)
{
    if (!reader->step) {
        faults_add(reader->faults, reader->file, line, tr("%.*s before the first \"## \" heading"),
                   (int)strlen(words[word]) - 1, words[word]);
        return;
    }
    if (word != WORD_ANSWER)
        close_ask(reader);
    if (word == WORD_DO || word == WORD_EXPECT || (word >= WORD_ASK && word <= WORD_ASK_VERDICT)) {
        hash_add(reader->page, words[word]);
        hash_add(reader->page, body);
    }
    if (word == WORD_DO)
        lesson_read_do(reader, joined(reader->arena, body), line);
    else if (word == WORD_ANSWER)
        take_answer(reader, body, line);
    else if (word == WORD_EXPECT)
        lesson_read_expect(reader, joined(reader->arena, body), line);
    else if (word == WORD_NOTE)
        take_note(reader, body);
    else
        lesson_read_ask(reader, (enum ask_kind)(word - WORD_ASK + ASK_CHOICES),
                        arena_dup(reader->arena, body), line);
}

/* ---- lines ---- */

struct line_reader {
    const char *text, *end;
    size_t number; /* of the line last taken */
};

/* The next line, in the arena; NULL behind the last. */
static char *take_line(struct line_reader *lines, struct arena *arena)
{
    const char *line = lines->text, *stop;

    if (line >= lines->end)
        return NULL;
    stop = memchr(line, '\n', (size_t)(lines->end - line));
    lines->text = stop ? stop + 1 : lines->end;
    lines->number++;
    return arena_dup_bytes(arena, line, (size_t)((stop ? stop : lines->end) - line));
}

/* The rest of the word's line and the lines that go on from it. */
static char *take_body(struct line_reader *lines, struct arena *arena, const char *first)
{
    struct text body = {0};
    char *taken;

    text_add(&body, first);
    while (lines->end - lines->text > 2 && strncmp(lines->text, "  ", 2) == 0) {
        text_add_char(&body, '\n');
        text_add(&body, take_line(lines, arena));
    }
    taken = arena_dup(arena, text_get(&body));
    text_clear(&body);
    return taken;
}

/* What is said directly below a question, an answer or a note was meant to go on with it: shown as
 * text it would give the answer away. */
static void check_below(struct lesson_reader *reader, const struct line_reader *lines,
                        enum word word)
{
    const char *next = lines->text;

    if (word == WORD_DO || word == WORD_EXPECT || next >= lines->end || *next == '\n' ||
        strncmp(next, "## ", 3) == 0 || word_of(next) != WORD_COUNT)
        return;
    faults_add(reader->faults, reader->file, lines->number + 1,
               tr("to go on with %.*s, a line needs two blanks in front; other text needs an empty "
                  "line above it"),
               (int)strlen(words[word]) - 1, words[word]);
}

static void read_steps(struct lesson_reader *reader, struct line_reader *lines)
{
    struct text said = {0};
    char *line;

    while ((line = take_line(lines, reader->arena))) {
        size_t number = lines->number;
        enum word word = word_of(line);
        if (strncmp(line, "## ", 3) == 0) {
            add_text(reader, &said);
            close_ask(reader);
            begin_step(reader, line + 3, number);
        } else if (word == WORD_COUNT) {
            text_format(&said, "%s\n", line);
        } else {
            char *body = take_body(lines, reader->arena, line + strlen(words[word]));
            add_text(reader, &said);
            take_word(reader, word, body, number);
            check_below(reader, lines, word);
        }
    }
    add_text(reader, &said);
    close_ask(reader);
    text_clear(&said);
}

/* ---- pages ---- */

static bool has_words(const char *text)
{
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
        if (word_of(text) != WORD_COUNT)
            return true;
    return false;
}

/* "*A question?*", and behind that paragraph the answer. */
static void fold_answer(struct lesson_reader *reader, const char *text)
{
    struct lesson_step *step = reader->step;
    const char *question = strstr(text, "\n## Question\n"), *star, *end;
    struct lesson_item *item;

    star = question ? strchr(question, '*') : NULL;
    end = star ? strchr(star + 1, '*') : NULL;
    if (!end)
        return;
    step->items =
        arena_grow(reader->arena, step->items, 0, &step->item_capacity, sizeof *step->items);
    item = &step->items[step->item_count++];
    *item = (struct lesson_item){.kind = ITEM_ASK, .ask = ASK_OPEN};
    item->text =
        joined(reader->arena, arena_dup_bytes(reader->arena, star + 1, (size_t)(end - star) - 1));
    item->answer = arena_dup(reader->arena, end + 1 + strspn(end + 1, "\n"));
    step->texts[0].text = arena_dup_bytes(reader->arena, text, (size_t)(question - text) + 1);
}

static void read_old(struct lesson_reader *reader, const char *text)
{
    struct text said = {0};

    reader->page->old = true;
    begin_step(reader, reader->page->title, 1);
    text_add(&said, text);
    text_add(&said, "\n");
    add_text(reader, &said);
    if (reader->step->text_count)
        fold_answer(reader, reader->step->texts[0].text);
    hash_add(reader->page, text);
    text_clear(&said);
}

static bool check_encoding(struct lesson_reader *reader, struct line_reader lines)
{
    char *line;
    bool valid = true;

    while (valid && (line = take_line(&lines, reader->arena)))
        if (!(valid = utf8_valid(line, strlen(line))))
            faults_add(reader->faults, reader->file, lines.number, tr("not valid UTF-8"));
    return valid;
}

void lesson_page_read(const char *text, size_t length, const char *file, struct faults *faults,
                      struct arena *arena, struct lesson_page *page)
{
    struct lesson_reader reader = {.file = file, .faults = faults, .arena = arena, .page = page};
    struct line_reader lines = {text, text + length, 0};
    const char *title;

    *page = (struct lesson_page){.title = "", .intro = "", .hash = FNV_32};
    if (!check_encoding(&reader, lines))
        return;
    title = take_line(&lines, arena);
    if (!title || strncmp(title, "# ", 2) != 0 || !title[2])
        faults_add(faults, file, 1, tr("the first line must be \"# TITLE\""));
    else
        page->title = title + 2;
    if (has_words(lines.text))
        read_steps(&reader, &lines);
    else
        read_old(&reader, lines.text);
}
