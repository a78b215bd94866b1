/* The text of SPF records: what each term is read as, and why it is none. */
#include "base/text.h"
#include "dns/formats/octets.h"
#include "policy/spf/spf_macro.h"
#include "policy/spf/spf_record.h"
#include "unit/check.h"

#include <string.h>

#define TERM(text) text, sizeof text - 1

/* Kind, qualifier, name or value, network and both prefix lengths; or the error. */
static const struct {
    const char *text;
    size_t length;
    const char *read;
} terms[] = {
    {TERM("mx"), "mx + \"\" /32/128"},
    {TERM("-a"), "a - \"\" /32/128"},
    {TERM("~all"), "all ~ \"\" /32/128"},
    {TERM("?ptr"), "ptr ? \"\" /32/128"},
    {TERM("+exists:%{i}.x.example.com"), "exists + \"%{i}.x.example.com\" /32/128"},
    {TERM("include:example.com"), "include + \"example.com\" /32/128"},
    {TERM("redirect=example.com"), "redirect - \"example.com\" /32/128"},
    {TERM("exp=example.com"), "exp - \"example.com\" /32/128"},
    {TERM("x.y-z_1=a:b/%{d}"), "modifier - \"a:b/%{d}\" /32/128"},
    {TERM("all:"), "\"all:\": \"all\" takes no argument"},
    {TERM("all/8"), "\"all/8\": \"all\" takes no argument"},
    {TERM("a/0"), "a + \"\" /0/128"},
    {TERM("a/32"), "a + \"\" /32/128"},
    {TERM("a/33"), "\"a/33\": the IPv4 prefix length is not a number from 0 to 32"},
    {TERM("a/032"), "\"a/032\": the IPv4 prefix length is not a number from 0 to 32"},
    {TERM("a/"), "\"a/\": the IPv4 prefix length is not a number from 0 to 32"},
    {TERM("a//"), "\"a//\": the IPv6 prefix length is not a number from 0 to 128"},
    {TERM("a//0"), "a + \"\" /32/0"},
    {TERM("a//128"), "a + \"\" /32/128"},
    {TERM("a//129"), "\"a//129\": the IPv6 prefix length is not a number from 0 to 128"},
    {TERM("a/24//64"), "a + \"\" /24/64"},
    {TERM("a/24//"), "\"a/24//\": the IPv6 prefix length is not a number from 0 to 128"},
    {TERM("a/24/64"), "\"a/24/64\": the IPv4 prefix length is not a number from 0 to 32"},
    {TERM("a/1000"), "\"a/1000\": the IPv4 prefix length is not a number from 0 to 32"},
    {TERM("a/24x"), "\"a/24x\": what follows is neither \":\" and a name nor a prefix length"},
    {TERM("a:b.example/8//9"), "a + \"b.example\" /8/9"},
    {TERM("a:"), "\"a:\": the name is missing"},
    {TERM("a:b"), "\"a:b\": the name does not end in a dot and a top-level label"},
    {TERM("a:b.example."), "a + \"b.example.\" /32/128"},
    {TERM("a:b.example.."),
     "\"a:b.example..\": the name does not end in a dot and a top-level label"},
    {TERM("a:."), "\"a:.\": the name does not end in a dot and a top-level label"},
    {TERM("a:b.-c"), "\"a:b.-c\": the name does not end in a dot and a top-level label"},
    {TERM("a:b.c-"), "\"a:b.c-\": the name does not end in a dot and a top-level label"},
    {TERM("a:b.c-d"), "a + \"b.c-d\" /32/128"},
    {TERM("a:b.1"), "\"a:b.1\": the name does not end in a dot and a top-level label"},
    {TERM("a:b.1a"), "a + \"b.1a\" /32/128"},
    {TERM("a:b.c_d"), "\"a:b.c_d\": the name does not end in a dot and a top-level label"},
    {TERM("a:%{d}"), "a + \"%{d}\" /32/128"},
    {TERM("a:b%{d}"), "a + \"b%{d}\" /32/128"},
    {TERM("a:%{d}."), "\"a:%{d}.\": the name does not end in a dot and a top-level label"},
    {TERM("a:%{d}x"), "\"a:%{d}x\": the name does not end in a dot and a top-level label"},
    {TERM("a:%%"), "a + \"%%\" /32/128"},
    {TERM("a:x.%_"), "a + \"x.%_\" /32/128"},
    {TERM("a:x.%-%{d}"), "a + \"x.%-%{d}\" /32/128"},
    {TERM("a:%{d}%"), "\"a:%{d}%\": after \"%\" only \"{\", \"%\", \"_\" and \"-\" may follow"},
    {TERM("a:%"), "\"a:%\": after \"%\" only \"{\", \"%\", \"_\" and \"-\" may follow"},
    {TERM("a:%{d"), "\"a:%{d\": a macro is not closed with \"}\""},
    {TERM("a:%{}"), "\"a:%{}\": there is no macro of this letter"},
    {TERM("a:%{1}"), "\"a:%{1}\": there is no macro of this letter"},
    {TERM("a:%{d1r}"), "a + \"%{d1r}\" /32/128"},
    {TERM("a:%{d0}"), "\"a:%{d0}\": a macro keeps 0 parts"},
    {TERM("a:%{d128r.-}"), "a + \"%{d128r.-}\" /32/128"},
    {TERM("a:%{dR+,/_=}"), "a + \"%{dR+,/_=}\" /32/128"},
    {TERM("a:%{d:}"), "\"a:%{d:}\": a macro has something in it that is no delimiter"},
    {TERM("a:%{c}"), "\"a:%{c}\": the macros c, r and t are for explanations only"},
    {TERM("a:%{d}%{"), "\"a:%{d}%{\": a macro is not closed with \"}\""},
    {TERM("mx/24"), "mx + \"\" /24/128"},
    {TERM("mx:"), "\"mx:\": the name is missing"},
    {TERM("mx:/24"), "\"mx:/24\": the name is missing"},
    {TERM("mxx"), "\"mxx\": there is no such mechanism"},
    {TERM("m"), "\"m\": there is no such mechanism"},
    {TERM("ptr:"), "\"ptr:\": the name is missing"},
    {TERM("ptr/24"), "\"ptr/24\": what follows is not \":\" and a name"},
    {TERM("ptr:x.example"), "ptr + \"x.example\" /32/128"},
    {TERM("ptr:x.example/24"),
     "\"ptr:x.example/24\": the name does not end in a dot and a top-level label"},
    {TERM("ip4"), "\"ip4\": the address is missing"},
    {TERM("ip4:"), "\"ip4:\": this is not an IPv4 address"},
    {TERM("ip4/24"), "\"ip4/24\": the address is missing"},
    {TERM("ip4:192.0.2.1"), "ip4 + \"\" 192.0.2.1/32/128"},
    {TERM("ip4:192.0.2.0/24"), "ip4 + \"\" 192.0.2.0/24/128"},
    {TERM("ip4:192.0.2.0/0"), "ip4 + \"\" 192.0.2.0/0/128"},
    {TERM("ip4:192.0.2.0/32"), "ip4 + \"\" 192.0.2.0/32/128"},
    {TERM("ip4:192.0.2.0/33"), "\"ip4:192.0.2.0/33\": the prefix length is not a number in range"},
    {TERM("ip4:192.0.2.0/"), "\"ip4:192.0.2.0/\": the prefix length is not a number in range"},
    {TERM("ip4:192.0.2.0/24/24"),
     "\"ip4:192.0.2.0/24/24\": the prefix length is not a number in range"},
    {TERM("ip4:2001:db8::1"), "\"ip4:2001:db8::1\": this is not an IPv4 address"},
    {TERM("ip4:192.0.2.1\0"), "\"ip4:192.0.2.1\\000\": this is not an IPv4 address"},
    {TERM("ip6:2001:db8::/32"), "ip6 + \"\" 2001:db8::/32/32"},
    {TERM("ip6:2001:db8::/0"), "ip6 + \"\" 2001:db8::/32/0"},
    {TERM("ip6:2001:db8::/128"), "ip6 + \"\" 2001:db8::/32/128"},
    {TERM("ip6:2001:db8::/129"),
     "\"ip6:2001:db8::/129\": the prefix length is not a number in range"},
    {TERM("ip6:192.0.2.1"), "\"ip6:192.0.2.1\": this is not an IPv6 address"},
    {TERM("ip6"), "\"ip6\": the address is missing"},
    {TERM("ip4:111111111111111111111111111111111111111111111"),
     "\"ip4:111111111111111111111111111111111111111111111\": this is not an IPv4 address"},
    {TERM("ip4:1111111111111111111111111111111111111111111111"),
     "\"ip4:1111111111111111111111111111111111111111111111\": the address is too long"},
    {TERM("include"), "\"include\": \":\" and a name are missing"},
    {TERM("include:"), "\"include:\": the name is missing"},
    {TERM("include/24"), "\"include/24\": \":\" and a name are missing"},
    {TERM("exists"), "\"exists\": \":\" and a name are missing"},
    {TERM("+"), "\"+\": there is no such mechanism"},
    {TERM("-"), "\"-\": there is no such mechanism"},
    {TERM("+-a"), "\"+-a\": there is no such mechanism"},
    {TERM("exp="), "\"exp=\": the name is missing"},
    {TERM("redirect="), "\"redirect=\": the name is missing"},
    {TERM("redirect=b"), "\"redirect=b\": the name does not end in a dot and a top-level label"},
    {TERM("=x"), "\"=x\": there is no such mechanism"},
    {TERM("1x=y"), "\"1x=y\": there is no such mechanism"},
    {TERM("x"), "\"x\": there is no such mechanism"},
    {TERM("x1="), "modifier - \"\" /32/128"},
    {TERM("x-="), "modifier - \"\" /32/128"},
    {TERM("x*=y"), "\"x*=y\": there is no such mechanism"},
    {TERM("x=%{c}"), "\"x=%{c}\": the macros c, r and t are for explanations only"},
    {TERM("x=%{z}"), "\"x=%{z}\": there is no macro of this letter"},
    {TERM("a\x01"), "\"a\\001\": there is no such mechanism"},
    {TERM("a:b.c\xc3"), "\"a:b.c\\195\": a character is not allowed here"},
    {TERM("x=\x7f"), "\"x=\\127\": a character is not allowed here"},
    {TERM("x=~"), "modifier - \"~\" /32/128"},
    {TERM("x=!"), "modifier - \"!\" /32/128"},
    {TERM("INCLUDE:Example.COM"), "include + \"Example.COM\" /32/128"},
    {TERM("A:b.example"), "a + \"b.example\" /32/128"},
    {TERM("IP4:192.0.2.1"), "ip4 + \"\" 192.0.2.1/32/128"},
    {TERM("x\0"
          "=y"),
     "\"x\\000=y\": there is no such mechanism"},
    {TERM("a:b.\0c"), "\"a:b.\\000c\": a character is not allowed here"},
};

