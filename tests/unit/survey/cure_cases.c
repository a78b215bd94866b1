#include "unit/survey/cure_cases.h"

#include "unit/check.h"
#include "unit/survey/survey_world.h"

static void check(const struct cure_case *wanted)
{
    struct survey_options options = {.now = 1700000000, .seed = 1};
    struct survey_world world;
    const struct finding *finding;

    print_message("# %s\n", wanted->what);
    survey_world_init(&world, "example.com", wanted->zone, &options);
    survey_world_run(&world);
    finding = survey_world_finding(&world, wanted->id);
    assert_string_equal(finding->publish, wanted->publish);
    assert_string_equal(finding->remove, wanted->remove);
    survey_world_clear(&world);
}

void cure_cases_check(const struct cure_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&cases[i]);
}
