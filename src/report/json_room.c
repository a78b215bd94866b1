#include "report/json_room.h"

#include "base/memory.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>

static struct arena *room;

static void *take(size_t size)
{
    return arena_alloc(room, size, 1);
}

static void give_back(void *piece)
{
    (void)piece;
}

void json_room_open(void)
{
    assert(!room);
    room = arena_new();
    json_set_alloc_funcs(take, give_back);
}

void json_room_close(void)
{
    json_set_alloc_funcs(malloc, free);
    arena_free(room);
    room = NULL;
}
