#include "term/clipboard.h"

#include "base/escape.h"
#include "base/message.h"
#include "base/utf8.h"
#include "term/terminal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <term.h>
#include <time.h>
#include <unistd.h>

enum { COPIED_BYTES = 48 << 10, SHOWN_COLUMNS = 40, PATIENCE_MS = 1000, SLICE_MS = 5 };

extern char **environ;

/* --- tmux --- */

static pid_t start_tmux(int input)
{
    char *const arguments[] = {(char[]){"tmux"}, (char[]){"load-buffer"}, (char[]){"-w"},
                               (char[]){"-"}, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&child, "tmux", &actions, NULL, arguments, environ) != 0)
        child = -1;
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

static int open_pipe(int ends[2])
{
    if (pipe(ends) < 0)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return fcntl(ends[1], F_SETFL, O_NONBLOCK);
}

/* Writes to a program that may have ended; SIGPIPE is held back meanwhile. */
static bool feed(int fd, const char *bytes, size_t length)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

    sigaction(SIGPIPE, &ignore, &before);
    while (length > 0) {
        struct pollfd ready = {fd, POLLOUT, 0};
        ssize_t written = poll(&ready, 1, PATIENCE_MS) > 0 ? write(fd, bytes, length) : -1;
        if (written <= 0)
            break;
        bytes += written;
        length -= (size_t)written;
    }
    sigaction(SIGPIPE, &before, NULL);
    return length == 0;
}

/* Waits for the end of the program, for a second at most; then it is ended. */
static bool succeeds(pid_t child)
{
    int status = -1;

    for (int waited = 0; waited < PATIENCE_MS; waited += SLICE_MS) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (ended < 0 && errno != EINTR)
            return false;
        poll(NULL, 0, SLICE_MS);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return false;
}

static bool copy_by_tmux(const char *copied)
{
    int ends[2];
    pid_t child;
    bool fed;

    if (open_pipe(ends) < 0)
        return false;
    child = start_tmux(ends[0]);
    close(ends[0]);
    fed = child >= 0 && feed(ends[1], copied, strlen(copied));
    close(ends[1]);
    return child >= 0 && succeeds(child) && fed;
}

/* --- OSC 52 --- */

static void encode_base64(struct text *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < length; i += 3) {
        unsigned second = i + 1 < length ? bytes[i + 1] : 0,
                 third = i + 2 < length ? bytes[i + 2] : 0;
        unsigned group = (unsigned)bytes[i] << 16 | second << 8 | third;

        text_add_char(out, digits[group >> 18]);
        text_add_char(out, digits[group >> 12 & 63]);
        text_add_char(out, i + 1 < length ? digits[group >> 6 & 63] : '=');
        text_add_char(out, i + 2 < length ? digits[group & 63] : '=');
    }
}

static bool copy_by_terminal(const char *copied)
{
    const char *set_selection = terminal_keys() ? terminal_string("Ms") : NULL;
    struct text encoded = {0};
    const char *sequence;

    if (!set_selection)
        return false;
    encode_base64(&encoded, (const unsigned char *)copied, strlen(copied));
    sequence = tiparm(set_selection, "c", text_get(&encoded));
    if (sequence)
        terminal_send(sequence, strlen(sequence));
    text_clear(&encoded);
    return sequence != NULL;
}

/* --- what happened --- */

static void say(struct text *said, const char *what, const char *copied)
{
    struct text safe = {0};
    size_t fitting;

    escape_bytes(&safe, copied, strlen(copied), ESCAPE_UTF8, false);
    fitting = utf8_fit(text_get(&safe), SHOWN_COLUMNS);
    if (fitting < safe.length) {
        text_cut(&safe, fitting);
        text_add(&safe, "…");
    }
    text_format(said, "%s: %s", what, text_get(&safe));
    text_clear(&safe);
}

enum status clipboard_copy(const char *copied, struct text *said)
{
    const char *tmux = getenv("TMUX");

    if (strlen(copied) > COPIED_BYTES) {
        text_add(said, tr("not copied: longer than 48 KiB"));
        return STATUS_RANGE;
    }
    if (tmux && *tmux) {
        bool done = copy_by_tmux(copied);
        say(said, done ? tr("copied to tmux") : tr("not copied, tmux did not take it"), copied);
        return done ? STATUS_OK : STATUS_UNREADABLE;
    }
    if (copy_by_terminal(copied)) {
        say(said, tr("copied to the terminal's clipboard"), copied);
        return STATUS_OK;
    }
    say(said, tr("not copied, this terminal has no way to (Ms)"), copied);
    return STATUS_UNSUPPORTED;
}
