/* The text report to be pasted into a ticket. */
#include "report/report.h"

#include "sheet/words.h"

static size_t longest_run(const char *text, char c)
{
    size_t longest = 0, run = 0;

    for (; *text; text++) {
        run = *text == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* The text as a block of Markdown, behind a fence that nothing in it can close. */
void report_markdown(const struct report *report, struct text *out)
{
    struct text text = {0}, fence = {0};
    size_t longest;

    report_text(report, &text);
    longest = longest_run(text_get(&text), '`');
    for (size_t i = 0; i < 3 || i <= longest; i++)
        text_add_char(&fence, '`');
    text_add(out, "## mxtrail: ");
    words_name(survey_subject(report->survey)->name, false, out);
    text_format(out, "\n\n%stext\n%s%s\n", text_get(&fence), text_get(&text), text_get(&fence));
    text_clear(&fence);
    text_clear(&text);
}
