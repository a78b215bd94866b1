#include "dns/formats/edns.h"

#include "dns/type.h"
#include "message.h"
#include "unit/check.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Name and value of every option, "; " between. */
static void said(const void *options, size_t length, struct text *out)
{
    struct message message;
    struct edns edns;
    struct edns_option option;

    message_start(&message, 0);
    message_add_class(&message, MESSAGE_ADDITIONAL, ".", TYPE_OPT, 1232, 0x8000, options, length);
    assert_true(edns_read(&(struct octets){message.bytes, message.length}, &edns));
    assert_int_equal(edns.payload, 1232);
    assert_true(edns.dnssec_ok);
    while (edns_next(&edns, &option)) {
        edns_print_name(&option, out);
        text_add_char(out, ' ');
        edns_print_value(&option, out);
        text_add(out, "; ");
    }
}

static void each_option_is_told_in_its_form(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *said;
    } cases[] = {
        {"\0\17\0\6\0\6abc\x1b", 10, "EDE 6 DNSSEC bogus: abc\\027; "},
        {"\0\17\0\2\xff\xfe", 6, "EDE 65534 extended error; "},
        {"\0\17\0\1\6", 5, "EDE 06; "},
        {"\0\3\0\3ns1", 7, "NSID ns1 (6e7331); "},
        {"\0\3\0\2\1\2", 6, "NSID 0102; "},
        {"\0\14\0\3\0\0\0", 7, "padding 3 octets; "},
        {"\0\14\0\0", 4, "padding 0 octets; "},
        {"\0\12\0\10\1\2\3\4\5\6\7\10", 12, "cookie client 0102030405060708; "},
        {"\0\12\0\12\1\2\3\4\5\6\7\10\xaa\xbb", 14,
         "cookie client 0102030405060708, server aabb; "},
        {"\0\10\0\7\0\1\30\0\xc0\0\2", 11, "client subnet 192.0.2.0/24 scope 0; "},
        {"\0\10\0\10\0\2\40\40\x20\1\xd\xb8", 12, "client subnet 2001:db8::/32 scope 32; "},
        {"\0\10\0\5\0\3\0\0\1", 9, "client subnet 0003000001; "},
        {"\375\351\0\1\7\0\3\0\0", 9, "option 65001 07; NSID ; "},
        {"", 0, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = {0};
        said(cases[i].bytes, cases[i].length, &text);
        assert_string_equal(text_get(&text), cases[i].said);
        text_clear(&text);
    }
}

static void a_message_without_opt_has_none(void **state)
{
    struct message message;
    struct edns edns;

    (void)state;
    message_start(&message, 0);
    assert_false(edns_read(&(struct octets){message.bytes, message.length}, &edns));
    assert_false(edns_read(&(struct octets){message.bytes, 5}, &edns));
    assert_false(edns_read(&(struct octets){0}, &edns));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_option_is_told_in_its_form),
        cmocka_unit_test(a_message_without_opt_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
