/* What a kind of source has to provide. For the files of net/ that are one. */
#ifndef NET_SOURCE_CLASS_H
#define NET_SOURCE_CLASS_H

#include "net/source.h"

struct source_class {
    /* Takes the question: exactly one source_deliver follows, now or later. Returns false when it
     * joined one that is open already, so that none follows. */
    bool (*ask)(struct source *source, const struct question *question, int priority);
    void (*forget)(struct source *source,
                   const struct question *question);                      /* NULL: nothing to do */
    bool (*drop)(struct source *source, const struct question *question); /* NULL likewise; was it
                                                                           * open? */
    /* Delivers a reply that says so at once; false: it is not open. NULL: nothing to do. */
    bool (*end)(struct source *source, const struct question *question, const char *why);
    void (*hold)(struct source *source, bool held); /* NULL: nothing waits for its turn */
    void (*cancel)(struct source *source);          /* NULL: nothing is ever open after ask */
    bool (*trouble)(struct source *source, struct source_trouble *trouble); /* NULL: never any */
    struct source_info (*info)(struct source *source);
    void (*free)(struct source *source);
};

struct source { /* first member of each kind's own struct */
    const struct source_class *class;
    struct reply **ready; /* a queue: those from `taken` on */
    size_t taken, ready_count, ready_capacity;
    size_t open; /* accepted by ask, not delivered */
    void (*on_ready)(void *context);
    void *context;
};

/* Appends to the queue; the reply is the queue's then. */
void source_deliver(struct source *source, struct reply *reply);

#endif
