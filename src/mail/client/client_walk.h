/* A client played: its questions, what each answer led to, and the targets in the order in which it
 * tries them, with exact and drawn shares. */
#ifndef MAIL_CLIENT_CLIENT_WALK_H
#define MAIL_CLIENT_CLIENT_WALK_H

#include "dns/lookup.h"
#include "mail/client/client.h"
#include "mail/sender/sender.h"

struct client_place {
    const char *domain; /* canonical */
    const char *site;   /* any letters; NULL: not known */
    const char *owner;  /* whose choice is shown: what rfc2782 and the like look up, and
                                    the task at which others are played; NULL: none */
};

enum client_outcome {
    CLIENT_SKIPPED, /* not looked up: nothing of the kind is known, or it is not DNS */
    CLIENT_WAITING,
    CLIENT_FOUND,
    CLIENT_NOT_OFFERED, /* the one target "." */
    CLIENT_NONE,
    CLIENT_FAILED,
};
const char *client_outcome_text(enum client_outcome outcome); /* "found", ... Static. */

struct client_step {
    const struct client_question *question;
    const char *owner; /* looked up; NULL when nothing was */
    const struct reply *reply;
    enum client_outcome outcome;
    enum client_next next; /* what it led to; CLIENT_ON where nothing was decided */
    const char *text;      /* what came of it, one sentence */
};

struct client_target {
    const char *host;
    const char *owner; /* whose record it is */
    uint16_t priority, weight, port;
    size_t place;          /* in the answers, by group and level */
    size_t rank;           /* within its level, if always the likeliest one comes next */
    size_t group, level;   /* 0: the first; levels count through all groups */
    const char *down;      /* why it cannot be reached; NULL: it can */
    double first, reached; /* exact: tried before all others; is where the client ends */
    uint64_t drawn_first, drawn_reached;
};

struct client_walk {
    const struct client *client; /* at the task of the place's owner */
    const struct client_step *steps;
    size_t step_count;
    struct client_target *targets; /* by group, level and rank */
    size_t count;
    size_t level_count;
    bool complete;
    uint64_t draws;
    double nobody; /* exact: nobody can be reached */
};

/* The client at its task for place->owner. In the arena; the answers must live as long. `down` says
 * who is down (may be NULL); what the lookup lacks is noted there. */
struct client_walk *client_walk(const struct client *client, const struct lookup *lookup,
                                const struct client_place *place, const struct sender *down,
                                struct arena *arena);
/* Draws so many choices; of the same seed the same ones. */
void client_walk_draw(struct client_walk *walk, const char *domain, uint64_t seed, uint64_t draws);

#endif
