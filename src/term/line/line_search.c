#include "term/line/line_search.h"

#include "base/message.h"
#include "base/utf8.h"

#include <string.h>

enum { NEEDLE_BYTES = 120 };

static void make_note(struct line_search *search, bool found)
{
    text_cut(&search->note, 0);
    text_format(&search->note, found ? tr("search back: %s") : tr("not found: %s"),
                text_get(&search->needle));
}

void line_search_begin(struct line_search *search, const char *line)
{
    line_search_end(search);
    search->active = true;
    text_add(&search->before, line);
    make_note(search, true);
}

void line_search_end(struct line_search *search)
{
    search->active = false;
    search->back = 0;
    text_cut(&search->needle, 0);
    text_cut(&search->note, 0);
    text_cut(&search->before, 0);
}

void line_search_clear(struct line_search *search)
{
    text_clear(&search->needle);
    text_clear(&search->note);
    text_clear(&search->before);
}

static const char *find(struct line_search *search, const struct history *history, size_t from)
{
    for (size_t back = from; back < history_count(history); back++)
        if (strstr(history_line(history, back), text_get(&search->needle))) {
            search->back = back;
            make_note(search, true);
            return history_line(history, back);
        }
    make_note(search, false);
    return NULL;
}

const char *line_search_type(struct line_search *search, const struct history *history,
                             uint32_t character)
{
    char bytes[4];
    size_t length = utf8_from(character, bytes);

    if (search->needle.length + length <= NEEDLE_BYTES)
        text_add_bytes(&search->needle, bytes, length);
    return find(search, history, search->back);
}

const char *line_search_erase(struct line_search *search, const struct history *history)
{
    size_t length = search->needle.length;

    while (length > 0 && ((unsigned char)search->needle.bytes[--length] & 0xc0) == 0x80)
        continue;
    text_cut(&search->needle, length);
    search->back = 0;
    if (length > 0)
        return find(search, history, 0);
    make_note(search, true);
    return text_get(&search->before);
}

const char *line_search_further(struct line_search *search, const struct history *history)
{
    return search->needle.length ? find(search, history, search->back + 1) : NULL;
}
