#include "main/report/main_expect.h"

#include "base/file.h"
#include "main/batch/main_say.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { EXPECTATIONS_BYTES = 1 << 20 };

static bool read_file(const char *path, struct text *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && file_read(fd, EXPECTATIONS_BYTES, bytes);

    if (!done)
        main_say("--expect %s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return done;
}

static void take_names(struct options *options, const struct expectations *expectations,
                       struct arena *arena)
{
    size_t count;
    const char *const *expected = expectations_names(expectations, &count);
    const char **names = arena_alloc(arena, count, sizeof *names);

    for (size_t i = 0; i < count; i++)
        names[i] = arena_dup(arena, expected[i]);
    options->names = (struct strings){names, count, count};
}

struct expectations *main_read_expectations(struct options *options, struct arena *arena)
{
    struct expectations *expectations = NULL;
    struct faults faults = {0};
    struct text bytes = {0};

    if (read_file(options->expect, &bytes))
        expectations = expectations_read(text_get(&bytes), options->expect, &faults);
    say_faults(&faults);
    faults_clear(&faults);
    text_clear(&bytes);
    if (expectations && !options->names.count && !options->batch)
        take_names(options, expectations, arena);
    return expectations;
}

bool job_expect(struct reporting *reporting, struct job *job)
{
    const struct request *request = reporting->request;
    const char *name = survey_subject(job->asker.survey)->name;
    struct spf_sender sender;

    if (!request->expectations)
        return true;
    if (job->senders)
        expectations_check_spf(request->expectations, name, job->senders - 1,
                               survey_facts(job->asker.survey)->verdict, &job->misses);
    if (expectations_spf(request->expectations, name, job->senders++, &sender)) {
        sender.now = request->survey.now;
        survey_set_spf(job->asker.survey, &sender);
        return false;
    }
    survey_set_spf(job->asker.survey, request->has_spf ? &request->spf : NULL);
    expectations_check(request->expectations, survey_facts(job->asker.survey), &job->misses);
    reporting->missed = reporting->missed || job->misses.total;
    say_faults(&job->misses);
    return true;
}
