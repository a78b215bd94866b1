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

/* How long the names that are left take, by the speed so far; NULL for not known. */
static const char *eta(const struct progress *progress, uint64_t elapsed_ms, char word[WORD_SIZE])
{
    size_t gone = progress->done + progress->skipped;

    if (!progress->done || gone >= progress->total || elapsed_ms < ETA_AFTER_MS)
        return NULL;
    return words_duration((uint32_t)((progress->total - gone) * elapsed_ms / progress->done / 1000),
                          word);
}

void progress_show(struct progress *progress, uint64_t now_ms)
{
    uint64_t elapsed_ms = now_ms - progress->started_ms;
    char done[WORD_SIZE], total[WORD_SIZE], failed[WORD_SIZE], speed[WORD_SIZE], word[WORD_SIZE];
    const char *left = eta(progress, elapsed_ms, word);
    struct text line = {0};

    if (!progress->shown || now_ms < progress->last_ms + SHOW_MS)
        return;
    progress->last_ms = now_ms;
    number_words(progress->done + progress->skipped, done);
    number_words(progress->failed, failed);
    number_words(elapsed_ms ? progress->queries * 1000 / elapsed_ms : 0, speed);
    text_add_char(&line, '\r');
    number_words(progress->total, total);
    if (left)
        text_format(&line, tr("%s of %s done, %s failed, %s queries/s, eta %s"), done, total,
                    failed, speed, left);
    else if (progress->total)
        text_format(&line, tr("%s of %s done, %s failed, %s queries/s"), done, total, failed,
                    speed);
    else
        text_format(&line, tr("%s done, %s failed, %s queries/s"), done, failed, speed);
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
