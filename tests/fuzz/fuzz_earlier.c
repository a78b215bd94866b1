/* A file laid beside what there is: a recording, or what --json printed. Whatever its answers are,
 * they can be written and read again. */
#include "report/earlier/earlier.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_again(const struct reply *reply)
{
    struct text line = {0};
    struct reply *again = NULL;
    const char *why;

    reply_print(reply, &line);
    if (reply_parse(text_get(&line), &again, &why) == STATUS_OK)
        assert(question_equal(&again->question, &reply->question));
    reply_free(again);
    text_clear(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct faults faults = {0};
    struct answers *answers = earlier_read((const char *)bytes, length, "file", &faults);

    assert(!answers == (faults.total > 0));
    for (size_t i = 0; answers && i < answers_count(answers); i++)
        read_again(answers_at(answers, i));
    answers_free(answers);
    faults_clear(&faults);
    return 0;
}
