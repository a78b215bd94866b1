#include "fake_terminal.h"

#include "config.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#if defined(HAVE_PTY_H)
#include <pty.h>
#elif defined(HAVE_UTIL_H)
#include <util.h>
#elif defined(HAVE_LIBUTIL_H)
#include <libutil.h>
#endif

static struct {
    int outer, inner, input_before, output_before;
    struct text output;
} fake = {.outer = -1, .inner = -1};

void fake_open(const char *type, int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    setenv("TERM", type, 1);
    fflush(stdout);
    fake.input_before = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
    fake.output_before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    if (openpty(&fake.outer, &fake.inner, NULL, NULL, &size) < 0)
        abort();
    dup2(fake.inner, STDIN_FILENO);
    dup2(fake.inner, STDOUT_FILENO);
    close(fake.inner);
    fcntl(fake.outer, F_SETFL, O_NONBLOCK);
}

void fake_hang_up(void)
{
    if (fake.outer >= 0)
        close(fake.outer);
    fake.outer = -1;
}

void fake_close(void)
{
    fake_hang_up();
    dup2(fake.output_before, STDOUT_FILENO);
    close(fake.output_before);
    if (fake.input_before >= 0) {
        dup2(fake.input_before, STDIN_FILENO);
        close(fake.input_before);
    }
    text_clear(&fake.output);
}

void fake_resize(int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    ioctl(fake.outer, TIOCSWINSZ, &size);
}

void fake_type(const char *bytes, size_t length)
{
    ssize_t written = write(fake.outer, bytes, length);

    assert(written == (ssize_t)length);
    (void)written;
}

/* What a pseudo-terminal was given can be read at once at its other end. */
const struct text *fake_output(void)
{
    char bytes[4096];
    ssize_t got;

    text_cut(&fake.output, 0);
    while ((got = read(fake.outer, bytes, sizeof bytes)) > 0)
        text_add_bytes(&fake.output, bytes, (size_t)got);
    return &fake.output;
}