static const char *const kinds[] = {
    [SPF_ALL] = "all",
    [SPF_INCLUDE] = "include",
    [SPF_A] = "a",
    [SPF_MX] = "mx",
    [SPF_PTR] = "ptr",
    [SPF_IP4] = "ip4",
    [SPF_IP6] = "ip6",
    [SPF_EXISTS] = "exists",
    [SPF_REDIRECT] = "redirect",
    [SPF_EXP] = "exp",
    [SPF_UNKNOWN_MODIFIER] = "modifier",
    [SPF_FAULTY] = "faulty",
};

static const char *term_read(struct arena *arena, const struct spf_term *term)
{
    char network[ADDRESS_TEXT] = "";

    if (term->network.family)
        address_text(&term->network, network);
    return arena_format(arena, "%s %c \"%s\" %s/%u/%u", kinds[term->kind],
                        term->qualifier ? term->qualifier : '-', octets_shown(arena, term->spec),
                        network, term->cidr4, term->cidr6);
}

/* Each in front of another term. */
static void terms_are_read_or_refused_with_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct arena *arena = arena_new();
        struct text text = {0};
        const struct spf_record *record;

        text_add(&text, "v=spf1 ");
        text_add_bytes(&text, terms[i].text, terms[i].length);
        text_add(&text, " mx");
        record =
            spf_record_parse(arena, (struct octets){(const uint8_t *)text_get(&text), text.length});
        assert_int_equal(record->count, 2);
        assert_int_equal(record->terms[1].kind, SPF_MX);
        assert_int_equal(record->terms[0].kind == SPF_FAULTY, record->error != NULL);
        assert_string_equal(record->error ? record->error : term_read(arena, &record->terms[0]),
                            terms[i].read);
        text_clear(&text);
        arena_free(arena);
    }
}

