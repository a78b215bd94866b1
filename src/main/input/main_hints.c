#include "main/input/main_hints.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "dns/zone/zone.h"

#include <string.h>
#include <unistd.h>

static bool is_root_server(const struct zone *zone, const char *name)
{
    for (size_t i = 0; i < zone_record_count(zone); i++) {
        const struct record *record = zone_record(zone, i);
        if (record->type == TYPE_NS && name_is_root(record->owner) &&
            strcmp(record->target, name) == 0)
            return true;
    }
    return false;
}

static bool is_hint(const struct zone *zone, const struct record *record)
{
    return (record->type == TYPE_A || record->type == TYPE_AAAA) &&
           is_root_server(zone, record->owner);
}

/* IPv4 before IPv6, each in the order of the file. */
static void take_family(const struct zone *zone, uint8_t family, struct arena *arena,
                        struct trace_hint *list, size_t *count)
{
    for (size_t i = 0; i < zone_record_count(zone); i++) {
        const struct record *record = zone_record(zone, i);
        if (is_hint(zone, record) && record->address.family == family)
            list[(*count)++] =
                (struct trace_hint){arena_dup(arena, record->owner), record->address};
    }
}

static enum status read_file(const char *path, struct arena *arena, struct trace_hints *hints,
                             struct faults *faults)
{
    const struct zone_terms terms = {.origin = ".", .memory_max = 1 << 20};
    struct zone *zone;
    enum status status = zone_read(path, &terms, faults, &zone);
    struct trace_hint *list;

    if (status)
        return status;
    list = arena_alloc(arena, zone_record_count(zone), sizeof *list);
    *hints = (struct trace_hints){list, 0};
    take_family(zone, 4, arena, list, &hints->count);
    take_family(zone, 6, arena, list, &hints->count);
    zone_free(zone);
    if (hints->count)
        return STATUS_OK;
    faults_add(faults, path, 0, tr("no NS record of the root with an address in this file"));
    return STATUS_NOT_FOUND;
}

/* "192.0.2.1", "a.root.example=2001:db8::1" */
static bool read_word(const char *word, struct arena *arena, struct trace_hint *hint)
{
    const char *equals = strchr(word, '=');
    char name[NAME_TEXT];

    hint->name = NULL;
    if (!equals)
        return address_parse(word, &hint->address);
    if (name_canonical(arena_dup_bytes(arena, word, (size_t)(equals - word)), name, NULL))
        return false;
    hint->name = arena_dup(arena, name);
    return address_parse(equals + 1, &hint->address);
}

static enum status read_list(const char *text, struct arena *arena, struct trace_hints *hints)
{
    struct trace_hint *list = arena_alloc(arena, strlen(text) + 1, sizeof *list);
    size_t count = 0;

    while (*(text += strspn(text, ", \t"))) {
        const char *word = arena_dup_bytes(arena, text, strcspn(text, ", \t"));
        if (!read_word(word, arena, &list[count++]))
            return STATUS_SYNTAX;
        text += strlen(word);
    }
    *hints = (struct trace_hints){list, count};
    return count ? STATUS_OK : STATUS_SYNTAX;
}

enum status hints_read(const char *given, struct arena *arena, struct trace_hints *hints,
                       struct faults *faults)
{
    bool file = strchr(given, '/') || access(given, F_OK) == 0;

    return file ? read_file(given, arena, hints, faults) : read_list(given, arena, hints);
}

void hints_print(struct trace_hints hints, struct text *out)
{
    for (size_t i = 0; i < hints.count; i++) {
        char literal[ADDRESS_TEXT];
        text_format(out, "%s%s%s%s", i ? "," : "", hints.list[i].name ? hints.list[i].name : "",
                    hints.list[i].name ? "=" : "", address_text(&hints.list[i].address, literal));
    }
}
