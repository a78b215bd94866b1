/* The words of a step that have a grammar of their own: app/settings/lesson_read.h. */
#include "app/settings/lesson_read.h"

#include "app/events/action.h"
#include "app/events/event.h"
#include "base/message.h"
#include "base/text.h"
#include "base/wrap.h"

#include <string.h>

static struct lesson_item *add_item(struct lesson_reader *reader, enum item_kind kind, size_t line)
{
    struct lesson_step *step = reader->step;
    struct lesson_item *item;

    step->items = arena_grow(reader->arena, step->items, step->item_count, &step->item_capacity,
                             sizeof *step->items);
    item = &step->items[step->item_count++];
    *item = (struct lesson_item){.kind = kind, .line = line};
    if (step->expect_line)
        faults_add(reader->faults, reader->file, step->expect_line,
                   tr("expect: comes after the last do and ask of its step"));
    return item;
}

/* ---- do ---- */

/* How many letters have to be changed, put in or taken out, at most 9. */
static size_t difference(const char *left, const char *right)
{
    size_t row[32], length = strlen(right);

    if (length >= sizeof row / sizeof *row)
        return 9;
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    for (size_t l = 0; left[l]; l++) {
        size_t corner = row[0];
        row[0] = l + 1;
        for (size_t i = 1; i <= length; i++) {
            size_t best = corner + (left[l] != right[i - 1]);
            corner = row[i];
            best = row[i] + 1 < best ? row[i] + 1 : best;
            row[i] = row[i - 1] + 1 < best ? row[i - 1] + 1 : best;
        }
    }
    return row[length];
}

/* The command that is most like the word, "" when none is. */
static const char *similar_command(const char *word)
{
    const char *best = "";
    size_t least = 3;

    for (int i = 0; i < ACTION_COUNT; i++) {
        const char *command = action_get((enum action)i)->command;
        size_t far = *command ? difference(word, command) : 9;
        if (far < least) {
            least = far;
            best = command;
        }
    }
    return best;
}

static void read_command(struct lesson_reader *reader, const char *command, size_t line)
{
    const char *word = arena_dup_bytes(reader->arena, command, strcspn(command, " "));
    const char *similar = similar_command(word);
    enum action action;

    if (action_parse(word, &action))
        add_item(reader, ITEM_COMMAND, line)->text = command;
    else if (*similar)
        faults_add(reader->faults, reader->file, line,
                   tr("do: no command \":%s\"; did you mean :%s?"), word, similar);
    else
        faults_add(reader->faults, reader->file, line, tr("do: no command \":%s\" (:help keys)"),
                   word);
}

void lesson_read_do(struct lesson_reader *reader, const char *body, size_t line)
{
    if (*body == ':') {
        read_command(reader, body + 1, line);
        return;
    }
    while (*(body += strspn(body, " "))) {
        const char *name = arena_dup_bytes(reader->arena, body, strcspn(body, " "));
        uint32_t key;
        body += strlen(name);
        if (key_parse(name, &key)) {
            struct lesson_item *item = add_item(reader, ITEM_KEY, line);
            item->text = name;
            item->key = key;
        } else {
            faults_add(reader->faults, reader->file, line, tr("do: no key \"%s\" (:help keys)"),
                       name);
        }
    }
}

/* ---- ask ---- */

struct choices {
    size_t rights, total;
    char *last; /* of the sentence or choice that a line can go on from */
};

static void add_choice(struct lesson_reader *reader, struct lesson_item *item,
                       struct choices *choices, const char *line)
{
    bool right = line[2] == '+';

    if (right)
        item->right = choices->total;
    choices->rights += right;
    if (choices->total < CHOICES_MOST)
        item->choices[item->choice_count++] = arena_dup(reader->arena, line + 4);
    choices->total++;
}

/* A line that goes on with the sentence or choice above it. */
static void go_on(struct lesson_reader *reader, struct lesson_item *item, const char *line)
{
    const char **above = item->choice_count ? &item->choices[item->choice_count - 1] : &item->text;

    struct text joined = {0};

    line += strspn(line, " ");
    text_add(&joined, *above);
    wrap_join(&joined, line, strlen(line));
    *above = arena_dup(reader->arena, text_get(&joined));
    text_clear(&joined);
}

static void check_choices(struct lesson_reader *reader, struct lesson_item *item,
                          const struct choices *choices)
{
    static const char *const words[] = {"ask", "ask", "ask first", "ask next", "ask verdict"};
    const char *file = reader->file;
    size_t first = item->line + 1;

    if (item->ask > ASK_CHOICES && choices->total)
        faults_add(reader->faults, file, item->line,
                   tr("%s: takes no choices; they come from the route"), words[item->ask]);
    else if (choices->total == 1)
        faults_add(reader->faults, file, first,
                   tr("a single choice is no choice; write 2 to 6, or none"));
    else if (choices->total > CHOICES_MOST)
        faults_add(reader->faults, file, first, tr("%zu choices; write 2 to 6"), choices->total);
    else if (choices->total && choices->rights != 1)
        faults_add(reader->faults, file, first, tr("choices need exactly one \"+\", found %zu"),
                   choices->rights);
}

void lesson_read_ask(struct lesson_reader *reader, enum ask_kind kind, char *body, size_t line)
{
    struct lesson_item *item = add_item(reader, ITEM_ASK, line);
    struct choices choices = {0};
    char *rest = NULL;

    item->ask = kind;
    item->text = strtok_r(body, "\n", &rest);
    item->text = item->text ? item->text : "";
    for (char *next = strtok_r(NULL, "\n", &rest); next; next = strtok_r(NULL, "\n", &rest))
        if (strncmp(next, "  - ", 4) == 0 || strncmp(next, "  + ", 4) == 0)
            add_choice(reader, item, &choices, next);
        else
            go_on(reader, item, next);
    check_choices(reader, item, &choices);
    if (kind == ASK_CHOICES && !choices.total)
        item->ask = ASK_OPEN;
}

