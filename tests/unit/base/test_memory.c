#include "base/memory.h"
#include "unit/check.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_EXHAUSTED = 70, HOOK_RAN = 'h' };

static int hook_pipe[2];

static void hook(void)
{
    const char ran = HOOK_RAN;

    if (write(hook_pipe[1], &ran, 1) != 1)
        _exit(1);
}

/* Runs `exhaust` in a child: it must end with the status for it, after the hook has run. */
static void assert_exhausts(void (*exhaust)(void))
{
    char ran = 0;
    int status;
    pid_t child;

    assert_int_equal(pipe(hook_pipe), 0);
    child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        memory_on_exhausted(hook);
        exhaust();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EXIT_EXHAUSTED);
    assert_int_equal(read(hook_pipe[0], &ran, 1), 1);
    assert_int_equal(ran, HOOK_RAN);
    close(hook_pipe[0]);
    close(hook_pipe[1]);
}

static void overflow_new(void)
{
    free(memory_new(SIZE_MAX / 2, 3));
}

static void overflow_arena(void)
{
    static struct arena *arena;

    arena = arena_new();
    arena_alloc(arena, SIZE_MAX, 1);
}

static void overflow_resize(void)
{
    free(memory_resize(NULL, SIZE_MAX / 2, 3));
}

static void more_than_there_is(void)
{
    free(memory_new(SIZE_MAX / 4, 1));
}

static void nothing_from_a_library(void)
{
    memory_checked(NULL);
}

static void no_memory_ends_the_program_after_its_hook(void **state)
{
    (void)state;
    assert_exhausts(overflow_new);
    assert_exhausts(overflow_arena);
    assert_exhausts(overflow_resize);
    assert_exhausts(more_than_there_is);
    assert_exhausts(nothing_from_a_library);
}

static void new_memory_is_zero_and_copies_are_equal(void **state)
{
    unsigned char *zeroed = memory_new(100, 3);
    char *copy = memory_dup("abc"), *bytes = memory_dup_bytes("a\0b", 3), *none = memory_new(0, 0);

    (void)state;
    for (size_t i = 0; i < 300; i++)
        assert_int_equal(zeroed[i], 0);
    assert_string_equal(copy, "abc");
    assert_memory_equal(bytes, "a\0b\0", 4);
    assert_non_null(none);
    free(zeroed);
    free(copy);
    free(bytes);
    free(none);
}

static void pieces_of_an_arena_are_zero_aligned_and_apart(void **state)
{
    struct arena *arena = arena_new();
    unsigned char *pieces[2000];

    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t size = i % 97 + (i % 50 == 0 ? 5000 : 0);
        pieces[i] = arena_alloc(arena, size + 1, 1);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j <= size; j++)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)(i % 255) + 1, size + 1);
    }
    for (size_t i = 0; i < 2000; i++)
        assert_int_equal(pieces[i][i % 97], i % 255 + 1);
    assert_true(arena_size(arena) > 40u * 5000u);
    arena_free(arena);
    arena_free(NULL);
}

static void an_arena_formats_and_copies(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(arena_format(arena, "%s-%d", "a", 7), "a-7");
    assert_string_equal(arena_dup(arena, "xyz"), "xyz");
    assert_memory_equal(arena_dup_bytes(arena, "\0x", 2), "\0x\0", 3);
    arena_free(arena);
}

/* Blocks are used again; what an arena gives is zero all the same. */
static void what_an_arena_gives_is_zero(void **state)
{
    enum { PIECES = 2000, PIECE = 100 };
    static const unsigned char zero[PIECE];

    (void)state;
    for (int round = 0; round < 3; round++) {
        struct arena *arena = arena_new();
        for (int i = 0; i < PIECES; i++) {
            unsigned char *piece = arena_alloc(arena, 1, PIECE);
            assert_memory_equal(piece, zero, PIECE);
            memset(piece, 0xff, PIECE);
        }
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_arena_gives_is_zero),
        cmocka_unit_test(no_memory_ends_the_program_after_its_hook),
        cmocka_unit_test(new_memory_is_zero_and_copies_are_equal),
        cmocka_unit_test(pieces_of_an_arena_are_zero_aligned_and_apart),
        cmocka_unit_test(an_arena_formats_and_copies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
