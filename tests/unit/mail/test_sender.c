/* Senders, their settings and who is down for them. */
#include "base/text.h"
#include "mail/profiles/profiles.h"
#include "mail/sender/sender.h"
#include "unit/check.h"

#include <stdlib.h>
#include <string.h>

static const struct address host1 = {4, {192, 0, 2, 1}}, host2 = {4, {192, 0, 2, 2}};

static void every_profile_is_found_by_its_name(void **state)
{
    (void)state;
    assert_int_equal(profile_count(), 8);
    assert_string_equal(profile_name(profile_at(0)), "rfc5321");
    for (size_t i = 0; i < profile_count(); i++) {
        assert_ptr_equal(profile_find(profile_name(profile_at(i))), profile_at(i));
        assert_true(strlen(profile_title(profile_at(i))) > 0);
        assert_true(strlen(profile_summary(profile_at(i))) > 20);
    }
    assert_null(profile_find("hotmail"));
}

static void settings_read_what_they_print(void **state)
{
    (void)state;
    for (size_t i = 0; i < profile_count(); i++) {
        struct settings settings;
        settings_init(&settings, profile_at(i));
        for (size_t j = 0; j < profile_setting_count(profile_at(i)); j++) {
            char value[SETTING_TEXT_SIZE], assignment[2 * SETTING_TEXT_SIZE] = "";
            assert_true(settings_is_initial(&settings, j));
            strcat(assignment, profile_setting(profile_at(i), j)->name);
            strcat(assignment, "=");
            strcat(assignment, settings_print(&settings, j, value));
            assert_int_equal(settings_set(&settings, assignment, NULL), STATUS_OK);
            assert_true(settings_is_initial(&settings, j));
        }
        settings_clear(&settings);
    }
}

static void settings_refuse_with_a_reason(void **state)
{
    static const struct {
        const char *assignment;
        enum status status;
    } cases[] = {{"smtp_mx_address_limit=0", STATUS_OK},
                 {"smtp_mx_address_limit=3", STATUS_OK},
                 {"smtp_mx_address_limit=-1", STATUS_RANGE},
                 {"smtp_mx_address_limit=many", STATUS_SYNTAX},
                 {"smtp_mx_address_limit=3x", STATUS_SYNTAX},
                 {"smtp_mx_address_limit=", STATUS_SYNTAX},
                 {"smtp_mx_address_limit", STATUS_SYNTAX},
                 {"smtp_mx_address_limit=99999999999999999999", STATUS_RANGE},
                 {"smtp_address_preference=ipv6", STATUS_OK},
                 {"smtp_address_preference=ipv", STATUS_RANGE},
                 {"smtp_randomize_addresses=no", STATUS_OK},
                 {"smtp_randomize_addresses=maybe", STATUS_RANGE},
                 {"use_srv_lookup=smtp", STATUS_OK},
                 {"use_srv_lookup=a..b", STATUS_SYNTAX},
                 {"hosts_max_try=5", STATUS_NOT_FOUND}};
    struct settings settings;

    (void)state;
    settings_init(&settings, profile_find("postfix"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = NULL;
        assert_int_equal(settings_set(&settings, cases[i].assignment, &why), cases[i].status);
        assert_true(cases[i].status == STATUS_OK || (why && *why));
    }
    assert_int_equal(settings_number(&settings, "smtp_mx_address_limit"), 3);
    assert_int_equal(settings_number(&settings, "smtp_address_preference"), 1);
    assert_string_equal(settings_text(&settings, "use_srv_lookup"), "smtp.");
    settings_clear(&settings);
}

/* What stands in the configurations of the servers themselves (ROUTING 9.1). */
static void switches_are_spelled_as_the_servers_do(void **state)
{
    static const struct {
        const char *profile, *name, *assignment;
        long value;
    } cases[] = {{"exim", "hosts_require_tls", "hosts_require_tls=*", 1},
                 {"exim", "hosts_try_dane", "hosts_try_dane=", 0},
                 {"exim", "tls_tempfail_tryclear", "tls_tempfail_tryclear=false", 0},
                 {"exim", "ipv4_prefer", "ipv4_prefer=true", 1},
                 {"sendmail", "DANE", "DANE=True", 1},
                 {"courier", "ESMTP_USE_STARTTLS", "ESMTP_USE_STARTTLS=0", 0},
                 {"courier", "ESMTP_TLS_VERIFY_DOMAIN", "ESMTP_TLS_VERIFY_DOMAIN=1", 1},
                 {"postfix", "smtp_randomize_addresses", "smtp_randomize_addresses=NO", 0}};
    static const char *const refused[] = {"DANE=always", "DANE=2",  "DANE=10",
                                          "DANE=yes ",   "DANE=!*", "DANE=tru"};
    struct settings settings;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        settings_init(&settings, profile_find(cases[i].profile));
        assert_int_equal(settings_set(&settings, cases[i].assignment, NULL), STATUS_OK);
        assert_int_equal(settings_number(&settings, cases[i].name), cases[i].value);
        settings_clear(&settings);
    }
    settings_init(&settings, profile_find("sendmail"));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(settings_set(&settings, refused[i], NULL), STATUS_RANGE);
    settings_clear(&settings);
}

