#include "term/restore.h"

#include "base/memory.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { SIGNALS = 65, CRASH_STACK = 1 << 16, BYTES = 255 };

static volatile sig_atomic_t armed;
static int terminal;
static struct termios modes_before;
static char farewell[BYTES];
static size_t farewell_length;
static struct sigaction before[SIGNALS];
static bool taken[SIGNALS];
static char crash_stack[CRASH_STACK]; /* a crash may be a stack that is used up */

static void say(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

void restore_now(void)
{
    int error = errno;

    if (!armed)
        return;
    armed = 0;
    say(terminal, farewell, farewell_length);
    tcsetattr(terminal, TCSANOW, &modes_before);
    errno = error;
}

/* The handler is gone by now (SA_RESETHAND), so the signal raised here ends the program as it
 * would have done without it, core file included. */
static void ended(int number)
{
    restore_now();
    raise(number);
}

static void crashed(int number)
{
    static const char message[] = "mxtrail: crashed: the terminal is as it was; please report it\n";

    restore_now();
    say(STDERR_FILENO, message, sizeof message - 1);
    raise(number);
}

static bool is_crash(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE ||
           number == SIGABRT;
}

static bool ends_program(int number)
{
    switch (number) {
    case SIGKILL:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
    case SIGCONT:
    case SIGCHLD:
    case SIGURG:
    case SIGWINCH:
        return false;
    default:
        return true;
    }
}

/* Whatever would end the program passes through here; what somebody else takes or ignores is left
 * to them, but for crashes. */
static void take_signals(void)
{
    struct sigaction action = {.sa_flags = (int)SA_RESETHAND | SA_ONSTACK};

    sigemptyset(&action.sa_mask);
    for (int number = 1; number < SIGNALS; number++) {
        bool crash = is_crash(number);

        taken[number] = ends_program(number) && sigaction(number, NULL, &before[number]) == 0 &&
                        (crash || before[number].sa_handler == SIG_DFL);
        action.sa_handler = crash ? crashed : ended;
        if (taken[number])
            sigaction(number, &action, NULL);
    }
}

void restore_arm(int fd, const struct termios *modes, const char *bytes, size_t length)
{
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};

    terminal = fd;
    modes_before = *modes;
    farewell_length = length < BYTES ? length : BYTES;
    memcpy(farewell, bytes, farewell_length);
    sigaltstack(&stack, NULL);
    take_signals();
    memory_on_exhausted(restore_now);
    armed = 1;
}

/* A handler that came over ours is not ours to take away. */
static bool is_ours(int number)
{
    struct sigaction now;

    return taken[number] && sigaction(number, NULL, &now) == 0 &&
           (now.sa_handler == ended || now.sa_handler == crashed);
}

void restore_disarm(void)
{
    if (!armed)
        return;
    armed = 0;
    memory_on_exhausted(NULL);
    for (int number = 1; number < SIGNALS; number++)
        if (is_ours(number))
            sigaction(number, &before[number], NULL);
}
