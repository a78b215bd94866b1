#include "app/settings/places.h"

#include "base/message.h"
#include "dns/name.h"
#include "dns/type.h"
#include "policy/directory/directory.h"

#include <string.h>
#include <strings.h>

/* Sites keep the letters in which somebody wrote them, GUIDs have small ones. */
static void add(struct strings *places, const char *place, struct arena *arena)
{
    for (size_t i = 0; i < places->count; i++)
        if (strcasecmp(places->list[i], place) == 0)
            return;
    if (places->count == places->capacity) {
        size_t capacity = 2 * places->count + 8;
        const char **grown = arena_alloc(arena, capacity, sizeof *grown);
        if (places->count)
            memcpy(grown, places->list, places->count * sizeof *grown);
        places->list = grown;
        places->capacity = capacity;
    }
    places->list[places->count++] = arena_dup(arena, place);
}

void places_add_zone(struct strings *places, const struct zone *zone, bool whole,
                     struct arena *arena)
{
    char place[NAME_TEXT];

    size_t known = places->count;

    for (size_t i = 0; i < zone_record_count(zone); i++) {
        uint16_t type;
        const char *owner = zone_owner(zone, i, &type);
        if ((type != TYPE_SRV && type != TYPE_CNAME) || !directory_place_of(owner, place))
            continue;
        if (!directory_is_guid(place))
            directory_place_of(zone_owner_spelled(zone, i), place);
        add(places, place, arena);
    }
    if (whole && places->count > known)
        add(places, PLACES_ALL, arena);
}

void places_add_lesson(struct strings *places, const struct lesson *lesson, struct arena *arena)
{
    const struct zone_terms terms = {0};
    struct faults faults = {0};
    struct zone *zone;

    if (zone_read_text(lesson->zone, lesson->zone_length, lesson->id, &terms, &faults, &zone) ==
        STATUS_OK) {
        places_add_zone(places, zone, true, arena);
        zone_free(zone);
    }
    faults_clear(&faults);
}

bool places_add_list(struct strings *places, const char *list, struct arena *arena,
                     const char **wrong, const char **why)
{
    while (*(list += strspn(list, ", "))) {
        char name[NAME_TEXT];
        char *word = arena_dup_bytes(arena, list, strcspn(list, ", "));

        list += strlen(word);
        if (strcmp(word, PLACES_ALL) == 0) {
            add(places, word, arena);
            continue;
        }
        *wrong = word;
        *why = tr("must be one label: the name of a site, or a GUID");
        if (name_canonical(word, name, why) != STATUS_OK || name_labels(name) != 1)
            return false;
        name[strlen(name) - 1] = '\0';
        if (directory_is_guid(name))
            word = name;
        else if (word[strlen(word) - 1] == '.')
            word[strlen(word) - 1] = '\0';
        add(places, word, arena);
    }
    return true;
}