/* ---- expect ---- */

static const char windows[] =
    " panes simulate srv as timeline diagram rotate message queries "
    "journey spf whatif compare matrix names servers directory ttl diff changes "
    "nslookup trace resolvers ask confirm settings theme lessons help ";
static const char panes[] = " mx address ns srv mail findings ";
static const char runs[] = " 0 1 100 10000 1000000 ";
static const char verdicts[] = " deliver local bounce defer freeze loop ";

/* What the words are, and what may stand behind them: a list, "#" for a number, "" for anything. */
static const struct {
    const char *word, *values;
} conditions[EXPECT_COUNT] = {
    [EXPECT_WINDOW] = {"window", windows},
    [EXPECT_NAME] = {"name", ""},
    [EXPECT_PANE] = {"pane", panes},
    [EXPECT_ROW] = {"row", ""},
    [EXPECT_DOWN] = {"down", ""},
    [EXPECT_AS] = {"as", ""},
    [EXPECT_SENDER] = {"sender", ""},
    [EXPECT_SEED] = {"seed", "#"},
    [EXPECT_STEP] = {"step", "#"},
    [EXPECT_RUNS] = {"runs", runs},
    [EXPECT_VERDICT] = {"verdict", verdicts},
    [EXPECT_SCREEN] = {"screen", ""},
};

const char *condition_word(enum condition_kind kind)
{
    return conditions[kind].word;
}

static void add_condition(struct lesson_reader *reader, enum condition_kind kind, const char *value)
{
    struct lesson_step *step = reader->step;

    step->conditions = arena_grow(reader->arena, step->conditions, step->condition_count,
                                  &step->condition_capacity, sizeof *step->conditions);
    step->conditions[step->condition_count++] = (struct lesson_condition){kind, value};
}

static bool is_listed(struct lesson_reader *reader, const char *list, const char *value)
{
    return *value && strstr(list, arena_format(reader->arena, " %s ", value)) != NULL;
}

/* Is it what may stand behind the word? Says so where it is not. */
static bool check_value(struct lesson_reader *reader, enum condition_kind kind, const char *value,
                        size_t line)
{
    const char *word = conditions[kind].word, *values = conditions[kind].values;
    bool number = strspn(value, "0123456789") == strlen(value) && *value && strlen(value) < 20;

    if (*values == '#' && !number && (kind != EXPECT_STEP || strcmp(value, "all") != 0))
        faults_add(reader->faults, reader->file, line,
                   kind == EXPECT_STEP ? tr("expect: %s=%s: must be a number or \"all\"")
                                       : tr("expect: %s=%s: must be a number"),
                   word, value);
    else if (*values == ' ' && !is_listed(reader, values, value))
        faults_add(reader->faults, reader->file, line, tr("expect: %s=%s: must be one of%.*s"),
                   word, value, (int)strlen(values) - 1, values);
    else if (!*value)
        faults_add(reader->faults, reader->file, line, tr("expect: %s= needs a value"), word);
    else
        return true;
    return false;
}

/* screen "TEXT"; returns what follows. */
static char *read_screen(struct lesson_reader *reader, char *body, size_t line)
{
    char *from = body + strlen("screen"), *end;

    from += strspn(from, " ");
    end = *from == '"' ? strchr(from + 1, '"') : NULL;
    if (!end || end == from + 1) {
        faults_add(reader->faults, reader->file, line, tr("expect: screen needs \"TEXT\""));
        return body + strlen(body);
    }
    *end = '\0';
    add_condition(reader, EXPECT_SCREEN, from + 1);
    return end + 1;
}

static void unknown_condition(struct lesson_reader *reader, const char *word, size_t line)
{
    struct text known = {0};

    for (int i = 0; i < EXPECT_COUNT; i++)
        text_format(&known, " %s", conditions[i].word);
    faults_add(reader->faults, reader->file, line, tr("expect: unknown condition \"%s\"; known:%s"),
               word, text_get(&known));
    text_clear(&known);
}

/* WORD=VALUE; returns what follows. */
static char *read_pair(struct lesson_reader *reader, char *body, size_t line)
{
    size_t length = strcspn(body, " ");
    char *pair = arena_dup_bytes(reader->arena, body, length), *equals = strchr(pair, '=');
    int kind = 0;

    if (equals)
        *equals = '\0';
    while (kind < EXPECT_SCREEN && strcmp(conditions[kind].word, pair) != 0)
        kind++;
    if (kind == EXPECT_SCREEN || !equals)
        unknown_condition(reader, pair, line);
    else if (check_value(reader, (enum condition_kind)kind, equals + 1, line))
        add_condition(reader, (enum condition_kind)kind, equals + 1);
    return body + length;
}

void lesson_read_expect(struct lesson_reader *reader, char *body, size_t line)
{
    struct lesson_step *step = reader->step;

    if (step->expect_line) {
        faults_add(reader->faults, reader->file, line,
                   tr("second expect in this step (first: line %zu)"), step->expect_line);
        return;
    }
    step->expect_line = line;
    while (*(body += strspn(body, " "))) {
        size_t length = strcspn(body, " ");
        bool screen = length == strlen("screen") && strncmp(body, "screen", length) == 0;
        body = screen ? read_screen(reader, body, line) : read_pair(reader, body, line);
    }
}