static enum stage stage_at(const struct sender *sender, const char *host,
                           const struct address *address)
{
    return sender_stage(sender, host, NULL, address, 0);
}

static void the_most_special_down_counts(void **state)
{
    struct sender sender;

    (void)state;
    sender_init(&sender, profile_at(0));
    assert_int_equal(
        sender_add_down(&sender, "192.0.2.2=rcpt5,*=timeout,MX1.example.com=mail4", NULL),
        STATUS_OK);
    assert_int_equal(stage_at(&sender, "mx1.example.com.", &host1), STAGE_MAIL4);
    assert_int_equal(stage_at(&sender, "mx1.example.com.", &host2), STAGE_RCPT5);
    assert_int_equal(stage_at(&sender, "mx2.example.com.", &host1), STAGE_TIMEOUT);
    assert_int_equal(sender_stage(&sender, "alias.example.com.", "mx1.example.com.", &host1, 0),
                     STAGE_MAIL4);
    sender_put(&sender, "mx1.example.com.", (struct address){0}, STAGE_ACCEPTS);
    assert_int_equal(stage_at(&sender, "mx1.example.com.", &host1), STAGE_ACCEPTS);
    sender_clear_downs(&sender);
    assert_int_equal(stage_at(&sender, "mx2.example.com.", &host1), STAGE_ACCEPTS);
    assert_int_equal(sender_add_down(&sender, "mx1.example.com=mail4,mx1.example.com=data4", NULL),
                     STATUS_OK);
    assert_int_equal(stage_at(&sender, "mx1.example.com.", &host1), STAGE_DATA4);
    assert_int_equal(stage_at(&sender, "mx2.example.com.", &host1), STAGE_ACCEPTS);
    sender_clear(&sender);
}

static void outages_last_from_until(void **state)
{
    struct sender sender;

    (void)state;
    sender_init(&sender, profile_at(0));
    assert_int_equal(sender_add_down(&sender, "mx1.example.com=timeout@30m-2h", NULL), STATUS_OK);
    assert_int_equal(sender_stage(&sender, "mx1.example.com.", NULL, &host1, 1799), STAGE_ACCEPTS);
    assert_int_equal(sender_stage(&sender, "mx1.example.com.", NULL, &host1, 1800), STAGE_TIMEOUT);
    assert_int_equal(sender_stage(&sender, "mx1.example.com.", NULL, &host1, 7199), STAGE_TIMEOUT);
    assert_int_equal(sender_stage(&sender, "mx1.example.com.", NULL, &host1, 7200), STAGE_ACCEPTS);
    sender_clear(&sender);
}

static const char *why_not(struct sender *sender, const char *downs)
{
    const char *why = NULL;

    assert_int_not_equal(sender_add_down(sender, downs, &why), STATUS_OK);
    assert_int_equal(sender->down_count, 0);
    return why;
}

static void bad_downs_leave_nothing_behind(void **state)
{
    static const char missing[] = "a host, an address or * is missing";
    static const char stages[] =
        "stages are: refused timeout greeting4 greeting5 ehlo4 ehlo5 no-starttls starttls4 "
        "starttls5 tls tls-drop expired badname tlsa mail4 rcpt4 rcpt5 data4";
    static const char outage[] =
        "an outage is written HOST@FROM-UNTIL, as in mx1.example.com@0h-6h";
    static const char *const bad[][2] = {
        {"", missing},
        {"mx1,", missing},
        {",mx1", missing},
        {"good.example.com,,mx1", missing},
        {"mx1=never", stages},
        {"mx1=accepts", stages},
        {"good.example.com,mx1=never", stages},
        {"mx1@", outage},
        {"mx1@6h-2h", outage},
        {"mx1@1h", outage},
        {"a..b", "a label is empty (two dots in a row, or a dot in front)"}};
    struct sender sender;
    char octets[2048];

    (void)state;
    sender_init(&sender, profile_at(0));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(why_not(&sender, bad[i][0]), bad[i][1]);
    memset(octets, 'a', sizeof octets);
    for (size_t length = 1080; length < 1100; length++) {
        const char *why;
        octets[length] = '\0';
        why = why_not(&sender, octets);
        octets[length] = 'a';
        assert_string_equal(why, length < 1088 ? "a label has more than 63 octets"
                                               : "the name is too long");
    }
    sender_clear(&sender);
}

/* Address text has room for 45 octets at most. */
#define ADDRESS_45 "0000:0000:0000:0000:0000:ffff:192.168.100.228"

