#include "policy/directory/directory.h"

#include "dns/type.h"
#include "policy/directory/directory_build.h"

#include <string.h>
#include <strings.h>

static const char *const marks[DIRECTORY_MARKS] = {
    [MARK_NONE] = "none",       [MARK_THERE] = "there",       [MARK_MISSING] = "missing",
    [MARK_DIFFERS] = "differs", [MARK_GONE] = "address gone", [MARK_UNASKED] = "not queried",
    [MARK_FAILED] = "failed",   [MARK_WAITING] = "waiting",
};

const char *directory_mark_text(enum directory_mark mark)
{
    return marks[mark];
}

const char *directory_kind_text(enum directory_kind kind)
{
    return kind == DIRECTORY_FREEIPA ? "FreeIPA" : "Active Directory";
}

bool directory_answered(const struct reply *reply)
{
    return reply && reply->outcome == OUTCOME_ANSWERED && reply->record_count > 0;
}

/* ---- looking into it ---- */

static bool is_place(const struct directory_name *name, const char *place)
{
    return !place || (name->place && strcasecmp(name->place, place) == 0);
}

const struct directory_name *directory_find(const struct directory *directory, enum directory_id id,
                                            const char *place)
{
    for (size_t i = 0; i < directory->name_count; i++)
        if (directory->names[i].rule->id == id && is_place(&directory->names[i], place))
            return &directory->names[i];
    return NULL;
}

const struct record *directory_record(const struct directory *directory,
                                      const struct directory_name *name, size_t host)
{
    (void)directory;
    for (size_t i = 0; i < name->entry_count; i++)
        if (name->entries[i].host == host)
            return name->entries[i].record;
    return NULL;
}

const struct directory_host *directory_host(const struct directory *directory, const char *name)
{
    for (size_t i = 0; i < directory->host_count; i++)
        if (strcmp(directory->hosts[i].name, name) == 0)
            return &directory->hosts[i];
    return NULL;
}

/* ---- what is missing ---- */

enum { TTL_AD = 600, TTL_FREEIPA = 3600 }; /* seconds, as they register themselves */

static void add_line(struct text *out, const char *format, const char *owner, unsigned long ttl)
{
    if (out->length)
        text_add_char(out, '\n');
    text_format(out, "%s %lu IN %s ", owner, ttl, format);
}

static void add_addresses(struct text *out, const struct directory_name *name,
                          const struct directory_host *host, unsigned long ttl)
{
    char text[ADDRESS_TEXT];

    for (size_t i = 0; i < host->address_count; i++) {
        add_line(out, host->addresses[i].family == 6 ? "AAAA" : "A", name->owner, ttl);
        text_add(out, address_text(&host->addresses[i], text));
    }
}

bool directory_has_address(const struct directory *directory, const struct address *address)
{
    for (size_t i = 0; i < directory->host_count; i++)
        if (address_is_among(address, directory->hosts[i].addresses,
                             directory->hosts[i].address_count))
            return true;
    return false;
}

const char *directory_missing_lines(struct arena *arena, const struct directory *directory,
                                    const struct directory_name *name, size_t place)
{
    const struct directory_host *host = &directory->hosts[place];
    bool freeipa = directory->kind == DIRECTORY_FREEIPA;
    unsigned long ttl = freeipa ? TTL_FREEIPA : TTL_AD;
    struct text out = {0};
    const char *lines;

    if (host->marks[name - directory->names] != MARK_MISSING || !name->owner)
        return NULL;
    if (name->rule->type == TYPE_A) {
        add_addresses(&out, name, host, ttl);
    } else if (name->rule->type == TYPE_SRV) {
        add_line(&out, "SRV", name->owner, ttl);
        text_format(&out, "%u %u %u %s", host->priority, host->ranked ? host->weight : 100,
                    name->rule->port, host->name);
    } else if (name->rule->type == TYPE_URI) {
        for (int udp = 0; udp < 2; udp++) {
            add_line(&out, "URI", name->owner, ttl);
            text_format(&out, "%u %u \"krb5srv:m:%s:%s\"", host->priority,
                        host->ranked ? host->weight : 100, udp ? "udp" : "tcp", host->name);
        }
    }
    lines = out.length ? arena_dup(arena, text_get(&out)) : NULL;
    text_clear(&out);
    return lines;
}
