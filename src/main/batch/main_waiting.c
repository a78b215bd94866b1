#include "main/batch/main_waiting.h"

#include "base/array.h"
#include "base/memory.h"
#include "dns/question_map.h"

#include <stdlib.h>

struct queue {
    struct queue *next, *previous; /* of all there are */
    struct job **jobs;
    size_t count, capacity;
};

struct waiting {
    struct question_map *queues;
    struct queue all;    /* the head of the ring */
    struct queue *taken; /* lent to the caller */
};

struct waiting *waiting_new(void)
{
    struct waiting *waiting = memory_new(1, sizeof *waiting);

    waiting->queues = question_map_new();
    waiting->all.next = waiting->all.previous = &waiting->all;
    return waiting;
}

static void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    free(queue->jobs);
    free(queue);
}

void waiting_free(struct waiting *waiting)
{
    struct queue *queue = waiting->all.next, *next;

    for (; queue != &waiting->all; queue = next) {
        next = queue->next;
        queue_free(queue);
    }
    queue_free(waiting->taken);
    question_map_free(waiting->queues);
    free(waiting);
}

static struct queue *queue_new(struct waiting *waiting)
{
    struct queue *queue = memory_new(1, sizeof *queue);

    queue->next = &waiting->all;
    queue->previous = waiting->all.previous;
    queue->previous->next = waiting->all.previous = queue;
    return queue;
}

void waiting_add(struct waiting *waiting, const struct question *question, struct job *job)
{
    struct queue *queue = question_map_find(waiting->queues, question);

    if (!queue) {
        queue = queue_new(waiting);
        question_map_put(waiting->queues, question, queue);
    }
    ARRAY_PUSH(queue->jobs, queue->count, queue->capacity, job);
}

size_t waiting_count(const struct waiting *waiting, const struct question *question)
{
    const struct queue *queue = question_map_find(waiting->queues, question);

    return queue ? queue->count : 0;
}

struct job *const *waiting_take(struct waiting *waiting, const struct question *question,
                                size_t *count)
{
    struct queue *queue = question_map_find(waiting->queues, question);

    queue_free(waiting->taken);
    waiting->taken = queue;
    *count = queue ? queue->count : 0;
    if (!queue)
        return NULL;
    question_map_remove(waiting->queues, question);
    queue->previous->next = queue->next;
    queue->next->previous = queue->previous;
    return queue->jobs;
}

void waiting_forget(struct waiting *waiting, const struct job *job)
{
    for (struct queue *queue = waiting->all.next; queue != &waiting->all; queue = queue->next) {
        size_t kept = 0;
        for (size_t i = 0; i < queue->count; i++)
            if (queue->jobs[i] != job)
                queue->jobs[kept++] = queue->jobs[i];
        queue->count = kept;
    }
}
