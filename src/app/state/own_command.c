#include "app/state/own_command.h"

#include "base/message.h"
#include "dns/name.h"

#include <string.h>

/* Nothing but a host name: a word that begins with "-" could be an option. */
static bool is_safe(const char *name)
{
    char canonical[NAME_TEXT];

    return *name != '-' && !name_canonical(name, canonical, NULL) && name_is_host(canonical);
}

static const char *add_name(const char *name, const char *missing, struct text *words)
{
    if (!name)
        return missing;
    if (!is_safe(name))
        return N_("the name is not a hostname, so no program gets it");
    text_add(words, name);
    return NULL;
}

/* What stands behind a percent sign; NULL, or why it cannot be. */
static const char *add_place(char letter, const struct own_place *place, struct text *words)
{
    switch (letter) {
    case 'h':
        return add_name(place->host, N_("this row has no host (%h)"), words);
    case 'd':
        return add_name(place->domain, N_("there is no domain (%d)"), words);
    case 'a':
        if (!place->address)
            return N_("this row has no address (%a)");
        text_add(words, place->address);
        return NULL;
    case '%':
        text_add_char(words, '%');
        return NULL;
    default:
        return N_("after a percent sign only h, a, d or a percent sign may be used");
    }
}

bool own_command_words(const char *line, const struct own_place *place, struct text *words,
                       const char **why)
{
    while (*(line += strspn(line, " \t"))) {
        for (; *line && *line != ' ' && *line != '\t'; line++)
            if (*line != '%')
                text_add_char(words, *line);
            else if ((*why = add_place(*++line, place, words)))
                return false;
        text_add_char(words, '\n');
    }
    *why = N_("the command is empty");
    return words->length > 0;
}
