/* A directory, whole: which names are asked, who stands in them, and who should. */
#include "policy/directory/directory.h"

#include "base/text.h"
#include "dns/formats/octets.h"
#include "dns/name.h"
#include "dns/type.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <stdlib.h>
#include <string.h>

#define GUID     "3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c611"
#define GUID_DC1 "00000000-0000-0000-0000-00000000dc01"
#define GUID_DC9 "00000000-0000-0000-0000-00000000dc09"

static struct directory *find(struct zone_world *world, const char *zone, const char *domain,
                              const char *const *places, size_t count)
{
    struct directory_view view = {
        .domain = domain, .places = places, .place_count = count, .probe = "nobody-has-this"};
    struct directory *directory;
    bool complete;

    zone_world_init(world, zone);
    world->silent = "_kpasswd._udp.example.com.";
    view.guesses = view.lookup = &world->lookup;
    ZONE_WORLD_SETTLE(world, directory, directory_build(&view, world->arena, &complete));
    assert_true(complete);
    return directory;
}

static void host_draw(const struct directory *directory, const struct directory_host *host,
                      struct text *out)
{
    static const char *const standings[] = {"waiting", "there", "gone", "failed"};

    text_format(out, "%s %s, %zu addresses", host->name, standings[host->standing],
                host->address_count);
    text_format(out, "%s%s%s%s%s%s", host->own ? ", own" : "", host->generic ? ", generic" : "",
                host->elsewhere ? ", elsewhere" : "", host->global_catalog ? ", catalog" : "",
                host->primary ? ", primary" : "", host->read_only ? ", read only" : "");
    if (host->ranked)
        text_format(out, ", %u %u", host->priority, host->weight);
    for (size_t i = 0; i < directory->site_count; i++)
        text_format(out, "%s%s", host->sites[i] ? ", in " : "",
                    host->sites[i] ? directory->sites[i].name : "");
    text_add_char(out, '\n');
}

/* "_ldap._tcp 2/3: dc1 there, dc2 missing"; a host that is not concerned is left out. */
static void name_draw(const struct directory *directory, const struct directory_name *name,
                      struct text *out)
{
    text_format(out, "%s%s%s %zu/%zu:", name->rule->pattern, name->place ? " " : "",
                name->place ? name->place : "", name->there, name->expected);
    for (size_t i = 0; i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        enum directory_mark mark = host->marks[name - directory->names];
        char label[NAME_TEXT];

        if (mark != MARK_NONE)
            text_format(out, " %s %s", name_first_label(host->name, label),
                        directory_mark_text(mark));
    }
    text_add_char(out, '\n');
}

static const char *drawn(const struct directory *directory, struct text *out)
{
    text_format(out, "%s, forest %s, guid %s%s%s\n", directory_kind_text(directory->kind),
                directory->forest, directory->guid ? directory->guid : "-",
                directory->mixed ? ", mixed" : "", directory->all_known ? ", all known" : "");
    for (size_t i = 0; i < directory->site_count; i++)
        text_format(out, "place %s%s\n", directory->sites[i].name,
                    directory->sites[i].guessed ? ", guessed" : "");
    for (size_t i = 0; i < directory->alias_count; i++)
        text_format(out, "alias %s: %s\n", directory->aliases[i].guid,
                    directory->aliases[i].host == SIZE_MAX
                        ? "-"
                        : directory->hosts[directory->aliases[i].host].name);
    for (size_t i = 0; i < directory->host_count; i++)
        host_draw(directory, &directory->hosts[i], out);
    for (size_t i = 0; i < directory->name_count; i++)
        name_draw(directory, &directory->names[i], out);
    return text_get(out);
}

#define SITES(site)                                                                                \
    "_ldap._tcp." site "._sites SRV 0 100 389 dc1\n"                                               \
    "_ldap._tcp." site "._sites SRV 0 100 389 rodc\n"                                              \
    "_ldap._tcp." site "._sites.dc._msdcs SRV 0 100 389 dc1\n"                                     \
    "_gc._tcp." site "._sites SRV 0 100 3268 rodc\n"

