#include "main/main_program.h"

#include "base/message.h"
#include "term/input.h"
#include "term/screen.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The words as a program takes them; they point into `copy`. */
static char **split(char *copy)
{
    size_t count = 0;
    char **words;

    for (const char *c = copy; *c; c++)
        count += *c == '\n';
    words = memory_new(count + 1, sizeof *words);
    count = 0;
    for (char *rest = NULL, *word = strtok_r(copy, "\n", &rest); word;
         word = strtok_r(NULL, "\n", &rest))
        words[count++] = word;
    return words;
}

/* The program has the terminal and its signals for itself. */
static void become(char **words)
{
    setpgid(0, 0);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    execvp(words[0], words);
    dprintf(STDOUT_FILENO, "%s: %s\n", words[0], strerror(errno)); /* where it is seen */
    _exit(127);
}

static int wait_for(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void take_terminal_back(void)
{
    void (*before)(int) = signal(SIGTTOU, SIG_IGN);

    tcsetpgrp(STDIN_FILENO, getpgrp());
    signal(SIGTTOU, before);
}

static void wait_for_enter(int status)
{
    char byte = 0;

    printf("\n[%d] %s", status, tr("press Enter to go back to mxtrail"));
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n')
        ;
}

void program_run(struct program *program, const char *words)
{
    char *copy = memory_dup(words), **list = split(copy);
    struct text said = {0};
    int status = -1;
    pid_t child;

    screen_suspend();
    fflush(NULL);
    child = fork();
    if (child == 0)
        become(list);
    if (child > 0) {
        setpgid(child, child);
        status = wait_for(child);
        take_terminal_back();
        wait_for_enter(status);
    }
    screen_resume();
    input_reset();
    program->redraw = true;
    if (child < 0)
        text_format(&said, "%s: %s", list[0], strerror(errno));
    else
        text_format(&said, tr("%s ended with status %d"), list[0], status);
    inbox_note(&program->inbox, text_get(&said));
    text_clear(&said);
    free(list);
    free(copy);
}
