/*
 * Runs a fuzz target over its corpus as a plain test: each file of
 * $srcdir/tests/fuzz/corpus/NAME, where the program is called fuzz_NAME, and each of its
 * prefixes shorter by one byte and by half, and over inputs by chance where the target wants that
 * (SEED=7 in the environment: over that one). Writes TAP. With file names as arguments it runs
 * those instead, to look at a crash that "make fuzz" found.
 */
#include "base/random.h"
#include "base/text.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Of a target that wants inputs by chance as well: how many. */
extern const unsigned fuzz_seeds __attribute__((weak));

enum { LONGEST = 1 << 20, SEED_BYTES = 2000 };

static int run_file(const char *path)
{
    static uint8_t buffer[LONGEST];
    FILE *file = fopen(path, "rb");
    size_t length;

    if (!file)
        return 0;
    length = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    for (size_t cut = 0; cut < 3; cut++) {
        size_t kept = cut == 0 ? length : cut == 1 ? length - (length > 0) : length / 2;
        uint8_t *exact = malloc(kept + !kept); /* no byte more, so that a sanitizer sees */

        if (!exact)
            return 0;
        memcpy(exact, buffer, kept);
        LLVMFuzzerTestOneInput(exact, kept);
        free(exact);
    }
    return 1;
}

/* Inputs by chance, each again from its number. One that fails says which it was. */
static void run_seed(unsigned seed)
{
    struct random random;
    size_t length;
    uint8_t *bytes;

    random_init(&random, seed);
    length = 1 + random_below(&random, SEED_BYTES);
    bytes = malloc(length);
    for (size_t i = 0; bytes && i < length; i++)
        bytes[i] = (uint8_t)random_below(&random, 256);
    if (bytes)
        LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
}

static void run_seeds(unsigned count)
{
    const char *one = getenv("SEED");

    if (one) {
        run_seed((unsigned)strtoul(one, NULL, 10));
        return;
    }
    for (unsigned seed = 0; seed < count; seed++) {
        printf("# seed %u\n", seed); /* the last one is the one that failed */
        run_seed(seed);
    }
}

static int run_corpus(const char *folder)
{
    DIR *corpus = opendir(folder);
    const struct dirent *entry;
    int count = 0;

    if (!corpus) {
        printf("1..1\nnot ok 1 - %s is there\n", folder);
        return EXIT_FAILURE;
    }
    while ((entry = readdir(corpus))) {
        struct text path = {0};

        if (entry->d_name[0] == '.')
            continue;
        text_format(&path, "%s/%s", folder, entry->d_name);
        printf("%s %d - %s\n", run_file(text_get(&path)) ? "ok" : "not ok", ++count, entry->d_name);
        fflush(stdout);
        text_clear(&path);
    }
    closedir(corpus);
    if (&fuzz_seeds && fuzz_seeds) {
        run_seeds(fuzz_seeds);
        printf("ok %d - %u seeds\n", ++count, fuzz_seeds);
    }
    printf("1..%d\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    const char *srcdir = getenv("srcdir");
    const char *name = strstr(argv[0], "fuzz_");
    struct text folder = {0};
    int result;

    for (int i = 1; i < argc; i++)
        if (!run_file(argv[i]))
            return EXIT_FAILURE;
    if (argc > 1)
        return EXIT_SUCCESS;
    text_format(&folder, "%s/tests/fuzz/corpus/%s", srcdir ? srcdir : ".",
                name ? name + strlen("fuzz_") : "none");
    result = run_corpus(text_get(&folder));
    text_clear(&folder);
    return result;
}
