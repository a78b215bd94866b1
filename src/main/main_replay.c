#include "main/batch/main_say.h"
#include "main/main_program.h"

#include "base/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct replay {
    char *path;
    FILE *file;
    char *line; /* the next event, without its line end */
    size_t capacity;
    size_t number; /* of that line in the file */
    size_t done;   /* events before it */
    bool ended;    /* there is none */
    bool torn;     /* its last line, which is left out */
    bool begun;    /* something done by hand is among those before */
};

/* To the next line that is an event. */
static void read_next(struct replay *replay)
{
    ssize_t length;

    do {
        length = getline(&replay->line, &replay->capacity, replay->file);
        replay->number++;
        replay->torn = length >= 0 && recording_is_torn(replay->line, (size_t)length);
        replay->ended = length < 0 || replay->torn;
        if (!replay->ended)
            replay->line[strcspn(replay->line, "\n")] = '\0';
    } while (!replay->ended && (!*replay->line || *replay->line == '#'));
}

static void rewind_to_first(struct replay *replay)
{
    rewind(replay->file);
    replay->number = replay->done = 0;
    replay->begun = false;
    read_next(replay);
}

int replay_open(const char *path, struct replay **out)
{
    struct replay *replay;
    FILE *file = fopen(path, "re");

    if (!file) {
        main_say("%s: %s", path, strerror(errno));
        return EXIT_INPUT;
    }
    replay = memory_new(1, sizeof *replay);
    replay->path = memory_dup(path);
    replay->file = file;
    rewind_to_first(replay);
    *out = replay;
    return 0;
}

void replay_close(struct replay *replay)
{
    if (!replay)
        return;
    fclose(replay->file);
    free(replay->line);
    free(replay->path);
    free(replay);
}

const char *replay_end_text(const struct replay *replay)
{
    return replay->torn ? tr("the recording ends here: its last line is torn")
                        : tr("the recording ends here");
}

int64_t replay_next_ms(const struct replay *replay)
{
    return replay->ended ? -1 : strtoll(replay->line, NULL, 10);
}

/* Does the line say what somebody did? What is typed letter by letter belongs to the key before. */
static bool is_done_by_hand(const char *line)
{
    static const char *const words[] = {"key ", "submit ", "mouse ", "paste "};
    const char *word = line + strspn(line, "0123456789");

    word += *word == ' ';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(word, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

bool replay_is_session(struct replay *replay)
{
    bool found = false;

    for (rewind_to_first(replay); !found && !replay->ended; read_next(replay))
        found = is_done_by_hand(replay->line);
    rewind_to_first(replay);
    return found;
}

int replay_step(struct replay *replay, struct program *program)
{
    const char *why;

    replay->begun = replay->begun || is_done_by_hand(replay->line);
    replay->done++;
    if (program_line(program, replay->line, &why) != STATUS_OK) {
        main_say("%s:%zu: %s", replay->path, replay->number, why);
        return EXIT_INPUT;
    }
    read_next(replay);
    return 0;
}

/* ---- as slides ---- */

/* What is there before the next thing done by hand. */
static int play_what_comes(struct replay *replay, struct program *program)
{
    int status = 0;

    while (!status && !replay->ended && !is_done_by_hand(replay->line))
        status = replay_step(replay, program);
    return status;
}

int replay_slide(struct replay *replay, struct program *program)
{
    int status = replay->ended ? 0 : replay_step(replay, program);

    return status ? status : play_what_comes(replay, program);
}

/* How many events come before the slide that is shown. */
static size_t before_slide(struct replay *replay)
{
    size_t shown = replay->done, place = 0;

    for (rewind_to_first(replay); !replay->ended && replay->done < shown; replay->done++) {
        if (is_done_by_hand(replay->line))
            place = replay->done;
        read_next(replay);
    }
    return place;
}

int replay_back(struct replay *replay, struct program *program)
{
    size_t place = before_slide(replay);
    int status = 0;

    program_restart(program);
    if (!place)
        return replay_begin(replay, program);
    for (rewind_to_first(replay); !status && !replay->ended && replay->done < place;)
        status = replay_step(replay, program);
    return status;
}

int replay_begin(struct replay *replay, struct program *program)
{
    rewind_to_first(replay);
    return play_what_comes(replay, program);
}

bool replay_is_begun(const struct replay *replay)
{
    return replay->begun;
}