static void records_begin_with_their_version(void **state)
{
    static const char *const records[] = {"v=spf1", "v=spf1 ", "V=SPF1 x"};
    static const char *const others[] = {"", "v=spf", "v=spf10", "v=spf1\t", " v=spf1", "w=spf1"};

    (void)state;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        assert_true(spf_record_is(octets_of(records[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(spf_record_is(octets_of(others[i])));
}

static void modifiers_stand_there_once(void **state)
{
    static const struct {
        const char *text, *error;
        size_t count;
    } cases[] = {
        {"v=spf1", NULL, 0},
        {"v=spf1   mx  -all ", NULL, 2},
        {"v=spf1 redirect=a.example exp=b.example", NULL, 2},
        {"v=spf1 redirect=a.example redirect=b.example",
         "\"redirect=b.example\": this modifier is in the record twice", 2},
        {"v=spf1 exp=a.example exp=b.example moo",
         "\"exp=b.example\": this modifier is in the record twice", 3},
        {"v=spf1 x=1 x=2", NULL, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        const struct spf_record *record = spf_record_parse(arena, octets_of(cases[i].text));

        assert_int_equal(record->count, cases[i].count);
        assert_int_equal(!record->error, !cases[i].error);
        if (record->error)
            assert_string_equal(record->error, cases[i].error);
        assert_int_equal(record->redirect != NULL, strstr(cases[i].text, "redirect=") != NULL);
        assert_int_equal(record->exp != NULL, strstr(cases[i].text, "exp=") != NULL);
        arena_free(arena);
    }
}

/* RFC 7208 4.6.4 */
static void terms_that_cost_a_lookup(void **state)
{
    (void)state;
    for (enum spf_kind kind = SPF_ALL; kind <= SPF_FAULTY; kind++)
        assert_int_equal(spf_kind_asks(kind), kind == SPF_INCLUDE || kind == SPF_A ||
                                                  kind == SPF_MX || kind == SPF_PTR ||
                                                  kind == SPF_EXISTS || kind == SPF_REDIRECT);
}

/* ---- macros ---- */

/* Labels of nine letters and what is left to the length; `dot` is the last octet of it. */
static char *long_name(struct arena *arena, size_t length, bool dot)
{
    char *name = arena_alloc(arena, length + 1, 1);

    for (size_t i = 0; i < length; i++)
        name[length - 1 - i] = i % 10 == (dot ? 0 : 9) ? '.' : 'a';
    return name;
}

/* RFC 7208 7.3: 253 octets, not counting a last dot. */
static void longer_names_lose_their_first_labels(void **state)
{
    static const struct {
        size_t length;
        bool dot;
        size_t kept; /* with the last dot */
    } cases[] = {
        {252, false, 253}, {253, false, 254}, {254, false, 250}, {255, false, 250},
        {253, true, 253},  {254, true, 254},  {255, true, 250},  {20000, true, 250},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        const char *name = long_name(arena, cases[i].length, cases[i].dot);
        struct spf_macro_values values = {.domain = octets_of("x")};
        char out[NAME_TEXT];

        assert_true(spf_macro_name(octets_of(name), &values, out));
        if (strlen(out) != cases[i].kept)
            fail_msg("%zu octets: %zu", cases[i].length, strlen(out));
        arena_free(arena);
    }
}

/* Of more than 128 parts, the last has what is beyond. */
static void values_have_128_parts(void **state)
{
    static const struct {
        int parts;
        const char *first; /* of the reversed value */
    } cases[] = {{127, "127.126."}, {128, "128.127."}, {129, "128.129.127."}, {900, "128.129."}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text value = {0}, out = {0};
        struct spf_macro_values values = {0};

        for (int k = 1; k <= cases[i].parts; k++)
            text_format(&value, "%s%d", k > 1 ? "." : "", k);
        values.local_part = octets_of(text_get(&value));
        spf_macro_expand(octets_of("%{lr}"), &values, &out);
        assert_int_equal(out.length, value.length);
        assert_memory_equal(text_get(&out), cases[i].first, strlen(cases[i].first));
        text_clear(&value);
        text_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_read_or_refused_with_a_reason),
        cmocka_unit_test(records_begin_with_their_version),
        cmocka_unit_test(modifiers_stand_there_once),
        cmocka_unit_test(terms_that_cost_a_lookup),
        cmocka_unit_test(longer_names_lose_their_first_labels),
        cmocka_unit_test(values_have_128_parts),
    };

    return cmocka_run_group_tests_name("spf_record", tests, NULL, NULL);
}
