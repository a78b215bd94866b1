#include "policy/services/finding_directory.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"

#include <stdio.h>
#include <string.h>

const struct directory *finding_directory(struct finding_list *list, enum directory_kind kind)
{
    const struct directory *directory = list->setup->view->directory;

    if (!directory || (kind != DIRECTORY_NONE && directory->kind != kind))
        return NULL;
    list->complete &= directory->complete;
    return directory->complete ? directory : NULL;
}

bool finding_reply_absent(const struct reply *reply)
{
    return reply && (reply->outcome == OUTCOME_NXDOMAIN || reply->outcome == OUTCOME_NODATA);
}

const struct reply *finding_directory_reply(const struct directory *directory, enum directory_id id,
                                            const char *place)
{
    const struct directory_name *name = directory_find(directory, id, place);

    return name ? name->reply : NULL;
}

bool finding_directory_has(const struct directory *directory, enum directory_id id,
                           const char *place)
{
    return finding_reply_answered(finding_directory_reply(directory, id, place));
}

bool finding_directory_lacks(const struct directory *directory, enum directory_id id,
                             const char *place)
{
    return finding_reply_absent(finding_directory_reply(directory, id, place));
}

bool finding_is_filtered(const struct directory *directory)
{
    for (size_t i = 0; i < directory->host_count; i++)
        if (directory->hosts[i].standing == STANDING_THERE)
            return false;
    return directory->host_count > 0;
}

/* What a name was before the origin of a zone file came behind it; false when that is not there. */
static bool before_origin(const char *name, const char *origin, char meant[NAME_TEXT])
{
    size_t length = strlen(name) - strlen(origin);

    if (!name_is_within(name, origin) || strcmp(name, origin) == 0)
        return false;
    memcpy(meant, name, length);
    meant[length] = '\0';
    return true;
}

static bool is_completed(const char *name, const char *origin, const char *of)
{
    char meant[NAME_TEXT];

    return before_origin(name, origin, meant) && name_is_within(meant, of);
}

bool finding_means_host(const struct directory *directory, const char *target, const char *host)
{
    char msdcs[NAME_TEXT], meant[NAME_TEXT];
    const char *origins[] = {directory->domain, directory->forest, msdcs};
    size_t count = 2 + (name_join("_msdcs", directory->forest, msdcs) == STATUS_OK);

    for (size_t i = 0; i < count; i++)
        if (before_origin(target, origins[i], meant) && strcmp(meant, host) == 0)
            return true;
    return false;
}

/* "dc1.example.com.example.com.", or "dc1.example.com._msdcs.example.com." in a zone of its own. */
bool finding_is_doubled(const struct directory *directory, const struct directory_host *host)
{
    char msdcs[NAME_TEXT];
    const char *origins[] = {directory->domain, directory->forest, msdcs};
    size_t count = 2 + (name_join("_msdcs", directory->forest, msdcs) == STATUS_OK);

    for (size_t i = 0; i < count; i++)
        if (is_completed(host->name, origins[i], directory->domain) ||
            is_completed(host->name, origins[i], directory->forest))
            return true;
    return false;
}

bool finding_is_stranger(const struct directory *directory, const struct directory_host *host)
{
    const struct directory_name *dc = directory_find(directory, DIRECTORY_DC, NULL);

    return directory->mixed && dc &&
           !directory_record(directory, dc, (size_t)(host - directory->hosts));
}

bool finding_is_controller(const struct directory *directory, const struct directory_host *host)
{
    size_t place = (size_t)(host - directory->hosts);

    for (size_t i = 0; i < directory->name_count; i++) {
        const struct directory_name *name = &directory->names[i];
        if (name->rule->id != DIRECTORY_LDAP && name->rule->id != DIRECTORY_SITE_LDAP &&
            directory_record(directory, name, place))
            return !finding_is_stranger(directory, host);
    }
    return false;
}

bool finding_is_stale(const struct directory *directory, const struct directory_host *host)
{
    size_t place = (size_t)(host - directory->hosts);

    if (host->standing != STANDING_GONE || finding_is_filtered(directory) ||
        finding_is_doubled(directory, host))
        return false;
    for (size_t i = 0; i < directory->name_count; i++)
        if (directory_record(directory, &directory->names[i], place))
            return true;
    return false;
}

struct name_list finding_names(struct finding_list *list, size_t most)
{
    return (struct name_list){.list = list, .most = most};
}

void finding_names_add(struct name_list *names, const char *name)
{
    if (names->count++ >= names->most)
        return;
    if (names->text.length)
        text_add(&names->text, message_comma());
    text_format(&names->text, "%.*s", name_shown_length(name), name);
}

const char *finding_names_text(struct name_list *names)
{
    const char *text;

    if (names->count > names->most)
        message_more(&names->text, names->count - names->most);
    text = arena_dup(names->list->arena, text_get(&names->text));
    text_clear(&names->text);
    return text;
}

bool finding_by_wildcard(struct finding_list *list, const char *transport)
{
    const struct setup_view *view = list->setup->view;
    const char *label;
    char name[NAME_TEXT];

    if (!view->probe)
        return false;
    label = arena_format(list->arena, "_%s.%s", view->probe, transport);
    return name_join(label, view->domain, name) == STATUS_OK &&
           finding_reply_answered(finding_lookup(list, name, TYPE_SRV));
}