/* dc1 is in nearly all; dc2 in some, once with another weight; dc0 is gone; rodc is in the names of
 * a site alone; far holds the global catalog of another domain. */
static const char active_directory[] =
    "@ A 192.0.2.1\n@ A 192.0.2.99\n"
    "_ldap._tcp SRV 0 100 389 dc1\n_ldap._tcp SRV 10 50 389 dc2\n_ldap._tcp SRV 0 100 389 dc0\n"
    "_ldap._tcp.dc._msdcs SRV 0 100 389 dc1\n_ldap._tcp.dc._msdcs SRV 10 50 389 dc2\n"
    "_ldap._tcp.pdc._msdcs SRV 0 100 389 dc1\n"
    "_ldap._tcp.gc._msdcs SRV 0 100 3268 dc1\n_gc._tcp SRV 0 100 3268 dc1\n"
    "_gc._tcp SRV 0 100 3268 far.other\n_gc._tcp SRV 0 0 0 .\n"
    "gc._msdcs A 192.0.2.1\n_kerberos._tcp.dc._msdcs SRV 0 100 88 alias\n"
    "_kerberos._tcp SRV 0 100 88 dc1\n_kerberos._tcp SRV 10 99 88 dc2\n"
    "_kerberos._udp SRV 0 100 88 dc1\n_kpasswd._tcp SRV 0 100 464 dc1\n"
    "_ldap._tcp.domaindnszones SRV 0 100 389 dc1\ndomaindnszones AAAA 2001:db8::2\n"
    "_ldap._tcp." GUID ".domains._msdcs SRV 0 100 389 dc1\n"
    "_ldap._tcp." GUID_DC9 ".domains._msdcs SRV 0 100 389 far.other\n" GUID_DC1
    "._msdcs CNAME dc1\n" SITES("hamburg")
        SITES("default-first-site-name") "alias CNAME dc1\ndc1 A 192.0.2.1\ndc2 A 192.0.2.2\n"
                                         "dc2 AAAA 2001:db8::2\nrodc A 192.0.2.3\n"
                                         "far.other A 192.0.2.4\n";

static const char freeipa[] =
    "_ldap._tcp SRV 0 100 389 ipa1\n_ldap._tcp SRV 0 100 389 ipa2\n"
    "_kerberos-master._tcp SRV 0 100 88 ipa1\n_kerberos TXT EXAMPLE.COM\n"
    "_kerberos URI 0 100 \"krb5srv:m:tcp:ipa1.example.com.\"\n"
    "_kerberos URI 0 100 \"krb5srv:m:udp:ipa1.example.com.\"\nipa-ca A 192.0.2.1\n"
    "_ldap._tcp.dc._msdcs SRV 0 100 389 ipa1\n_kpasswd._tcp SRV 0 100 464 ipa1\n"
    "_ldap._tcp.hamburg._locations SRV 0 100 389 ipa1\n"
    "_ldap._tcp.hamburg._locations SRV 50 100 389 ipa2\n"
    "ipa1 A 192.0.2.1\nipa2 AAAA 2001:db8::2\n";

