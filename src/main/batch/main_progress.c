#include "main/batch/main_progress.h"

#include "base/message.h"
#include "base/text.h"
#include "main/batch/main_batch.h"
#include "sheet/words.h"

#include <stdio.h>
#include <unistd.h>

enum { SHOW_MS = 250, ETA_AFTER_MS = 3000 };

void progress_init(struct progress *progress, uint64_t now_ms, const char *batch)
{
    *progress = (struct progress){
        .shown = batch && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO),
        .started_ms = now_ms,
    };
    if (progress->shown)
        progress->total = batch_lines(batch);
}

/* Names that are left, by the speed so far; appends "eta 3 min". */
static void add_eta(const struct progress *progress, uint64_t elapsed_ms, struct text *line)
{
    size_t gone = progress->done + progress->skipped;
    char word[WORD_SIZE];

    if (!progress->done || gone >= progress->total || elapsed_ms < ETA_AFTER_MS)
        return;
    text_format(
        line, tr(", eta %s"),
        words_duration((uint32_t)((progress->total - gone) * elapsed_ms / progress->done / 1000),
                       word));
}

void progress_show(struct progress *progress, uint64_t now_ms)
{
    uint64_t elapsed_ms = now_ms - progress->started_ms;
    char done[WORD_SIZE], total[WORD_SIZE], failed[WORD_SIZE], speed[WORD_SIZE];
    struct text line = {0};

    if (!progress->shown || now_ms < progress->last_ms + SHOW_MS)
        return;
    progress->last_ms = now_ms;
    number_words(progress->done + progress->skipped, done);
    number_words(progress->failed, failed);
    number_words(elapsed_ms ? progress->queries * 1000 / elapsed_ms : 0, speed);
    text_add_char(&line, '\r');
    if (progress->total)
        text_format(&line, tr("%s of %s done, %s failed, %s queries/s"), done,
                    number_words(progress->total, total), failed, speed);
    else
        text_format(&line, tr("%s done, %s failed, %s queries/s"), done, failed, speed);
    add_eta(progress, elapsed_ms, &line);
    text_add(&line, "\x1b[K");
    fputs(text_get(&line), stderr);
    fflush(stderr);
    text_clear(&line);
}

void progress_clear(struct progress *progress)
{
    if (progress->shown && progress->last_ms)
        fputs("\r\x1b[K", stderr);
}
