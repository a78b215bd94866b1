/* Things sorted by small random keys, ties in the order they came: how Exim mixes hosts and
 * addresses (host.c: random_number(500), insertion sort). Taken lazily; enumerated exactly, the
 * slight advantage of who comes first included. */
#ifndef MAIL_ORDER_KEY_SET_H
#define MAIL_ORDER_KEY_SET_H

#include "base/memory.h"
#include "mail/order/chance.h"

enum { KEY_BOUND = 500 };
enum { KEY_SET_ENUMERABLE = 32 }; /* sets of more things are drawn only */

struct key_set {
    int32_t *keys;    /* while drawing: key and, in the low 16 bits, index */
    uint16_t *chosen; /* while enumerating: those taken */
    /* Of a beginning, by the number of things, then length, descents, earlier ones left; below 0:
     * not known. NULL: nothing known. */
    double *chances[KEY_SET_ENUMERABLE + 1];
    struct arena *arena;
    uint16_t count, taken;
    /* While enumerating, of those taken: how many stand behind one that came later; which they are;
     * their chance. */
    uint16_t descents;
    uint32_t marked;
    double before;
};

void key_set_init(struct key_set *set, struct arena *arena, size_t capacity);
/* Things 0..count-1, in the order they came. */
void key_set_begin(struct key_set *set, struct chance *chance, unsigned count);
int key_set_take_one(struct key_set *set, struct chance *chance); /* there is one left */
static inline bool key_set_is_empty(const struct key_set *set)
{
    return set->taken == set->count;
}
/* The next of them; -1 when all were taken. */
static inline int key_set_take(struct key_set *set, struct chance *chance)
{
    return key_set_is_empty(set) ? -1 : key_set_take_one(set, chance);
}
/* All of them in order, none having been taken yet, as `first` and their number into the list. */
void key_set_take_all(struct key_set *set, struct chance *chance, unsigned first, uint16_t *list);

#endif