/* The servers, the names with who is in them, then the lines that dc2 and ipa2 lack. */
static const char active_directory_whole[] =
    "Active Directory, forest example.com., guid 3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c611, all known\n"
    "place hamburg\n"
    "place Default-First-Site-Name, guessed\n"
    "alias 00000000-0000-0000-0000-00000000dc01: dc1.example.com.\n"
    "dc0.example.com. gone, 0 addresses, own, generic, 0 100\n"
    "dc1.example.com. there, 1 addresses, own, generic, catalog, primary, 0 100, in hamburg, in "
    "Default-First-Site-Name\n"
    "dc2.example.com. there, 2 addresses, own, generic, 10 50\n"
    "far.other.example.com. there, 1 addresses, elsewhere, catalog, 0 100\n"
    "rodc.example.com. there, 1 addresses, own, catalog, read only, 0 100, in hamburg, in "
    "Default-First-Site-Name\n"
    "_ldap._tcp 2/2: dc0 address gone dc1 there dc2 there\n"
    "_ldap._tcp.dc._msdcs 2/2: dc1 there dc2 there\n"
    "_ldap._tcp.*.domains._msdcs 3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c611 1/2: dc1 there dc2 missing\n"
    "_ldap._tcp.pdc._msdcs 1/1: dc1 there\n"
    "_ldap._tcp.gc._msdcs 1/2: dc1 there far missing\n"
    "_gc._tcp 2/2: dc1 there far there\n"
    "gc._msdcs 1/2: dc1 there far missing\n"
    "_kerberos._tcp.dc._msdcs 1/2: dc1 there dc2 missing\n"
    "_kerberos._tcp 2/2: dc1 there dc2 differs\n"
    "_kerberos._udp 1/2: dc1 there dc2 missing\n"
    "_kpasswd._tcp 1/2: dc1 there dc2 missing\n"
    "_kpasswd._udp 0/2: dc1 failed dc2 failed\n"
    " 1/2: dc1 there dc2 missing\n"
    "*._msdcs 1/4: dc1 there dc2 missing far missing rodc missing\n"
    "_ldap._tcp.domaindnszones 1/2: dc1 there dc2 missing\n"
    "domaindnszones 1/2: dc1 missing dc2 there\n"
    "_ldap._tcp.forestdnszones 0/0:\n"
    "forestdnszones 0/0:\n"
    "_ldap._tcp.*._sites hamburg 2/2: dc1 there rodc there\n"
    "_ldap._tcp.*._sites.dc._msdcs hamburg 1/2: dc1 there rodc missing\n"
    "_kerberos._tcp.*._sites.dc._msdcs hamburg 0/2: dc1 missing rodc missing\n"
    "_kerberos._tcp.*._sites hamburg 0/2: dc1 missing rodc missing\n"
    "_gc._tcp.*._sites hamburg 1/2: dc1 missing rodc there\n"
    "_ldap._tcp.*._sites.gc._msdcs hamburg 0/2: dc1 missing rodc missing\n"
    "_ldap._tcp.*._sites.domaindnszones hamburg 0/1: dc1 missing\n"
    "_ldap._tcp.*._sites.forestdnszones hamburg 0/0:\n"
    "_ldap._tcp.*._sites Default-First-Site-Name 2/2: dc1 there rodc there\n"
    "_ldap._tcp.*._sites.dc._msdcs Default-First-Site-Name 1/2: dc1 there rodc missing\n"
    "_kerberos._tcp.*._sites.dc._msdcs Default-First-Site-Name 0/2: dc1 missing rodc missing\n"
    "_kerberos._tcp.*._sites Default-First-Site-Name 0/2: dc1 missing rodc missing\n"
    "_gc._tcp.*._sites Default-First-Site-Name 1/2: dc1 missing rodc there\n"
    "_ldap._tcp.*._sites.gc._msdcs Default-First-Site-Name 0/2: dc1 missing rodc missing\n"
    "_ldap._tcp.*._sites.domaindnszones Default-First-Site-Name 0/1: dc1 missing\n"
    "_ldap._tcp.*._sites.forestdnszones Default-First-Site-Name 0/0:\n"
    "_ldap._tcp.3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c611.domains._msdcs.example.com. 600 IN SRV 10 50 "
    "389 dc2.example.com.\n"
    "_kerberos._tcp.dc._msdcs.example.com. 600 IN SRV 10 50 88 dc2.example.com.\n"
    "_kerberos._udp.example.com. 600 IN SRV 10 50 88 dc2.example.com.\n"
    "_kpasswd._tcp.example.com. 600 IN SRV 10 50 464 dc2.example.com.\n"
    "example.com. 600 IN A 192.0.2.2\n"
    "example.com. 600 IN AAAA 2001:db8::2\n"
    "_ldap._tcp.domaindnszones.example.com. 600 IN SRV 10 50 389 dc2.example.com.\n";

