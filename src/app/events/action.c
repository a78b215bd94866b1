#include "app/events/action.h"

#include "base/message.h"

#include <string.h>

#define ACTION_ENTRY(identifier, command, keys, contexts, argument, bar, label, help)              \
    [ACTION_##identifier] = {command, keys, contexts, argument, bar, label, help},
static const struct action_entry entries[ACTION_COUNT] = {ACTIONS(ACTION_ENTRY)};

const struct action_entry *action_get(enum action action)
{
    return &entries[action];
}

const char *action_label(enum action action)
{
    return tr_in("key", entries[action].label);
}

const char *action_help(enum action action)
{
    return tr(entries[action].help);
}

bool action_parse(const char *command, enum action *action)
{
    size_t length = strlen(command), matches = 0;

    if (strcmp(command, "q") == 0) {
        *action = ACTION_QUIT;
        return true;
    }
    for (int i = 0; length && i < ACTION_COUNT; i++) {
        if (strncmp(entries[i].command, command, length) != 0)
            continue;
        matches++;
        *action = (enum action)i;
        if (entries[i].command[length] == '\0')
            return true;
    }
    return matches == 1;
}

const char *action_where(unsigned contexts)
{
    static const struct {
        unsigned contexts;
        const char *words;
    } places[] = {
        {CONTEXT_ALL, N_("everywhere")},
        {CONTEXT_ALL & ~CONTEXT_HELP, N_("everywhere")},
        {CONTEXT_LETTERS, N_("outside of lines")},
        {CONTEXT_PANES, N_("in the panes")},
        {CONTEXT_PANES | CONTEXT_EMPTY, N_("in the panes")},
        {CONTEXT_PANES | CONTEXT_HELP, N_("in the panes and the help")},
        {CONTEXT_PANES | CONTEXT_SIMULATION, N_("in the panes and the simulation")},
        {CONTEXT_PANES | CONTEXT_OVERLAYS, N_("in panes and windows")},
        {CONTEXT_PANES | CONTEXT_VIEW, N_("in panes and windows")},
        {CONTEXT_PANES | CONTEXT_CHOICE, N_("in panes and windows")},
        {CONTEXT_PANES | CONTEXT_EMPTY | CONTEXT_VIEW | CONTEXT_SIMULATION | CONTEXT_CHOICE,
         N_("in panes and windows")},
        {CONTEXT_MX, N_("on MX rows")},
        {CONTEXT_MX | CONTEXT_SIMULATION, N_("on MX rows and in the simulation")},
        {CONTEXT_MX | CONTEXT_SIMULATION | CONTEXT_CHOICE, N_("on MX rows and in the simulation")},
        {CONTEXT_ADDRESS | CONTEXT_NS, N_("on addresses and name servers")},
        {CONTEXT_SRV, N_("on SRV rows")},
        {CONTEXT_MX | CONTEXT_NS | CONTEXT_SRV, N_("on MX, NS and SRV rows")},
        {CONTEXT_MAIL, N_("in the mail policy")},
        {CONTEXT_FINDINGS, N_("on findings")},
        {CONTEXT_SIMULATION, N_("in the simulation")},
        {CONTEXT_CHOICE, N_("in windows about choices")},
        {CONTEXT_SIMULATION | CONTEXT_CHOICE, N_("in the simulation")},
        {CONTEXT_PANES | CONTEXT_SIMULATION | CONTEXT_CHOICE,
         N_("in the panes and the simulation")},
        {CONTEXT_PANES | CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW,
         N_("in panes and windows")},
        {CONTEXT_LESSON, N_("in a lesson")},
        {CONTEXT_QUESTION, N_("in a question")},
        {CONTEXT_VIEW, N_("in a comparison")},
        {CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW, N_("in windows")},
        {CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_PANES, N_("in panes and windows")},
        {CONTEXT_LIST, N_("in lists")},
        {CONTEXT_HELP, N_("in the help")},
        {CONTEXT_LINE, N_("while typing")},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].contexts == contexts)
            return tr(places[i].words);
    return tr("in some places");
}

static void manual_keys(const char *keys, struct text *out)
{
    for (const char *word = keys; *word;) {
        size_t length = strcspn(word, " ");
        text_add(out, word == keys ? "" : " , ");
        if (strchr("|.,;:()[]?!\"\\", *word) && length == 1)
            text_add(out, "\\&");
        text_add_bytes(out, word, length);
        word += length + (word[length] == ' ');
    }
}

void action_manual(struct text *out)
{
    text_add(out, ".Bl -tag -width Ds\n");
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action_entry *entry = &entries[i];
        text_add(out, ".It ");
        if (*entry->keys) {
            text_add(out, "Ic ");
            manual_keys(entry->keys, out);
        }
        if (*entry->command)
            text_format(out, "%sCm \\&:%s%s%s", *entry->keys ? " Pq " : "", entry->command,
                        *entry->argument ? " Ar " : "", entry->argument);
        text_format(out, "\n%s\n.Pq %s .\n", entry->help, action_where(entry->contexts));
    }
    text_add(out, ".El\n");
}
