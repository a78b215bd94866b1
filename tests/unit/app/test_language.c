/* The screen in another language, and what is English all the same. */
#include "drive.h"

#include "base/memory.h"
#include "base/message.h"
#include "unit/check.h"

#include <locale.h>
#include <stdlib.h>

static void json_is_exported_in_english_whatever_the_screen_is_in(void **state)
{
    struct drive drive = {.panes_only = true};
    char *english;

    (void)state;
    drive_open(&drive, 120, 40, NULL);
    drive_name(&drive, "example.com");
    drive_command(&drive, "export x.json");
    english = memory_dup(drive_effect(&drive, EFFECT_EXPORT));
    message_language("ja");
    drive_command(&drive, "export x.json");
    assert_string_equal(drive_effect(&drive, EFFECT_EXPORT), english);
    assert_string_equal(message_code(), "ja");
    drive_sees(&drive, "名前");
    message_language(NULL);
    free(english);
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_exported_in_english_whatever_the_screen_is_in),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
