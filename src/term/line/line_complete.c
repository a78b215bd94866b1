#include "term/line/line_complete.h"

#include <string.h>

enum { WORDS_MOST = 4096 }; /* of a caller that never ends */

void line_complete_end(struct line_complete *complete)
{
    complete->cycling = false;
}

void line_complete_clear(struct line_complete *complete)
{
    text_clear(&complete->before);
}

static const char *word_at(const struct line_complete *complete, const struct line_options *options,
                           size_t n)
{
    return options->complete(options->context, text_get(&complete->before), complete->word, n);
}

/* Counts the possible words; `common` gets what all of them begin with, in whole characters. */
static size_t survey_words(const struct line_complete *complete, const struct line_options *options,
                           struct text *common)
{
    size_t count = 0;

    for (const char *word; count < WORDS_MOST && (word = word_at(complete, options, count));
         count++) {
        size_t same = 0;
        if (count == 0) {
            text_add(common, word);
            continue;
        }
        while (same < common->length && common->bytes[same] == word[same])
            same++;
        while (same > 0 && ((unsigned char)word[same] & 0xc0) == 0x80)
            same--;
        text_cut(common, same);
    }
    return count;
}

static const char *join(const struct line_complete *complete, const char *word, struct text *out)
{
    text_cut(out, 0);
    text_add_bytes(out, text_get(&complete->before), complete->word);
    text_add(out, word);
    return text_get(out);
}

static const char *begin(struct line_complete *complete, const struct line_options *options,
                         const char *before, int step, struct text *out)
{
    const char *space = strrchr(before, ' '), *stem = space ? space + 1 : before, *joined = NULL;
    struct text common = {0};

    text_cut(&complete->before, 0);
    text_add(&complete->before, before);
    complete->word = (size_t)(stem - before);
    complete->count = survey_words(complete, options, &common);
    if (complete->count == 1 || (complete->count > 1 && common.length > strlen(stem))) {
        joined = join(complete, text_get(&common), out);
    } else if (complete->count > 1) {
        complete->cycling = true;
        complete->at = step > 0 ? 0 : complete->count - 1;
        joined = join(complete, word_at(complete, options, complete->at), out);
    }
    text_clear(&common);
    return joined;
}

const char *line_complete_step(struct line_complete *complete, const struct line_options *options,
                               const char *before, int step, struct text *out)
{
    const char *word;

    if (!options->complete)
        return NULL;
    if (!complete->cycling)
        return begin(complete, options, before, step, out);
    complete->at = (complete->at + (step > 0 ? 1 : complete->count - 1)) % complete->count;
    word = word_at(complete, options, complete->at);
    return word ? join(complete, word, out) : NULL;
}