static const char freeipa_whole[] =
    "FreeIPA, forest example.com., guid -\n"
    "place hamburg\n"
    "ipa1.example.com. there, 1 addresses, own, generic, 0 100, in hamburg\n"
    "ipa2.example.com. there, 1 addresses, own, generic, 0 100, in hamburg\n"
    "_ldap._tcp 2/2: ipa1 there ipa2 there\n"
    "_kerberos._tcp 0/2: ipa1 missing ipa2 missing\n"
    "_kerberos._udp 0/2: ipa1 missing ipa2 missing\n"
    "_kpasswd._tcp 1/2: ipa1 there ipa2 missing\n"
    "_kpasswd._udp 0/2: ipa1 failed ipa2 failed\n"
    "_kerberos-master._tcp 1/2: ipa1 there ipa2 missing\n"
    "_kerberos-master._udp 0/2: ipa1 missing ipa2 missing\n"
    "_kerberos 1/2: ipa1 there ipa2 missing\n"
    "_kpasswd 0/2: ipa1 missing ipa2 missing\n"
    "_kerberos 0/0:\n"
    "ipa-ca 1/1: ipa1 there\n"
    "_ldap._tcp.dc._msdcs 1/1: ipa1 there\n"
    "_kerberos._tcp.dc._msdcs 0/1: ipa1 missing\n"
    "_kerberos._udp.dc._msdcs 0/1: ipa1 missing\n"
    "_ldap._tcp.default-first-site-name._sites.dc._msdcs 0/1: ipa1 missing\n"
    "_kerberos._tcp.default-first-site-name._sites.dc._msdcs 0/1: ipa1 missing\n"
    "_kerberos._udp.default-first-site-name._sites.dc._msdcs 0/1: ipa1 missing\n"
    "_ldap._tcp.*._locations hamburg 2/2: ipa1 there ipa2 there\n"
    "_kerberos._tcp.*._locations hamburg 0/2: ipa1 missing ipa2 missing\n"
    "_kerberos._udp.*._locations hamburg 0/2: ipa1 missing ipa2 missing\n"
    "_kerberos._tcp.example.com. 3600 IN SRV 0 100 88 ipa2.example.com.\n"
    "_kerberos._udp.example.com. 3600 IN SRV 0 100 88 ipa2.example.com.\n"
    "_kpasswd._tcp.example.com. 3600 IN SRV 0 100 464 ipa2.example.com.\n"
    "_kerberos-master._tcp.example.com. 3600 IN SRV 0 100 88 ipa2.example.com.\n"
    "_kerberos-master._udp.example.com. 3600 IN SRV 0 100 88 ipa2.example.com.\n"
    "_kerberos.example.com. 3600 IN URI 0 100 \"krb5srv:m:tcp:ipa2.example.com.\"\n"
    "_kerberos.example.com. 3600 IN URI 0 100 \"krb5srv:m:udp:ipa2.example.com.\"\n"
    "_kpasswd.example.com. 3600 IN URI 0 100 \"krb5srv:m:tcp:ipa2.example.com.\"\n"
    "_kpasswd.example.com. 3600 IN URI 0 100 \"krb5srv:m:udp:ipa2.example.com.\"\n"
    "_kerberos._tcp.hamburg._locations.example.com. 3600 IN SRV 0 100 88 ipa2.example.com.\n"
    "_kerberos._udp.hamburg._locations.example.com. 3600 IN SRV 0 100 88 ipa2.example.com.\n";

/* All lines that the host lacks. */
static void lacking_draw(const struct directory *directory, const char *host, struct arena *arena,
                         struct text *out)
{
    size_t place = (size_t)(directory_host(directory, host) - directory->hosts);

    for (size_t i = 0; i < directory->name_count; i++) {
        const char *lines = directory_missing_lines(arena, directory, &directory->names[i], place);

        if (lines)
            text_format(out, "%s\n", lines);
    }
}

static void assert_whole(const char *zone, const char *const *places, size_t count,
                         const char *host, const char *wanted)
{
    struct zone_world world;
    struct text out = {0};
    struct directory *directory = find(&world, zone, "example.com.", places, count);

    drawn(directory, &out);
    lacking_draw(directory, host, world.arena, &out);
    if (strcmp(text_get(&out), wanted) != 0)
        fail_msg("%s", text_get(&out));
    text_clear(&out);
    zone_world_clear(&world);
}

