#include "mail/order/key_set.h"

#include <string.h>

void key_set_init(struct key_set *set, struct arena *arena, size_t capacity)
{
    memset(set, 0, sizeof *set);
    set->arena = arena;
    set->keys = arena_alloc(arena, capacity + 1, sizeof *set->keys);
    set->chosen = arena_alloc(arena, capacity + 1, sizeof *set->chosen);
}

static void draw_keys(struct key_set *set, struct chance *chance)
{
    struct random random = chance->random; /* a copy stays in registers */

    for (unsigned i = 0; i < set->count; i++)
        set->keys[i] = (int32_t)(random_pick(&random, KEY_BOUND) << 16 | i);
    chance->random = random;
}

void key_set_begin(struct key_set *set, struct chance *chance, unsigned count)
{
    set->count = (uint16_t)count;
    set->taken = set->descents = 0;
    set->marked = 0;
    set->before = 1;
    if (chance->enumerates)
        chance->impossible = chance->impossible || count > KEY_SET_ENUMERABLE;
    else if (count > 0)
        draw_keys(set, chance);
}

enum { TAKEN = INT32_MAX };

/* The least key, of equal keys the one that came first: the index stands in its low bits. */
static int take_least(struct key_set *set)
{
    int32_t least = TAKEN;

    set->taken++;
    for (unsigned i = 0; i < set->count; i++)
        least = set->keys[i] < least ? set->keys[i] : least;
    least &= UINT16_MAX;
    set->keys[least] = TAKEN;
    return least;
}

/* How many ways: `count` keys, none less than the one before, the last at most `most`. */
static double ascending(unsigned most, unsigned count)
{
    double ways = 1;

    for (unsigned i = 1; i <= count; i++)
        ways = ways * (most + i) / i;
    return ways;
}

static double power(double base, unsigned exponent)
{
    double result = 1;

    for (; exponent > 0; exponent--)
        result *= base;
    return result;
}

/* The chance that `length` given things come first in a given order: `descents` of them stand
 * behind one that came later (so their key must be greater, not only as great), and of those left
 * `earlier` came before the last of them. */
static double beginning(unsigned count, unsigned length, unsigned descents, unsigned earlier)
{
    unsigned later = count - length - earlier;
    double sum = 0;

    for (unsigned key = descents; key < KEY_BOUND; key++)
        sum += ascending(key - descents, length - 1) *
               power((double)(KEY_BOUND - 1 - key) / KEY_BOUND, earlier) *
               power((double)(KEY_BOUND - key) / KEY_BOUND, later);
    return sum / power(KEY_BOUND, length);
}

static double known_beginning(struct key_set *set, unsigned length, unsigned descents,
                              unsigned earlier)
{
    size_t side = (size_t)set->count + 1;
    double **chances = set->chances + set->count, *chance;

    if (!*chances) {
        *chances = arena_alloc(set->arena, side * side * side, sizeof **chances);
        for (size_t i = 0; i < side * side * side; i++)
            (*chances)[i] = -1;
    }
    chance = *chances + ((size_t)length * side + descents) * side + earlier;
    if (*chance < 0)
        *chance = beginning(set->count, length, descents, earlier);
    return *chance;
}

/* Of the things left, how many stand before one tells its place among them; so its chance is known
 * from the beginning before it. */
static int weigh(struct key_set *set, struct chance *chance)
{
    unsigned left = 0, choice, length = set->taken;
    int last = length > 0 ? set->chosen[length - 1] : -1;
    double chances[KEY_SET_ENUMERABLE];
    uint16_t things[KEY_SET_ENUMERABLE];

    for (unsigned thing = 0; thing < set->count; thing++) {
        if (set->marked >> thing & 1)
            continue;
        chances[left] = known_beginning(set, length + 1, set->descents + ((int)thing < last), left);
        chances[left] /= set->before;
        things[left++] = (uint16_t)thing;
    }
    choice = chance_weigh(chance, left, chances);
    set->before *= chances[choice];
    set->descents = (uint16_t)(set->descents + (things[choice] < last));
    set->marked |= UINT32_C(1) << things[choice];
    set->chosen[set->taken++] = things[choice];
    return things[choice];
}

int key_set_take_one(struct key_set *set, struct chance *chance)
{
    if (chance->impossible)
        return -1;
    return chance->enumerates ? weigh(set, chance) : take_least(set);
}

/* Each has its place by how many keys are less; none are equal, with the index in their low bits.
 */
static void list_by_keys(const struct key_set *set, unsigned first, uint16_t *list)
{
    const int32_t *keys = set->keys;
    unsigned count = set->count;

    for (unsigned i = 0; i < count; i++) {
        unsigned place = 0;
        for (unsigned j = 0; j < count; j++)
            place += keys[j] < keys[i];
        list[place] = (uint16_t)(first + i);
    }
}

void key_set_take_all(struct key_set *set, struct chance *chance, unsigned first, uint16_t *list)
{
    if (!chance->enumerates)
        list_by_keys(set, first, list);
    for (unsigned i = 0; chance->enumerates && i < set->count; i++)
        list[i] = (uint16_t)(first + (chance->impossible ? i : (unsigned)weigh(set, chance)));
}
