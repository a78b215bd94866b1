#include "survey/whatif_edit.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

#include <stdlib.h>
#include <string.h>

void whatif_edit_free(struct whatif_edit *edit)
{
    if (!edit)
        return;
    free(edit->command);
    free(edit->owner);
    free(edit->target);
    free(edit);
}

/* The words of a command, cut apart in a copy of it. */
enum { WORDS_MOST = 8 };

struct words {
    char *copy;
    char *at[WORDS_MOST];
    int count;
};

static void cut_words(struct words *words, const char *command)
{
    char *rest, *word;

    words->copy = rest = memory_dup(command);
    words->count = 0;
    while (words->count < WORDS_MOST && (word = strtok_r(rest, " \t", &rest)))
        words->at[words->count++] = word;
}

static enum status read_16(const char *text, uint16_t *number, const char **why)
{
    char *end;
    long read = strtol(text, &end, 10);

    if (end == text || *end || read < 0 || read > UINT16_MAX) {
        *why = tr("a number from 0 to 65535 is wanted");
        return STATUS_RANGE;
    }
    *number = (uint16_t)read;
    return STATUS_OK;
}

/* "15", "+5", "-5" */
static enum status read_change(const char *text, struct whatif_edit *edit, const char **why)
{
    char *end;

    edit->relative = *text == '+' || *text == '-';
    edit->number = strtol(text, &end, 10);
    if (end == text || *end || edit->number < -65535 || edit->number > 65535) {
        *why = tr("a number from 0 to 65535 is wanted, or +N, -N");
        return STATUS_RANGE;
    }
    return STATUS_OK;
}

/* A name: absolute with a dot at the end or more than one label, else below the domain. */
static enum status read_name(const char *text, const char *domain, char **name, const char **why)
{
    char canonical[NAME_TEXT];
    size_t length = strlen(text);
    enum status status;

    if (strcmp(text, "@") == 0) {
        *name = memory_dup(domain);
        return STATUS_OK;
    }
    if (length > 0 && text[length - 1] != '.' && !strchr(text, '.')) {
        status = name_join(text, domain, canonical);
        *why = tr("the name is too long");
        if (status == STATUS_OK)
            status = name_canonical(canonical, canonical, why);
    } else {
        status = name_canonical(text, canonical, why);
    }
    if (status == STATUS_OK)
        *name = memory_dup(canonical);
    return status;
}

/* An SRV owner: "_ldap._tcp" stands below the domain too. */
static enum status read_owner(const char *text, const char *domain, char **name, const char **why)
{
    char joined[NAME_TEXT], canonical[NAME_TEXT];
    size_t length = strlen(text);

    if (length == 0 || *text != '_' || text[length - 1] == '.' || strchr(text, '.') == NULL ||
        strchr(strchr(text, '.') + 1, '.') != NULL)
        return read_name(text, domain, name, why);
    *why = tr("the name is too long");
    if (name_join(text, domain, joined) != STATUS_OK)
        return STATUS_RANGE;
    if (name_canonical(joined, canonical, why) != STATUS_OK)
        return STATUS_SYNTAX;
    *name = memory_dup(canonical);
    return STATUS_OK;
}

static const char form[] =
    "add mx N HOST, add a HOST ADDRESS, add srv OWNER N N PORT HOST, remove mx HOST, "
    "remove a HOST, remove srv OWNER HOST, preference HOST N, weight OWNER HOST N";

static enum status wrong_form(const char **why)
{
    *why = form;
    return STATUS_SYNTAX;
}

static enum status parse_mx(struct words *words, const char *domain, struct whatif_edit *edit,
                            const char **why)
{
    bool adds = edit->verb == WHATIF_ADD;
    enum status status = STATUS_OK;

    edit->type = TYPE_MX;
    edit->owner = memory_dup(domain);
    if (words->count != (adds ? 4 : 3))
        return wrong_form(why);
    if (adds)
        status = read_16(words->at[2], &edit->first, why);
    if (status == STATUS_OK)
        status = read_name(words->at[words->count - 1], domain, &edit->target, why);
    return status;
}

