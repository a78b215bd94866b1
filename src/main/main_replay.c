#include "base/array.h"
#include "main/batch/main_say.h"
#include "main/main_program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct replay_line {
    char *text;
    size_t number;
    int64_t at_ms;
};

struct replay {
    char *path;
    struct replay_line *lines;
    size_t count, capacity, next;
    bool torn; /* its last line, which is left out */
};

static void add_line(struct replay *replay, const char *text, size_t number)
{
    struct replay_line line = {memory_dup(text), number, strtoll(text, NULL, 10)};

    ARRAY_PUSH(replay->lines, replay->count, replay->capacity, line);
}

int replay_open(const char *path, struct replay **out)
{
    struct replay *replay;
    FILE *file = fopen(path, "re");
    size_t capacity = 0, number = 0;
    char *line = NULL;
    ssize_t length;

    if (!file) {
        main_say("%s: %s", path, strerror(errno));
        return EXIT_INPUT;
    }
    replay = memory_new(1, sizeof *replay);
    replay->path = memory_dup(path);
    while ((length = getline(&line, &capacity, file)) >= 0) {
        number++;
        if ((replay->torn = recording_is_torn(line, (size_t)length)))
            break;
        line[strcspn(line, "\n")] = '\0';
        if (*line && *line != '#')
            add_line(replay, line, number);
    }
    free(line);
    fclose(file);
    *out = replay;
    return 0;
}

void replay_close(struct replay *replay)
{
    if (!replay)
        return;
    for (size_t i = 0; i < replay->count; i++)
        free(replay->lines[i].text);
    free(replay->lines);
    free(replay->path);
    free(replay);
}

const char *replay_end_text(const struct replay *replay)
{
    return replay->torn ? "the recording ends here: its last line is torn"
                        : "the recording ends here";
}

int64_t replay_next_ms(const struct replay *replay)
{
    return replay->next < replay->count ? replay->lines[replay->next].at_ms : -1;
}

int replay_step(struct replay *replay, struct program *program)
{
    const struct replay_line *line = &replay->lines[replay->next++];
    const char *why;

    if (program_line(program, line->text, &why) == STATUS_OK)
        return 0;
    main_say("%s:%zu: %s", replay->path, line->number, why);
    return EXIT_INPUT;
}

/* ---- as slides ---- */

/* Does the line say what somebody did? What is typed letter by letter belongs to the key before. */
static bool is_done_by_hand(const struct replay_line *line)
{
    static const char *const words[] = {"key ", "submit ", "mouse ", "paste "};
    const char *word = line->text + strspn(line->text, "0123456789");

    word += *word == ' ';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(word, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

int replay_slide(struct replay *replay, struct program *program)
{
    int status = 0;

    if (replay->next < replay->count)
        status = replay_step(replay, program);
    while (!status && replay->next < replay->count &&
           !is_done_by_hand(&replay->lines[replay->next]))
        status = replay_step(replay, program);
    return status;
}

int replay_back(struct replay *replay, struct program *program)
{
    size_t place = replay->next ? replay->next - 1 : 0;
    int status = 0;

    while (place && !is_done_by_hand(&replay->lines[place]))
        place--;
    program_restart(program);
    if (!place)
        return replay_begin(replay, program);
    for (replay->next = 0; !status && replay->next < place;)
        status = replay_step(replay, program);
    return status;
}

int replay_begin(struct replay *replay, struct program *program)
{
    int status = 0;

    for (replay->next = 0;
         !status && replay->next < replay->count && !is_done_by_hand(&replay->lines[replay->next]);)
        status = replay_step(replay, program);
    return status;
}

bool replay_is_begun(const struct replay *replay)
{
    for (size_t i = 0; i < replay->next; i++)
        if (is_done_by_hand(&replay->lines[i]))
            return true;
    return false;
}
