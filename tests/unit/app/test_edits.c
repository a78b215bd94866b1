/* What if the records were others: edits by key in the windows. */
#include "drive.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

static void press(struct drive *drive, const char *keys)
{
    drive_keys(drive, keys);
    drive_wait(drive, 1);
}

static void open_at(struct drive *drive, const char *keys)
{
    drive_open(drive, 120, 46, NULL);
    drive_name(drive, "example.com");
    press(drive, keys);
}

/* Issue 3: + and - change the weight where a client chooses by it; before and after side by side.
 */
static void plus_and_minus_change_a_weight(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "4 Enter");
    press(&drive, "+ +");
    drive_sees(&drive, "Tried first, before and after");
    drive_sees(&drive, "0     6    59.1%    0     8    65.4%");
    drive_sees(&drive, " 66.7%    65.4%");
    press(&drive, "- -");
    drive_sees(&drive, " 60.0%    59.1%");
    drive_close(&drive);
}

/* Where the sender itself goes by SRV records its simulation changes their weights. */
static void a_route_by_srv_changes_weights(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "1");
    drive_command(&drive, "profile exim");
    drive_command(&drive, "set check_srv=ldap");
    press(&drive, "1 Enter");
    drive_sees(&drive, "SRV lookup for _ldap._tcp.example.com");
    press(&drive, "Space Space Space +");
    drive_sees(&drive, "what if: weight _ldap._tcp.example.com ldap");
    drive_close(&drive);
}

static void a_target_can_be_removed(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "4 Enter");
    press(&drive, "x");
    drive_sees(&drive, "0     6    59.1%    -     -        -");
    drive_sees(&drive, "0     4    40.9%    0     4   100.0%");
    drive_close(&drive);
}

/* What an edit names is looked up: it may exist or not. */
static void an_added_host_is_looked_up(void **state)
{
    struct drive drive = {.panes_only = true};

    (void)state;
    open_at(&drive, "1 Enter");
    drive_command(&drive, "add mx 5 nowhere");
    drive_answer(&drive);
    drive_wait(&drive, 1);
    drive_sees(&drive, "nowhere.example.com does not exist");
    drive_close(&drive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plus_and_minus_change_a_weight),
        cmocka_unit_test(a_route_by_srv_changes_weights),
        cmocka_unit_test(a_target_can_be_removed),
        cmocka_unit_test(an_added_host_is_looked_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