static void bad_addresses_leave_nothing_behind(void **state)
{
    static const char *const bad[] = {"",
                                      "nowhere",
                                      "192.0.2.2,",
                                      ",192.0.2.2",
                                      "192.0.2.2,,192.0.2.3",
                                      "192.0.2.2,nowhere",
                                      "192.0.2.2 ",
                                      ADDRESS_45 "0",
                                      ADDRESS_45 "00"};
    static const char *const good[] = {"192.0.2.2", "192.0.2.2,2001:db8::1", ADDRESS_45};
    struct sender sender;

    (void)state;
    sender_init(&sender, profile_at(0));
    assert_int_equal(sender_add_own(&sender, "192.0.2.1", NULL), STATUS_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *why = NULL;
        assert_int_equal(sender_add_own(&sender, bad[i], &why), STATUS_SYNTAX);
        assert_string_equal(why, "not an IPv4 or IPv6 address");
        assert_int_equal(sender_add_own(&sender, bad[i], NULL), STATUS_SYNTAX);
        assert_int_equal(sender.own_count, 1);
        assert_true(address_equal(&sender.own[0], &host1));
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(sender_add_own(&sender, good[i], NULL), STATUS_OK);
    assert_int_equal(sender.own_count, 5);
    sender_clear(&sender);
}

/* Every entry of the sender as --down would have it: "mx1.example.com.=timeout". */
static const char *downs_of(const struct sender *sender, struct text *out)
{
    char address[ADDRESS_TEXT];

    text_cut(out, 0);
    for (size_t i = 0; i < sender->down_count; i++) {
        const struct down *down = sender->downs + i;
        text_format(out, "%s%s=%s", i ? " " : "",
                    down->all    ? "*"
                    : down->host ? down->host
                                 : address_text(&down->address, address),
                    stage_text(down->stage));
    }
    return text_get(out);
}

static void what_is_put_replaces_what_was_said_of_it(void **state)
{
    const struct address none = {0};
    struct sender sender;
    struct text text = {0};

    (void)state;
    sender_init(&sender, profile_at(0));
    assert_int_equal(sender_add_down(&sender, "*=tls,mx1.example.com,192.0.2.1=mail4,mx2", NULL),
                     STATUS_OK);
    sender_put(&sender, "mx1.example.com.", none, STAGE_TIMEOUT);
    assert_string_equal(downs_of(&sender, &text),
                        "*=tls 192.0.2.1=mail4 mx2.=refused mx1.example.com.=timeout");
    sender_put(&sender, "mx1.example.com.", host1, STAGE_RCPT4);
    assert_string_equal(downs_of(&sender, &text),
                        "*=tls mx2.=refused mx1.example.com.=timeout 192.0.2.1=rcpt4");
    sender_put(&sender, "mx1.example.com.", host2, STAGE_DATA4);
    assert_string_equal(downs_of(&sender, &text),
                        "*=tls mx2.=refused mx1.example.com.=timeout 192.0.2.1=rcpt4 "
                        "192.0.2.2=data4");
    sender_put(&sender, "mx3.", none, STAGE_ACCEPTS);
    assert_string_equal(downs_of(&sender, &text),
                        "*=tls mx2.=refused mx1.example.com.=timeout 192.0.2.1=rcpt4 "
                        "192.0.2.2=data4 mx3.=accepts");
    text_clear(&text);
    sender_clear(&sender);
}

static void copies_stand_alone(void **state)
{
    struct sender sender, copy;

    (void)state;
    sender_init(&sender, profile_find("postfix"));
    sender_set_as(&sender, "MX1.Example.com", NULL);
    sender_add_own(&sender, "192.0.2.1,2001:db8::1", NULL);
    sender_add_down(&sender, "mx2.example.com", NULL);
    settings_set(&sender.settings, "use_srv_lookup=smtp", NULL);
    sender_copy(&copy, &sender);
    sender_clear(&sender);
    assert_string_equal(copy.as, "mx1.example.com.");
    assert_int_equal(copy.own_count, 2);
    assert_string_equal(copy.downs[0].host, "mx2.example.com.");
    assert_string_equal(settings_text(&copy.settings, "use_srv_lookup"), "smtp.");
    sender_set_profile(&copy, profile_find("exim"));
    assert_int_equal(settings_number(&copy.settings, "hosts_max_try"), 5);
    assert_string_equal(copy.as, "mx1.example.com.");
    sender_clear(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile_is_found_by_its_name),
        cmocka_unit_test(settings_read_what_they_print),
        cmocka_unit_test(settings_refuse_with_a_reason),
        cmocka_unit_test(switches_are_spelled_as_the_servers_do),
        cmocka_unit_test(the_most_special_down_counts),
        cmocka_unit_test(outages_last_from_until),
        cmocka_unit_test(bad_downs_leave_nothing_behind),
        cmocka_unit_test(bad_addresses_leave_nothing_behind),
        cmocka_unit_test(what_is_put_replaces_what_was_said_of_it),
        cmocka_unit_test(copies_stand_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
