/* The loop of the screen: what main_screen.c and main_showing.c share. */
#ifndef MAIN_MAIN_LOOP_H
#define MAIN_MAIN_LOOP_H

#include "main/main_program.h"

#include <uv.h>

enum { SIGNALS = 7 };

struct main_loop {
    struct program program; /* first: program_now() finds the loop through it */
    uv_loop_t *uv;
    uint64_t epoch_ms, painted_ms;
    uv_poll_t keys;
    uv_timer_t timer;
    uv_signal_t signals[SIGNALS];
    bool pressed; /* something the user did is not painted yet */
    struct replay *replay;
    bool slides;         /* it stands still, and keys lead from event to event */
    int left, top;       /* of a recorded screen that is larger than the terminal */
    int64_t replayed_ms; /* event clock of the last event played */
    uint64_t replayed_at;
    bool views_due;      /* those that the options ask for are not open yet */
    char silent[128];    /* the server that is known to answer nothing */
    unsigned silent_try; /* 0: none is */
    int status;
};

/* main/main_showing.c: a recording on the screen, in its own time or as slides. */
void showing_begin(struct main_loop *loop);
/* While it plays, the only keys are those that scroll, lead through it, or end the program. */
void showing_key(struct main_loop *loop, const struct event *event);
/* Milliseconds until the next recorded event is due; -1 when nothing plays. */
int64_t showing_wait(const struct main_loop *loop);
/* Applies what is due. */
void showing_play(struct main_loop *loop);
/* What is said over the screen drawn: that it is larger than the terminal, and which keys there
 * are. */
void showing_overlay(struct main_loop *loop);

#endif
