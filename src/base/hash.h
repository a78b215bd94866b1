/* uthash, with memory that never comes back empty. Include this, not <uthash.h>. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/memory.h"

#define uthash_malloc(size)        memory_new(1, (size))
#define uthash_free(pointer, size) ((void)(size), free(pointer))
#define HASH_NONFATAL_OOM          0

#include <stdlib.h>
#include <uthash.h>

#endif
