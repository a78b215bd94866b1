#include "main/main_player.h"

#include "main/batch/main_say.h"
#include "main/main_program.h"

static int64_t player_now(struct program *program)
{
    return ((struct player *)program)->now_ms;
}

static bool compute(struct program *program)
{
    struct event event = {.kind = EVENT_TICK};

    if (!ui_busy(program->ui))
        return false;
    program_event(program, &event);
    return true;
}

static void settle(struct player *player)
{
    struct program *program = &player->program;

    while (program_replies(program) || compute(program))
        ;
    ui_draw(program->ui, program->canvas);
}

static void send(struct player *player, struct event event)
{
    program_event(&player->program, &event);
    settle(player);
}

void player_size(struct player *player, int width, int height)
{
    canvas_resize(player->program.canvas, width, height);
    send(player, (struct event){.kind = EVENT_RESIZE, .x = width, .y = height});
}

void player_command(struct player *player, const char *command)
{
    send(player, (struct event){.kind = EVENT_SUBMIT, .text = command});
}

void player_key(struct player *player, uint32_t key)
{
    send(player, (struct event){.kind = EVENT_KEY, .key = key});
}

int player_open(struct player *player, struct source *source, const struct request *request,
                const struct lessons *lessons)
{
    struct program *program = &player->program;

    program->request = request;
    program->lessons = lessons;
    program->source = source;
    program->now = player_now;
    return program_open(program);
}

void player_close(struct player *player)
{
    program_close(&player->program);
}

int player_line(struct player *player, const char *path, const char *line)
{
    const char *why;

    if (program_line(&player->program, line, &why) == STATUS_OK)
        return 0;
    main_say("%s: %s", path, why);
    return EXIT_INPUT;
}