static void an_active_directory_is_read_whole(void **state)
{
    static const char *const places[] = {"hamburg", GUID, GUID_DC1, GUID_DC9, "Hamburg", "*"};

    (void)state;
    assert_whole(active_directory, places, 6, "dc2.example.com.", active_directory_whole);
}

static void freeipa_is_read_whole(void **state)
{
    static const char *const places[] = {"hamburg", "Default-First-Site-Name"};

    (void)state;
    assert_whole(freeipa, places, 2, "ipa2.example.com.", freeipa_whole);
}

#define LDAP    "_ldap._tcp SRV 0 100 389 dc1\n"
#define MASTER  "_kerberos-master._tcp SRV 0 100 88 dc1\n"
#define URI     "_kerberos URI 0 100 \"krb5srv:m:tcp:dc1.example.com.\"\n"
#define CATALOG "_gc._tcp SRV 0 100 3268 dc1\n"
#define MSDCS   "_ldap._tcp.dc._msdcs SRV 0 100 389 dc1\n"
#define CA      "ipa-ca A 192.0.2.2\n"
#define HOSTS   "dc1 A 192.0.2.1\nipa A 192.0.2.2\n"

/* By what a directory is known, and where its root is. */
static void directories_are_recognised(void **state)
{
    static const struct {
        const char *records, *domain, *wanted;
    } cases[] = {
        {"", "example.com.", "none"},
        {CATALOG, "example.com.", "Active Directory example.com."},
        {"_ldap._tcp.gc._msdcs SRV 0 100 3268 dc1\n", "example.com.",
         "Active Directory example.com."},
        {"_ldap._tcp.pdc._msdcs SRV 0 100 389 dc1\n", "example.com.",
         "Active Directory example.com."},
        {MSDCS, "example.com.", "Active Directory example.com."},
        {LDAP, "example.com.", "none"},
        {LDAP MASTER, "example.com.", "none"},
        {LDAP URI, "example.com.", "none"},
        {MASTER URI CA, "example.com.", "none"},
        {LDAP MASTER URI, "example.com.", "FreeIPA example.com."},
        {LDAP MASTER CA, "example.com.", "FreeIPA example.com."},
        {LDAP "_kerberos-master._udp SRV 0 100 88 dc1\n" CA, "example.com.",
         "FreeIPA example.com."},
        {LDAP MASTER "_kerberos URI 0 100 \"https://kdc.example/\"\n", "example.com.", "none"},
        {CATALOG LDAP MSDCS MASTER, "example.com.", "Active Directory example.com."},
        {CATALOG LDAP MSDCS MASTER "_ldap._tcp SRV 0 100 389 ipa\n", "example.com.",
         "Active Directory example.com. mixed"},
        {CATALOG LDAP MSDCS URI "_ldap._tcp SRV 0 100 389 ipa\n", "example.com.",
         "Active Directory example.com. mixed"},
        {CATALOG LDAP MSDCS CA "_ldap._tcp SRV 0 100 389 ipa\n", "example.com.",
         "Active Directory example.com. mixed"},
        {CATALOG LDAP MSDCS "_ldap._tcp SRV 0 100 389 ipa\n", "example.com.",
         "Active Directory example.com."},
        {CATALOG LDAP MSDCS MASTER "_ldap._tcp SRV 0 100 389 gone\n", "example.com.",
         "Active Directory example.com."},
        {MSDCS LDAP MASTER URI "_ldap._tcp SRV 0 100 389 ipa\n", "example.com.",
         "FreeIPA example.com."},
        {"*._tcp SRV 0 100 389 dc1\n", "example.com.", "none"},
        {CATALOG "_ldap._tcp.dc._msdcs.a.b SRV 0 100 389 dc1\n", "a.b.example.com.",
         "Active Directory example.com."},
        {CATALOG "_gc._tcp.b SRV 0 1 1 dc1\n_ldap._tcp.dc._msdcs.a.b SRV 0 100 389 dc1\n",
         "a.b.example.com.", "Active Directory example.com."},
        {CATALOG "_gc._tcp.b SRV 0 1 1 dc1\n", "b.example.com.", "Active Directory b.example.com."},
        {"_ldap._tcp.dc._msdcs.a.b SRV 0 100 389 dc1\n", "a.b.example.com.",
         "Active Directory a.b.example.com."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text zone = {0}, said = {0};
        struct zone_world world;
        const struct directory *directory;

        text_format(&zone, "%s" HOSTS, cases[i].records);
        directory = find(&world, text_get(&zone), cases[i].domain, NULL, 0);
        if (directory)
            text_format(&said, "%s %s%s", directory_kind_text(directory->kind), directory->forest,
                        directory->mixed ? " mixed" : "");
        if (strcmp(directory ? text_get(&said) : "none", cases[i].wanted) != 0)
            fail_msg("%s: %s", cases[i].records, directory ? text_get(&said) : "none");
        zone_world_clear(&world);
        text_clear(&zone);
        text_clear(&said);
    }
}

static void places_stand_in_names(void **state)
{
    static const char *const cases[][2] = {
        {"_ldap._tcp.hamburg._sites.example.com.", "hamburg"},
        {"_ldap._tcp.Kiel._sites.dc._msdcs.example.com.", "Kiel"},
        {"_ldap._tcp.kiel._locations.example.com.", "kiel"},
        {GUID "._msdcs.example.com.", GUID},
        {"_ldap._tcp." GUID ".domains._msdcs.example.com.", GUID},
        {"_ldap._tcp.x.domains._msdcs.example.com.", ""},
        {"dc._msdcs.example.com.", ""},
        {"_ldap._tcp.example.com.", ""},
        {"_ldap._tcp.a._sitesx.example.com.", ""},
        {"_a._sites.example.com.", ""},
        {"a.sites.example.com.", ""},
        {".", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char place[NAME_TEXT] = "";
        bool found = directory_place_of(cases[i][0], place);

        if (strcmp(found ? place : "", cases[i][1]) != 0)
            fail_msg("%s: %s", cases[i][0], found ? place : "none");
    }
    assert_true(directory_is_guid(GUID));
    assert_false(directory_is_guid(GUID "0"));
    assert_false(directory_is_guid("3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c61"));
    assert_false(directory_is_guid("3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c61g"));
    assert_false(directory_is_guid("3f2c7d10a5b0e-4a6e-9d1c-7a52e0b4c611"));
}

static void uris_name_kerberos_servers(void **state)
{
    static const char *const cases[][2] = {
        {"krb5srv:m:tcp:kdc.example.com", "kdc.example.com."},
        {"krb5srv::udp:KDC.example.com.", "kdc.example.com."},
        {"krb5srv:a", "a."},
        {"krb5srv:", ""},
        {"krb5srv:m:tcp:", ""},
        {"krb5srv:m:kkdcp:https://kdc.example.com/", ""},
        {"https://kdc.example.com/", ""},
        {"", ""},
        {"krb5srv:m:tcp:a..b", ""},
    };
    char longest[300];
    struct record record = {.type = TYPE_URI};
    char host[NAME_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        record.uri.target = octets_of(cases[i][0]);
        if (strcmp(directory_uri_host(&record, host) ? host : "", cases[i][1]) != 0)
            fail_msg("%s", cases[i][0]);
    }
    record.uri.target = (struct octets){(const uint8_t *)"krb5srv:m\0:tcp:a", 16};
    assert_false(directory_uri_host(&record, host));
    memset(longest, 'a', sizeof longest);
    memcpy(longest, "krb5srv:", 8);
    longest[299] = '\0';
    record.uri.target = octets_of(longest);
    assert_false(directory_uri_host(&record, host));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_active_directory_is_read_whole),
        cmocka_unit_test(freeipa_is_read_whole),
        cmocka_unit_test(directories_are_recognised),
        cmocka_unit_test(places_stand_in_names),
        cmocka_unit_test(uris_name_kerberos_servers),
    };

    return cmocka_run_group_tests_name("directory", tests, NULL, NULL);
}
