/* A table from questions to whatever is known about them. */
#ifndef DNS_QUESTION_MAP_H
#define DNS_QUESTION_MAP_H

#include "dns/reply.h"

/* Of all that question_equal() compares. */
unsigned question_hash(const struct question *question);

struct question_map;

struct question_map *question_map_new(void);
/* Frees the table; what the values point to stays with its owner. */
void question_map_free(struct question_map *map);
/* NULL when the question is not in the table. */
void *question_map_find(const struct question_map *map, const struct question *question);
/* The value of the question, which is added with NULL when it is not there yet; good until the
 * question is removed. */
void **question_map_place(struct question_map *map, const struct question *question);
/* Adds the question, or replaces its value; the question is copied. */
void question_map_put(struct question_map *map, const struct question *question, void *value);
void question_map_remove(struct question_map *map, const struct question *question);

#endif
