/* Runs a command with few descriptors and says how much memory it took:
 *
 *     measured DESCRIPTORS COMMAND ...
 *
 * DESCRIPTORS is the limit, or 0 to leave it alone. What the command says goes where it goes;
 * behind it stands "resident N KiB" on standard error. Ends with the status of the command. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void limit_descriptors(rlim_t most)
{
    struct rlimit limit = {most, most};

    if (most && setrlimit(RLIMIT_NOFILE, &limit) != 0)
        perror("setrlimit");
}

int main(int count, char **arguments)
{
    struct rusage usage;
    int status = 0;
    pid_t child;

    if (count < 3)
        return 2;
    child = fork();
    if (child == 0) {
        limit_descriptors((rlim_t)atoi(arguments[1]));
        execv(arguments[2], arguments + 2);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || getrusage(RUSAGE_CHILDREN, &usage) != 0)
        return 2;
    fprintf(stderr, "resident %ld KiB\n", usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
