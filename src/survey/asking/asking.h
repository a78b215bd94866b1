/* Surveys that ask one source, each through its vantage: who waits for which question. What several
 * want is sent once, and its reply goes to all of them. Nothing is sent here: screen, reports and
 * --diff do that, each in its own way. */
#ifndef SURVEY_ASKING_ASKING_H
#define SURVEY_ASKING_ASKING_H

#include "survey/asking/vantage.h"
#include "survey/survey.h"

struct asking;

/* Who asks; the caller's, which stays where it is while it waits for anything. */
struct asker {
    struct survey *survey;
    const struct vantage *vantage; /* NULL: from where the program was started */
    size_t open;                   /* questions it waits for; written here only */
};

struct asking *asking_new(void);
void asking_free(struct asking *asking);
/* From now on, a reply that nobody waits for is kept (of 2,000 questions at most) for who asks
 * later. For recordings: a program that asks in another order than the one that recorded finds
 * them. */
void asking_keep_early(struct asking *asking);

/* How many waits there are, of all askers. */
size_t asking_count(const struct asking *asking);

/* What a survey wants to know. */
struct outgoing {
    struct question question; /* as it goes to the source; the name is good until the next call */
    int priority;
    bool send;           /* else another waits for it already, or: */
    struct reply *reply; /* what the vantage knows by itself, or came early: the caller's, for the
                            survey; NULL */
};
/* The next question of the asker's survey, for which it waits from now on unless there is a reply.
 * False: it wants nothing more now. */
bool asking_next(struct asking *asking, struct asker *asker, struct outgoing *asked);
/* The asker waits for a question that no survey wants: asking_take() hands the reply over as it is.
 * True when it must be sent. */
bool asking_add(struct asking *asking, struct asker *asker, const struct question *question);

/* One of those that wait for the reply waits no longer; *own is what it gets: the reply as the
 * survey asked for it, a copy for all but the last. NULL, and *reply is freed, when none is left;
 * so call it until then. Takes *reply over. */
struct asker *asking_take(struct asking *asking, struct reply **reply, struct reply **own);

/* The questions that only this asker waits for, oldest first. `each` must not add or take any. */
void asking_each_own(const struct asking *asking, const struct asker *asker,
                     void (*each)(const struct question *question, void *context), void *context);
/* The newest question of a survey for which one asker alone waits, one from whom it may be taken
 * back. NULL when there is none; the question is good until that is done. */
struct asker *asking_newest(const struct asking *asking,
                            bool (*may)(const struct asker *asker, const void *context),
                            const void *context, struct question *question);
/* Nobody waits for that one any more; its survey will want it again. */
void asking_take_back(struct asking *asking, const struct question *question);
/* The asker waits for nothing any more. */
void asking_drop(struct asking *asking, struct asker *asker);

#endif
