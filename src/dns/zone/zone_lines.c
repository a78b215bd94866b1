#include "dns/zone/zone_lines.h"

#include "base/array.h"
#include "base/message.h"

#include <stdlib.h>

static void fail(struct zone_lines *lines, const char *fault)
{
    if (!lines->fault) {
        lines->fault = fault;
        lines->fault_line = lines->line;
    }
}

static bool at_end(const struct zone_lines *lines)
{
    return lines->cursor == lines->end;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_token(char c)
{
    return is_blank(c) || c == '\n' || c == ';' || c == '(' || c == ')' || c == '"';
}

/* Is the octet at the cursor one that no field of a zone file may have? */
static void check_octet(struct zone_lines *lines)
{
    unsigned char octet = (unsigned char)*lines->cursor;

    if ((octet < 0x20 && octet != '\t' && octet != '\r' && octet != '\n') || octet == 0x7f)
        fail(lines, tr("a control character"));
}

static bool is_line_end(const struct zone_lines *lines)
{
    return *lines->cursor == '\n' ||
           (*lines->cursor == '\r' && lines->cursor + 1 != lines->end && lines->cursor[1] != '\n');
}

static void skip_comment(struct zone_lines *lines)
{
    while (!at_end(lines) && !is_line_end(lines))
        lines->cursor++;
}

static void start_token(struct zone_lines *lines, bool quoted)
{
    struct zone_token token = {
        .quoted = quoted,
        .line = lines->line,
        .glued = lines->token_count > 0 && lines->cursor == lines->token_end,
    };

    lines->starts = array_reserve(lines->starts, &lines->start_capacity, lines->token_count + 1,
                                  sizeof *lines->starts);
    lines->starts[lines->token_count] = lines->bytes.length;
    ARRAY_PUSH(lines->tokens, lines->token_count, lines->token_capacity, token);
}

static void end_token(struct zone_lines *lines)
{
    text_add_bytes(&lines->bytes, "", 1);
    lines->token_end = lines->cursor;
}

/* Adds the line end that a backslash escapes. */
static void add_line_end(struct zone_lines *lines)
{
    lines->joined = lines->line++;
    lines->cursor++;
    text_add(&lines->bytes, "010");
}

/* Adds the octet at the cursor, and with a backslash the one it escapes. */
static void add_octet(struct zone_lines *lines)
{
    check_octet(lines);
    if (*lines->cursor == '\\') {
        text_add_char(&lines->bytes, *lines->cursor++);
        if (at_end(lines) || *lines->cursor == '\r') {
            fail(lines, tr("a backslash at the end of a line"));
            return;
        }
        if (*lines->cursor == '\n') {
            add_line_end(lines);
            return;
        }
        check_octet(lines);
    }
    lines->line += *lines->cursor == '\n';
    text_add_char(&lines->bytes, *lines->cursor++);
}

/* Letters, digits and the like, which stand for themselves within and without quotes. */
static void add_common(struct zone_lines *lines)
{
    const char *first = lines->cursor;

    while (!at_end(lines) && (*lines->cursor == '.' || *lines->cursor == '-' ||
                              *lines->cursor == '_' || is_alphanumeric(*lines->cursor)))
        lines->cursor++;
    if (lines->cursor != first)
        text_add_bytes(&lines->bytes, first, (size_t)(lines->cursor - first));
}

static void read_quoted(struct zone_lines *lines)
{
    size_t opened = lines->line;

    start_token(lines, true);
    lines->cursor++;
    for (add_common(lines); !at_end(lines) && *lines->cursor != '"'; add_common(lines))
        add_octet(lines);
    if (!at_end(lines))
        lines->cursor++;
    else if (!lines->fault) {
        lines->fault = tr("a quoted string is never closed");
        lines->fault_line = opened;
    }
    end_token(lines);
}

static void read_plain(struct zone_lines *lines)
{
    start_token(lines, false);
    for (add_common(lines); !at_end(lines) && !ends_token(*lines->cursor); add_common(lines)) {
        if ((unsigned char)*lines->cursor >= 0x80)
            text_format(&lines->bytes, "\\%03u", (unsigned)(unsigned char)*lines->cursor++);
        else
            add_octet(lines);
    }
    end_token(lines);
}

/* Reads up to the end of the logical line; `open` counts parentheses. */
static void read_line(struct zone_lines *lines)
{
    unsigned open = 0;

    for (; !at_end(lines); lines->cursor++) {
        char c = *lines->cursor;
        if (is_line_end(lines)) {
            lines->line++;
            if (open > 0)
                continue;
            lines->cursor++;
            return;
        }
        if (c == '(')
            open++;
        else if (c == ')' && open == 0)
            fail(lines, tr("a closing parenthesis without an opening one"));
        else if (c == ')')
            open--;
        else if (!is_blank(c)) {
            if (c == ';')
                skip_comment(lines);
            else if (c == '"')
                read_quoted(lines);
            else
                read_plain(lines);
            lines->cursor--;
        }
    }
    lines->unclosed = open > 0;
}

static void start_line(struct zone_lines *lines)
{
    lines->first_line = lines->line;
    lines->token_end = NULL;
    lines->indented = is_blank(*lines->cursor);
    lines->token_count = 0;
    lines->unclosed = false;
    lines->joined = 0;
    lines->fault = NULL;
    text_cut(&lines->bytes, 0);
}

bool zone_lines_next(struct zone_lines *lines)
{
    do {
        if (at_end(lines))
            return false;
        start_line(lines);
        read_line(lines);
    } while (lines->token_count == 0 && !lines->fault && !lines->unclosed);
    for (size_t i = 0; i < lines->token_count; i++)
        lines->tokens[i].text = lines->bytes.bytes + lines->starts[i];
    return true;
}

void zone_lines_clear(struct zone_lines *lines)
{
    free(lines->tokens);
    free(lines->starts);
    text_clear(&lines->bytes);
    *lines = (struct zone_lines){0};
}

int zone_token_octet(const char **cursor)
{
    const char *text = *cursor;
    int octet;

    if (*text != '\\' || !is_digit(text[1])) {
        text += *text == '\\';
        *cursor = text + 1;
        return *text != '\0' ? (unsigned char)*text : -1;
    }
    if (!is_digit(text[2]) || !is_digit(text[3]))
        return -1;
    octet = (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    *cursor = text + 4;
    return octet <= 255 ? octet : -1;
}
