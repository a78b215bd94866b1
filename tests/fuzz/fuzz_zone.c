/* Master files, and the answers they give. */
#include "base/fault.h"
#include "base/text.h"
#include "dns/type.h"
#include "dns/zone/zone_flaws.h"
#include "dns/zone/zone_store.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ask(const struct zone *zone, const char *name, uint16_t type)
{
    struct question question = {.name = name, .type = type};
    struct reply *reply = zone_answer(&zone, 1, &question);

    assert(reply);
    assert(reply->outcome != OUTCOME_ANSWERED || reply->record_count > 0);
    reply_free(reply);
}

/* A record that was printed is a master file that reads as the same record. */
static void check_print(const struct record *record)
{
    struct text line = {0}, again = {0};
    struct faults faults = {0};
    struct zone *zone = NULL;

    record_print(record, &line);
    assert(zone_read_text(line.bytes, line.length, "line", NULL, &faults, &zone) == STATUS_OK);
    record_print(zone_record(zone, 0), &again);
    assert(strcmp(text_get(&line), text_get(&again)) == 0);
    zone_free(zone);
    text_clear(&line);
    text_clear(&again);
}

/* A record that was read can be put into a message. */
static void check_message(const struct zone_rr *record)
{
    ldns_rr *rr = zone_rr_copy(record, record->owner);

    assert(rr);
    ldns_rr_free(rr);
}

/* What is said of the zone as a whole can be recorded and read again. */
static void check_flaws(struct zone *zone)
{
    struct arena *arena = arena_new();
    struct zone_flaws flaws = zone_flaws_find(&zone, 1, false, arena);

    for (size_t i = 0; i < flaws.count; i++) {
        struct text line = {0};
        struct zone_flaw read;

        if (zone_flaw_print(&flaws.list[i], &line)) {
            bool good = zone_flaw_parse(text_get(&line), arena, &read);
            assert(good && strcmp(read.owner, flaws.list[i].owner) == 0);
            (void)good;
        }
        text_clear(&line);
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const uint16_t types[] = {TYPE_MX, TYPE_A, TYPE_CNAME, TYPE_TXT};
    struct faults faults = {0};
    struct zone *zone = NULL;

    if (zone_read_text((const char *)bytes, length, "fuzz.zone", NULL, &faults, &zone) !=
        STATUS_OK) {
        assert(faults.total > 0 && !zone);
        faults_clear(&faults);
        return 0;
    }
    for (size_t i = 0; i < zone_record_count(zone); i++)
        check_message(zone_rr_at(zone, i));
    for (size_t i = 0; i < zone_record_count(zone) && i < 16; i++)
        check_print(zone_record(zone, i));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        ask(zone, "example.com.", types[i]);
        ask(zone, "not.there.example.com.", types[i]);
        for (size_t k = 0; k < zone_record_count(zone) && k < 16; k++)
            ask(zone, zone_record(zone, k)->owner, types[i]);
    }
    check_flaws(zone);
    zone_free(zone);
    faults_clear(&faults);
    return 0;
}
