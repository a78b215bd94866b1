#include "term/restore.h"

#include "base/memory.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
enum { CRASHES = sizeof crashes / sizeof *crashes, CRASH_STACK = 1 << 16, BYTES = 255 };

static volatile sig_atomic_t armed;
static int terminal;
static struct termios modes_before;
static char farewell[BYTES];
static size_t farewell_length;
static struct sigaction crash_before[CRASHES];
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
static void crashed(int number)
{
    static const char message[] = "mxtrail: crashed: the terminal is as it was; please report it\n";

    restore_now();
    say(STDERR_FILENO, message, sizeof message - 1);
    raise(number);
}

void restore_arm(int fd, const struct termios *modes, const char *bytes, size_t length)
{
    struct sigaction action = {.sa_handler = crashed, .sa_flags = (int)SA_RESETHAND | SA_ONSTACK};
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};

    terminal = fd;
    modes_before = *modes;
    farewell_length = length < BYTES ? length : BYTES;
    memcpy(farewell, bytes, farewell_length);
    sigemptyset(&action.sa_mask);
    sigaltstack(&stack, NULL);
    for (int i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &action, &crash_before[i]);
    memory_on_exhausted(restore_now);
    armed = 1;
}

void restore_disarm(void)
{
    if (!armed)
        return;
    armed = 0;
    memory_on_exhausted(NULL);
    for (int i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &crash_before[i], NULL);
}
