/* The program without a screen and without a person: a lesson, or a recording, played by events. */
#ifndef MAIN_MAIN_PLAYER_H
#define MAIN_MAIN_PLAYER_H

#include "main/main_state.h"

/* A program whose keys are pressed by nobody. */
struct player {
    struct program program; /* first: its clock finds the player through it */
    int64_t now_ms;
};

/* Returns 0 or the exit status; player_close() is due in any case. */
int player_open(struct player *player, struct source *source, const struct request *request,
                const struct lessons *lessons);
void player_close(struct player *player);

/* Each goes on until nothing is awaited or computed. */
void player_size(struct player *player, int width, int height);
void player_command(struct player *player, const char *command);
void player_key(struct player *player, uint32_t key);
/* One line of a recording, and no more than that. Returns 0, or the exit status for a bad one,
 * which is said. */
int player_line(struct player *player, const char *path, const char *line);

#endif