static enum status parse_address(struct words *words, const char *domain, struct whatif_edit *edit,
                                 const char **why)
{
    bool needed = edit->verb == WHATIF_ADD;

    if (words->count < (needed ? 4 : 3) || words->count > 4)
        return wrong_form(why);
    if (words->count == 4 && (!address_parse(words->at[3], &edit->address) ||
                              edit->address.family != (edit->type == TYPE_A ? 4 : 6))) {
        *why = edit->type == TYPE_A ? tr("an IPv4 address is wanted")
                                    : tr("an IPv6 address is wanted");
        return STATUS_SYNTAX;
    }
    return read_name(words->at[2], domain, &edit->owner, why);
}

static enum status parse_srv(struct words *words, const char *domain, struct whatif_edit *edit,
                             const char **why)
{
    bool adds = edit->verb == WHATIF_ADD;
    enum status status = STATUS_OK;

    edit->type = TYPE_SRV;
    if (words->count != (adds ? 7 : 4))
        return wrong_form(why);
    status = read_owner(words->at[2], domain, &edit->owner, why);
    if (adds && status == STATUS_OK)
        status = read_16(words->at[3], &edit->first, why);
    if (adds && status == STATUS_OK)
        status = read_16(words->at[4], &edit->weight, why);
    if (adds && status == STATUS_OK)
        status = read_16(words->at[5], &edit->port, why);
    if (status == STATUS_OK)
        status = read_name(words->at[words->count - 1], domain, &edit->target, why);
    return status;
}

/* add or remove, by type */
static enum status parse_record(struct words *words, const char *domain, struct whatif_edit *edit,
                                const char **why)
{
    if (words->count < 2 || !type_parse(words->at[1], &edit->type))
        return wrong_form(why);
    switch (edit->type) {
    case TYPE_MX:
        return parse_mx(words, domain, edit, why);
    case TYPE_A:
    case TYPE_AAAA:
        return parse_address(words, domain, edit, why);
    case TYPE_SRV:
        return parse_srv(words, domain, edit, why);
    default:
        return wrong_form(why);
    }
}

static enum status parse_preference(struct words *words, const char *domain,
                                    struct whatif_edit *edit, const char **why)
{
    enum status status;

    edit->verb = WHATIF_FIRST;
    edit->type = TYPE_MX;
    edit->owner = memory_dup(domain);
    if (words->count != 3)
        return wrong_form(why);
    status = read_name(words->at[1], domain, &edit->target, why);
    return status == STATUS_OK ? read_change(words->at[2], edit, why) : status;
}

static enum status parse_srv_number(struct words *words, const char *domain,
                                    struct whatif_edit *edit, const char **why)
{
    enum status status;

    edit->type = TYPE_SRV;
    if (words->count != 4)
        return wrong_form(why);
    status = read_owner(words->at[1], domain, &edit->owner, why);
    if (status == STATUS_OK)
        status = read_name(words->at[2], domain, &edit->target, why);
    return status == STATUS_OK ? read_change(words->at[3], edit, why) : status;
}

static enum status parse(struct words *words, const char *domain, struct whatif_edit *edit,
                         const char **why)
{
    const char *verb = words->count > 0 ? words->at[0] : "";

    if (strcmp(verb, "preference") == 0)
        return parse_preference(words, domain, edit, why);
    edit->verb = strcmp(verb, "weight") == 0 ? WHATIF_SECOND : WHATIF_FIRST;
    if (strcmp(verb, "weight") == 0 || strcmp(verb, "priority") == 0)
        return parse_srv_number(words, domain, edit, why);
    edit->verb = strcmp(verb, "add") == 0 ? WHATIF_ADD : WHATIF_REMOVE;
    if (strcmp(verb, "add") == 0 || strcmp(verb, "remove") == 0)
        return parse_record(words, domain, edit, why);
    return wrong_form(why);
}

enum status whatif_edit_parse(const char *command, const char *domain, struct whatif_edit **edit,
                              const char **why)
{
    struct whatif_edit *parsed = memory_new(1, sizeof *parsed);
    struct words words;
    enum status status;

    cut_words(&words, command);
    status = parse(&words, domain, parsed, why);
    free(words.copy);
    if (status != STATUS_OK) {
        whatif_edit_free(parsed);
        return status;
    }
    parsed->command = memory_dup(command);
    *edit = parsed;
    return STATUS_OK;
}
