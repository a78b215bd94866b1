#include "term/paste.h"

#include "base/escape.h"
#include "base/utf8.h"

#include <string.h>

enum { PATIENCE_MS = 1000, ESC = 0x1b };

void paste_begin(struct paste *paste, int64_t now_ms)
{
    *paste = (struct paste){.open = true, .heard_ms = now_ms};
}

static void end_line(struct paste *paste)
{
    if (strspn(paste->text, " ") < paste->length)
        paste->full = true;
    else
        paste->text[paste->length = 0] = '\0';
}

static void add(struct paste *paste, uint32_t character)
{
    char bytes[4];
    size_t length = utf8_from(character, bytes);

    if (paste->length + length > PASTE_BYTES) {
        paste->full = paste->cut = true;
        return;
    }
    memcpy(paste->text + paste->length, bytes, length);
    paste->length += length;
    paste->text[paste->length] = '\0';
}

/* ESC and what may follow it. Returns whether the byte belongs to a sequence. */
static bool add_to_sequence(struct paste *paste, unsigned char byte, bool *closed)
{
    static const char end[] = "\033[201~";
    size_t length = strlen(paste->sequence);

    if (byte != ESC && (!length || (length == 1 && byte != '[' && byte != 'O'))) {
        paste->sequence[0] = '\0';
        return false;
    }
    if (byte == ESC)
        length = 0;
    if (length + 1 < sizeof paste->sequence) {
        paste->sequence[length] = (char)byte;
        paste->sequence[length + 1] = '\0';
    }
    *closed = strcmp(paste->sequence, end) == 0;
    if (length >= 2 && (byte < 0x20 || byte >= 0x40))
        paste->sequence[0] = '\0';
    return true;
}

bool paste_byte(struct paste *paste, unsigned char byte, int64_t now_ms)
{
    uint32_t character;
    bool closed = false;

    paste->heard_ms = now_ms;
    if (add_to_sequence(paste, byte, &closed))
        return closed;
    paste->cut = paste->cut || (paste->full && byte > ' ');
    if (paste->full || character_add(&paste->character, byte, &character) != CHARACTER_WHOLE)
        return false;
    if (character == '\r' || character == '\n')
        end_line(paste);
    else if (character == '\t')
        add(paste, ' ');
    else if (escape_showable(character))
        add(paste, character);
    return false;
}

const char *paste_end(struct paste *paste)
{
    paste->open = false;
    end_line(paste);
    return paste->text;
}

int paste_patience_ms(const struct paste *paste, int64_t now_ms)
{
    int64_t silent = now_ms - paste->heard_ms;

    return silent < PATIENCE_MS ? (int)(PATIENCE_MS - silent) : 0;
}

bool paste_stale(const struct paste *paste, int64_t now_ms)
{
    return now_ms - paste->heard_ms >= PATIENCE_MS;
}
