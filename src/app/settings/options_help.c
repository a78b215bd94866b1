/* The table of options as text: --help and the manual page. */
#include "app/settings/option_table.h"
#include "app/settings/options.h"

#include "base/message.h"
#include "base/utf8.h"
#include "base/wrap.h"

#include <ctype.h>
#include <string.h>

enum { HELP_COLUMN = 30, HELP_WIDTH = 50 };

/* From HELP_COLUMN on, further lines as well. */
static void print_wrapped(struct text *out, const char *help)
{
    while (utf8_columns(help) > HELP_WIDTH) {
        size_t length = wrap_line(help, HELP_WIDTH);
        text_format(out, "%.*s\n%*s", (int)length, help, HELP_COLUMN, "");
        help += length + strspn(help + length, " ");
    }
    text_format(out, "%s\n", help);
}

static void print_row(struct text *out, const struct option_row *row)
{
    size_t start = out->length;

    if (row->letter)
        text_format(out, "  -%c, --%s", row->letter, row->name);
    else
        text_format(out, "      --%s", row->name);
    if (options_is_optional(row->argument))
        text_format(out, "[=%s", row->argument + 1);
    else if (*row->argument)
        text_format(out, " %s", row->argument);
    if (out->length - start >= HELP_COLUMN) {
        text_add_char(out, '\n');
        start = out->length;
    }
    text_format(out, "%*s", HELP_COLUMN - (int)(out->length - start), "");
    print_wrapped(out, tr(row->help));
}

void options_help(struct text *out)
{
    text_format(
        out, "%s mxtrail [options] [@server] [name ...]\n%s\n%s\n\n", tr("usage:"),
        tr("Show where mail for a domain goes: DNS records, and what senders do with them."),
        tr("A name is a domain, host, user@domain, URL, IP address or _service._proto.name."));
    for (size_t i = 0; i < OPTION_COUNT; i++)
        print_row(out, &option_rows[i]);
    text_format(out, "\n%s\n%s\n",
                tr("exit status: 0 answered, 1 an error was found (--check), 2 usage,"),
                tr("3 no name could be looked up, 4 an input file is unreadable or malformed"));
}

void options_manual(struct text *out)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        text_add(out, ".It ");
        if (row->letter)
            text_format(out, "Fl %c , ", row->letter);
        text_format(out, "Fl -%s", row->name);
        if (options_is_optional(row->argument))
            text_format(out, " Ns Oo = Ns Ar %.*s Oc", (int)strlen(row->argument) - 2,
                        row->argument + 1);
        else if (*row->argument)
            text_format(out, " Ar %s", row->argument);
        text_format(out, "\n%c%s%s\n", toupper((unsigned char)row->help[0]), row->help + 1,
                    row->help[strlen(row->help) - 1] == '.' ? "" : ".");
    }
}
