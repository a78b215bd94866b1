/* The table of actions: nothing unreachable, nothing twice, all of it in the manual. */
#include "app/events/keymap.h"

#include "app/events/event.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

static void every_action_has_a_key_or_a_command(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action_entry *entry = action_get((enum action)i);
        if (!*entry->keys && !*entry->command)
            fail_msg("nobody can do \"%s\"", entry->help);
        assert_true(entry->contexts);
        assert_true(*entry->label && *entry->help);
        assert_string_not_equal(action_where(entry->contexts), "in some places");
    }
}

static void commands_are_told_apart(void **state)
{
    enum action action;

    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++) {
        const char *command = action_get((enum action)i)->command;
        if (!*command)
            continue;
        assert_true(action_parse(command, &action));
        if ((int)action != i)
            fail_msg(":%s means two things", command);
    }
    assert_true(action_parse("sim", &action));
    assert_int_equal(action, ACTION_SIMULATE);
    assert_false(action_parse("s", &action));
    assert_false(action_parse("", &action));
    assert_false(action_parse("nonsense", &action));
}

/* A key that an earlier action of the table takes in all its contexts would never be heard. */
static void every_key_is_heard_somewhere(void **state)
{
    struct keymap keymap;

    (void)state;
    keymap_init(&keymap);
    for (size_t i = 0; i < keymap.count; i++) {
        const struct binding *binding = &keymap.bindings[i];
        unsigned contexts = action_get(binding->action)->contexts, heard = 0;
        char name[KEY_TEXT];
        for (unsigned bit = 1; bit <= CONTEXT_QUESTION; bit <<= 1) {
            enum action action;
            if (contexts & bit && keymap_find(&keymap, binding->key, bit, &action) &&
                action == binding->action)
                heard |= bit;
        }
        if (!heard)
            fail_msg("%s never reaches \"%s\"", key_text(binding->key, name),
                     action_get(binding->action)->label);
    }
    keymap_clear(&keymap);
}

/* In a line being typed, characters are text. */
static void no_character_is_a_key_while_typing(void **state)
{
    struct keymap keymap;

    (void)state;
    keymap_init(&keymap);
    for (uint32_t key = 0x20; key < 0x7f; key++) {
        enum action action;
        if (keymap_find(&keymap, key, CONTEXT_LINE, &action))
            fail_msg("%c is taken for %s", (char)key, action_get(action)->label);
    }
    keymap_clear(&keymap);
}

static void keys_can_be_given_anew(void **state)
{
    struct keymap keymap;
    enum action action;
    char name[KEY_TEXT];

    (void)state;
    keymap_init(&keymap);
    assert_true(keymap_bind(&keymap, ACTION_ZOOM, "F5 M-z"));
    assert_false(keymap_find(&keymap, 'z', CONTEXT_MX, &action));
    assert_true(keymap_find(&keymap, KEY_CODE_F5, CONTEXT_MX, &action));
    assert_int_equal(action, ACTION_ZOOM);
    assert_string_equal(keymap_first(&keymap, ACTION_ZOOM, CONTEXT_MX, name), "F5");
    assert_true(keymap_find(&keymap, 'r', CONTEXT_MX, &action));
    assert_int_equal(action, ACTION_AGAIN); /* which had F5 before */
    assert_false(keymap_bind(&keymap, ACTION_ZOOM, "F5 NoSuchKey"));
    assert_true(keymap_find(&keymap, KEY_CODE_F5, CONTEXT_MX, &action));
    assert_true(keymap_bind(&keymap, ACTION_ZOOM, ""));
    assert_false(keymap_find(&keymap, KEY_CODE_F5, CONTEXT_MX, &action));
    keymap_clear(&keymap);
}

static void the_manual_has_every_action(void **state)
{
    struct text manual = {0};

    (void)state;
    action_manual(&manual);
    for (int i = 0; i < ACTION_COUNT; i++)
        assert_non_null(strstr(text_get(&manual), action_get((enum action)i)->help));
    text_clear(&manual);
}

/* The free keys that people bring along from less, tig, htop. */
static void keys_of_other_programs_do_what_is_expected(void **state)
{
    static const struct {
        const char *key;
        unsigned context;
        enum action action;
    } keys[] = {{"F5", CONTEXT_MX, ACTION_AGAIN},         {"C-r", CONTEXT_NS, ACTION_AGAIN},
                {"C-n", CONTEXT_HELP, ACTION_DOWNWARDS},  {"C-p", CONTEXT_LIST, ACTION_UP},
                {"C-f", CONTEXT_VIEW, ACTION_PAGE_DOWN},  {"C-b", CONTEXT_SRV, ACTION_PAGE_UP},
                {"F10", CONTEXT_SIMULATION, ACTION_QUIT}, {"F3", CONTEXT_HELP, ACTION_SEARCH},
                {"F4", CONTEXT_FINDINGS, ACTION_FILTER},  {"F6", CONTEXT_ADDRESS, ACTION_SORT}};
    struct keymap keymap;

    (void)state;
    keymap_init(&keymap);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        enum action action;
        uint32_t key;
        assert_true(key_parse(keys[i].key, &key));
        assert_true(keymap_find(&keymap, key, keys[i].context, &action));
        assert_int_equal(action, keys[i].action);
    }
    keymap_clear(&keymap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_has_a_key_or_a_command),
        cmocka_unit_test(commands_are_told_apart),
        cmocka_unit_test(every_key_is_heard_somewhere),
        cmocka_unit_test(no_character_is_a_key_while_typing),
        cmocka_unit_test(keys_of_other_programs_do_what_is_expected),
        cmocka_unit_test(keys_can_be_given_anew),
        cmocka_unit_test(the_manual_has_every_action),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
