/* resolv.conf: what counts, what is a warning, and what happens when nothing is left. */
#include "net/live/resolv_conf.h"

#include "base/text.h"
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

static const char local[] = "127.0.0.1#0 [::1]#0";

static const struct {
    const char *text, *servers;
    size_t warnings;
    const char *first; /* warning */
    unsigned timeout_s, attempts;
} files[] = {
    {"nameserver 192.0.2.53\n", "192.0.2.53#0", 0, NULL, 0, 0},
    {"nameserver 192.0.2.53", "192.0.2.53#0", 0, NULL, 0, 0},
    {"\t nameserver\t192.0.2.53 \r\n", "192.0.2.53#0", 0, NULL, 0, 0},
    {"nameserver 2001:db8::53\n", "[2001:db8::53]#0", 0, NULL, 0, 0},
    {"nameserver fe80::1%1\n", "[fe80::1%1]#0", 0, NULL, 0, 0},
    {"# nameserver 192.0.2.1\n; nameserver 192.0.2.2\nnameserver 192.0.2.3 # here\n", "192.0.2.3#0",
     0, NULL, 0, 0},
    {"nameserver 192.0.2.3; nameserver 192.0.2.4\n", "192.0.2.3#0", 0, NULL, 0, 0},
    {"domain example.com\nsearch example.com example.org\nsearch\nsortlist\n"
     "nameserver 192.0.2.3\n",
     "192.0.2.3#0", 0, NULL, 0, 0},
    {"nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
     "192.0.2.1#0 192.0.2.2#0 192.0.2.3#0", 1,
     "conf:4: nameserver 192.0.2.4: only the first 3 are asked: ignored", 0, 0},
    {"nameserver moo\nnameserver 192.0.2.2\n", "192.0.2.2#0", 1,
     "conf:1: nameserver moo: not an IP address: ignored", 0, 0},
    {"nameserver\nnameserver 192.0.2.2\n", "192.0.2.2#0", 1,
     "conf:1: nameserver without an address: ignored", 0, 0},
    {"nameserver 192.0.2.1%1\nnameserver 192.0.2.2\n", "192.0.2.2#0", 1,
     "conf:1: nameserver 192.0.2.1%1: not an IP address: ignored", 0, 0},
    {"nameserver fe80::1%no-such-interface\nnameserver 192.0.2.2\n", "192.0.2.2#0", 1,
     "conf:1: nameserver fe80::1%no-such-interface: no such network interface: ignored", 0, 0},
    {"nameserver 192.0.2.1#5353\nnameserver 192.0.2.300\n", "192.0.2.1#0", 1,
     "conf:2: nameserver 192.0.2.300: not an IP address: ignored", 0, 0},
    {"mooserver 192.0.2.1\nnameserver 192.0.2.2\n", "192.0.2.2#0", 1,
     "conf:1: mooserver: unknown keyword: ignored", 0, 0},
    {"nameserver 192.0.2.2\noptions timeout:4 attempts:3 rotate ndots:2 edns0\n", "192.0.2.2#0", 0,
     NULL, 4, 3},
    {"nameserver 192.0.2.2\noptions timeout:400 attempts:30\n", "192.0.2.2#0", 0, NULL, 30, 5},
    {"nameserver 192.0.2.2\noptions timeout:0 attempts:moo\n", "192.0.2.2#0", 2,
     "conf:2: option timeout:0: not a number of 1 or more: ignored", 0, 0},
    {"options timeout:-1 timeout: timeout\nnameserver 192.0.2.2\n", "192.0.2.2#0", 2,
     "conf:1: option timeout:-1: not a number of 1 or more: ignored", 0, 0},
    {"", local, 1, "conf: no name server in it: querying 127.0.0.1 and ::1", 0, 0},
    {"search\n", local, 1, "conf: no name server in it: querying 127.0.0.1 and ::1", 0, 0},
    {"nameserver \033[31m\n", local, 2, "conf:1: nameserver \\027[31m: not an IP address: ignored",
     0, 0},
};

static void print_servers(const struct resolv_conf *conf, struct text *out)
{
    for (size_t i = 0; i < conf->server_count; i++) {
        text_add(out, i ? " " : "");
        server_print(&conf->servers[i], out);
    }
}

static void lines_are_read_as_resolver_5_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct faults warnings = {0};
        struct resolv_conf conf;
        struct text servers = {0};

        resolv_conf_parse(files[i].text, strlen(files[i].text), "conf", &conf, &warnings);
        print_servers(&conf, &servers);
        assert_string_equal(text_get(&servers), files[i].servers);
        assert_int_equal(warnings.total, files[i].warnings);
        if (files[i].first)
            assert_string_equal(warnings.lines[0], files[i].first);
        assert_int_equal(conf.timeout_s, files[i].timeout_s);
        assert_int_equal(conf.attempts, files[i].attempts);
        text_clear(&servers);
        faults_clear(&warnings);
    }
}

static void hostile_lines_are_passed_over(void **state)
{
    enum { LONG = 5000 };
    static const char tail[] = "\nnameserver 192.0.2.2\n";
    static const char nul[] = "nameserver 192.0.2.1\0moo\nnameserver 192.0.2.2\n";
    char text[LONG + sizeof tail];
    struct faults warnings = {0};
    struct resolv_conf conf;

    (void)state;
    memset(text, 'x', LONG);
    memcpy(text + LONG, tail, sizeof tail);
    resolv_conf_parse(text, sizeof text - 1, "conf", &conf, &warnings);
    assert_int_equal(conf.server_count, 1);
    assert_string_equal(warnings.lines[0], "conf:1: line of more than 1023 bytes: ignored");
    resolv_conf_parse(nul, sizeof nul - 1, "conf", &conf, &warnings);
    assert_int_equal(conf.server_count, 1);
    assert_string_equal(warnings.lines[1], "conf:1: NUL byte in the line: ignored");
    faults_clear(&warnings);
}

static void what_is_no_file_counts_as_empty(void **state)
{
    static const char *const paths[] = {"/nonexistent/resolv.conf", "/", "/dev/zero"};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct faults warnings = {0};
        struct resolv_conf conf;
        struct text servers = {0};

        resolv_conf_read(paths[i], &conf, &warnings);
        print_servers(&conf, &servers);
        assert_string_equal(text_get(&servers), local);
        assert_int_equal(warnings.total, 1);
        assert_non_null(strstr(warnings.lines[0], ": querying 127.0.0.1 and ::1"));
        text_clear(&servers);
        faults_clear(&warnings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read_as_resolver_5_says),
        cmocka_unit_test(hostile_lines_are_passed_over),
        cmocka_unit_test(what_is_no_file_counts_as_empty),
    };

    return cmocka_run_group_tests_name("resolv.conf", tests, NULL, NULL);
}
