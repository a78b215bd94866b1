/* The directory as JSON. */
#include "dns/type.h"
#include "report/json_parts.h"
#include "report/json_value.h"

static json_t *host(const struct directory_host *host)
{
    json_t *object = json_object(), *addresses = json_array();

    json_set_name(object, "name", host->name);
    for (size_t i = 0; i < host->address_count; i++)
        json_append(addresses, json_address(&host->addresses[i]));
    json_set(object, "addresses", addresses);
    json_set(object, "gone", json_boolean(host->standing == STANDING_GONE));
    json_set(object, "read_only", json_boolean(host->read_only));
    json_set(object, "global_catalog", json_boolean(host->global_catalog));
    json_set(object, "primary", json_boolean(host->primary));
    json_set(object, "priority", host->ranked ? json_integer(host->priority) : json_null());
    json_set(object, "weight", host->ranked ? json_integer(host->weight) : json_null());
    return object;
}

static json_t *missing(const struct directory *directory, const struct directory_name *name)
{
    struct arena *arena = arena_new();
    json_t *array = json_array();

    for (size_t i = 0; i < directory->host_count; i++) {
        const char *lines = directory_missing_lines(arena, directory, name, i);
        if (lines)
            json_append(array, json_text(lines));
    }
    arena_free(arena);
    return array;
}

static json_t *name(const struct directory *directory, size_t place)
{
    const struct directory_name *name = &directory->names[place];
    json_t *object = json_object(), *marks = json_object();
    char type[TYPE_TEXT];

    json_set_name(object, "owner", name->owner);
    json_set(object, "column", json_text(name->rule->head));
    json_set(object, "type", json_text(type_text(name->rule->type, type)));
    json_set(object, "place", json_text(name->place));
    json_set(object, "mnemonic",
             *name->rule->mnemonic ? json_text(name->rule->mnemonic) : json_null());
    json_set(object, "there", json_integer((json_int_t)name->there));
    json_set(object, "expected", json_integer((json_int_t)name->expected));
    for (size_t i = 0; i < directory->host_count; i++)
        json_set(marks, directory->hosts[i].name,
                 json_text(directory_mark_text(directory->hosts[i].marks[place])));
    json_set(object, "hosts", marks);
    json_set(object, "publish", missing(directory, name));
    return object;
}

json_t *json_directory(const struct directory *directory)
{
    json_t *object, *sites = json_array(), *hosts = json_array(), *names = json_array();

    if (!directory) {
        json_decref(sites);
        json_decref(hosts);
        json_decref(names);
        return json_null();
    }
    object = json_object();
    json_set(object, "kind",
             json_text(directory->kind == DIRECTORY_FREEIPA ? "freeipa" : "active-directory"));
    json_set_name(object, "forest", directory->kind == DIRECTORY_AD ? directory->forest : NULL);
    json_set(object, "guid", json_text(directory->guid));
    for (size_t i = 0; i < directory->site_count; i++)
        json_append(sites, json_text(directory->sites[i].name));
    for (size_t i = 0; i < directory->host_count; i++)
        json_append(hosts, host(&directory->hosts[i]));
    for (size_t i = 0; i < directory->name_count; i++)
        json_append(names, name(directory, i));
    json_set(object, "sites", sites);
    json_set(object, "hosts", hosts);
    json_set(object, "names", names);
    return object;
}
