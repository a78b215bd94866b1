/*
 * keys [-k KEYS] [-l NAMES] [-n COUNT] COMMAND ...: runs a program in a pseudo-terminal of 120x36,
 * plays the user, and prints what it saw, one "name value" a line:
 *
 *   first_ms         from the start of the program to the last byte of its first frame
 *   idle_bytes       what it sent in a second without a key (-k only)
 *   key_median_ms, key_p99_ms   from a key to the last byte of what it changed
 *   key_bytes_median, key_bytes_most
 *   resident_kib     its memory at the end
 *
 * Without -k it types letters into the prompt and looks for each in the output, so that what the
 * program sends meanwhile of its own (a spinner, replies) is not taken for the answer. Before that
 * it looks up the names of -l, separated by commas, one behind the other without waiting. With -k
 * it types those keys over and over, once the program is quiet.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(HAVE_PTY_H)
#include <pty.h>
#elif defined(HAVE_UTIL_H)
#include <util.h>
#elif defined(HAVE_LIBUTIL_H)
#include <libutil.h>
#endif

enum {
    WIDTH = 120,
    HEIGHT = 36,
    KEYS_MOST = 10000,
    FRAME_GAP_MS = 20, /* silence that ends the first frame */
    KEY_GAP_MS = 4,    /* and the answer to a key */
    QUIET_MS = 300,
    UNCHANGED_MS = 100, /* a key that shows nothing for so long changed nothing */
    PATIENCE_MS = 5000,
    LETTERS_IN_PROMPT = 40,
};

struct terminal {
    int fd;
    pid_t child;
    int state; /* 0 text, 1 behind ESC, 2 in CSI, 3 in OSC */
};

struct answer {
    double ms;
    size_t bytes;
};

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void fail(const char *what)
{
    fprintf(stderr, "keys: %s\n", what);
    exit(EXIT_FAILURE);
}

/* Whether a letter is among the text sent, not in its control sequences. */
static bool shows(struct terminal *terminal, const char *bytes, size_t length, char letter)
{
    bool found = false;

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == 0x1b)
            terminal->state = 1;
        else if (terminal->state == 1)
            terminal->state = byte == '[' ? 2 : byte == ']' ? 3 : byte == '(' ? 1 : 0;
        else if (terminal->state == 2)
            terminal->state = byte >= 0x40 ? 0 : 2;
        else if (terminal->state == 3)
            terminal->state = byte == 7 ? 0 : 3;
        else
            found = found || bytes[i] == letter;
    }
    return found;
}

/* Reads until `gap` ms of silence follow what is waited for (a letter, or anything when 0); no
 * bytes when nothing comes for `patience` ms. */
static struct answer listen_for(struct terminal *terminal, char letter, int gap, int patience)
{
    struct answer answer = {0};
    double start = now_ms();
    bool seen = false;
    char bytes[65536];

    while (now_ms() - start < patience) {
        struct pollfd ready = {terminal->fd, POLLIN, 0};
        ssize_t got;

        if (poll(&ready, 1, seen ? gap : patience) == 0)
            break;
        got = read(terminal->fd, bytes, sizeof bytes);
        if (got <= 0)
            fail("the program is gone");
        answer.bytes += (size_t)got;
        if (!letter || shows(terminal, bytes, (size_t)got, letter)) {
            answer.ms = now_ms() - start;
            seen = true;
        } else if (seen) {
            answer.ms = now_ms() - start;
        }
        if (letter && seen)
            return answer;
    }
    return answer;
}

/* Everything sent within a time. */
static size_t drain(struct terminal *terminal, int ms)
{
    double end = now_ms() + ms;
    size_t total = 0;
    char bytes[65536];

    while (now_ms() < end) {
        struct pollfd ready = {terminal->fd, POLLIN, 0};
        ssize_t got;
        if (poll(&ready, 1, (int)(end - now_ms()) + 1) <= 0)
            break;
        got = read(terminal->fd, bytes, sizeof bytes);
        if (got <= 0)
            fail("the program is gone");
        total += (size_t)got;
    }
    return total;
}

static void press(struct terminal *terminal, const char *bytes, size_t length)
{
    if (write(terminal->fd, bytes, length) != (ssize_t)length)
        fail("the terminal takes no keys");
}

static struct terminal start(char **command)
{
    struct winsize size = {.ws_row = HEIGHT, .ws_col = WIDTH};
    struct terminal terminal = {0};

    terminal.child = forkpty(&terminal.fd, NULL, NULL, &size);
    if (terminal.child == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(command[0], command);
        _exit(127);
    }
    if (terminal.child < 0)
        fail("no pseudo-terminal");
    return terminal;
}

