#include "dns/record.h"
#include "dns/zone/zone.h"
#include "unit/check.h"

#include <string.h>

/* In the order record_compare must give. */
static const char ordered[] = "a. 1 A 9.0.0.1\n"
                              "a. 1 A 10.0.0.1\n"
                              "a. 1 NS ns.a.\n"
                              "a. 1 NS ns.b.\n"
                              "a. 1 MX 5 z.\n"
                              "a. 1 MX 10 a.b.\n"
                              "a. 1 MX 10 z.b.\n"
                              "a. 1 MX 10 a.c.\n"
                              "a. 1 TXT \"a\"\n"
                              "a. 1 TXT \"b\"\n"
                              "a. 1 AAAA 2001:db8::9\n"
                              "a. 1 AAAA 2001:db8::10\n"
                              "a. 1 SRV 1 60 25 z.\n"
                              "a. 1 SRV 1 40 25 a.\n"
                              "a. 1 SRV 1 40 25 b.\n"
                              "a. 1 SRV 2 99 25 a.\n";

static struct zone *read_records(void)
{
    struct faults faults = {0};
    struct zone *zone = NULL;

    assert_int_equal(zone_read_text(ordered, strlen(ordered), "z", NULL, &faults, &zone),
                     STATUS_OK);
    return zone;
}

static void order_is_by_type_rank_weight_target_and_address(void **state)
{
    struct zone *zone = read_records();
    size_t count = zone_record_count(zone);

    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int order = record_compare(zone_record(zone, i), zone_record(zone, j));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    zone_free(zone);
}

static void a_printed_record_is_a_line_of_a_master_file(void **state)
{
    struct zone *zone = read_records();
    struct text line = {0};

    (void)state;
    record_print(zone_record(zone, 4), &line);
    assert_string_equal(text_get(&line), "a. 1 IN MX 5 z.");
    text_clear(&line);
    zone_free(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_by_type_rank_weight_target_and_address),
        cmocka_unit_test(a_printed_record_is_a_line_of_a_master_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