static int by_ms(const void *left, const void *right)
{
    double a = ((const struct answer *)left)->ms, b = ((const struct answer *)right)->ms;

    return (a > b) - (a < b);
}

static int by_bytes(const void *left, const void *right)
{
    size_t a = ((const struct answer *)left)->bytes, b = ((const struct answer *)right)->bytes;

    return (a > b) - (a < b);
}

static void print_answers(struct answer *answers, size_t count)
{
    qsort(answers, count, sizeof *answers, by_ms);
    printf("key_median_ms %.3f\nkey_p99_ms %.3f\n", answers[count / 2].ms,
           answers[count * 99 / 100].ms);
    qsort(answers, count, sizeof *answers, by_bytes);
    printf("key_bytes_median %zu\nkey_bytes_most %zu\n", answers[count / 2].bytes,
           answers[count - 1].bytes);
}

static void print_memory(pid_t child)
{
    char path[64], line[256];
    FILE *file;
    long kib;

    snprintf(path, sizeof path, "/proc/%ld/status", (long)child);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            printf("resident_kib %ld\n", kib);
    if (file)
        fclose(file);
}

/* Types the names into the prompt, which is open or opened. */
static void look_up(struct terminal *terminal, const char *names)
{
    while (names && *names) {
        size_t length = strcspn(names, ",");
        press(terminal, "o\025", 2);
        press(terminal, names, length);
        press(terminal, "\r", 1);
        names += length + (names[length] == ',');
    }
}

/* Letters no control sequence of curses ends with. */
static void type_letters(struct terminal *terminal, struct answer *answers, size_t count)
{
    static const char letters[] = "qzwvuy";

    press(terminal, "o\025", 2); /* the prompt, emptied, wherever the focus was */
    drain(terminal, FRAME_GAP_MS);
    for (size_t i = 0; i < count; i++) {
        char letter = letters[i % (sizeof letters - 1)];
        if (i % LETTERS_IN_PROMPT == 0) {
            press(terminal, "\025", 1);
            drain(terminal, FRAME_GAP_MS);
        }
        press(terminal, &letter, 1);
        answers[i] = listen_for(terminal, letter, KEY_GAP_MS, PATIENCE_MS);
        if (answers[i].bytes == 0)
            fail("a letter does not show");
    }
}

/* Returns how many of the keys changed something. */
static size_t type_keys(struct terminal *terminal, const char *keys, struct answer *answers,
                        size_t count)
{
    size_t length = strlen(keys), answered = 0;

    while (drain(terminal, QUIET_MS) > 0)
        continue;
    printf("idle_bytes %zu\n", drain(terminal, 1000));
    for (size_t i = 0; i < count; i++) {
        press(terminal, keys + i % length, 1);
        answers[answered] = listen_for(terminal, 0, KEY_GAP_MS, UNCHANGED_MS);
        answered += answers[answered].bytes > 0;
    }
    if (answered == 0)
        fail("no key changes anything");
    return answered;
}

static void finish(struct terminal *terminal)
{
    char rest[4096];
    int status;

    kill(terminal->child, SIGTERM);
    while (read(terminal->fd, rest, sizeof rest) > 0)
        continue;
    waitpid(terminal->child, &status, 0);
    if (!WIFEXITED(status))
        fail("the program did not end by itself");
}

int main(int argc, char **argv)
{
    static struct answer answers[KEYS_MOST];
    const char *keys = NULL, *names = NULL;
    size_t count = 500;
    struct terminal terminal;
    struct answer first;
    int option;

    while ((option = getopt(argc, argv, "+k:l:n:")) != -1) {
        if (option == 'k')
            keys = optarg;
        else if (option == 'l')
            names = optarg;
        else if (option == 'n')
            count = strtoul(optarg, NULL, 10);
        else
            return EXIT_FAILURE;
    }
    if (optind == argc || count == 0 || count > KEYS_MOST)
        fail("usage: keys [-k KEYS] [-l NAMES] [-n COUNT] COMMAND ...");
    terminal = start(argv + optind);
    first = listen_for(&terminal, 0, FRAME_GAP_MS, PATIENCE_MS);
    printf("first_ms %.3f\n", first.ms);
    look_up(&terminal, names);
    if (keys)
        count = type_keys(&terminal, keys, answers, count);
    else
        type_letters(&terminal, answers, count);
    print_answers(answers, count);
    print_memory(terminal.child);
    finish(&terminal);
    return EXIT_SUCCESS;
}
