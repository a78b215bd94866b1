/* The whole list of hosts of a route: who stands where, under which name, and who is the sender. */
#include "base/message.h"
#include "dns/name.h"
#include "unit/check.h"
#include "unit/worlds/routing_world.h"

#include <stdlib.h>
#include <string.h>

static const char *short_name(struct arena *arena, const char *name)
{
    const char *end = strstr(name, ".example.com.");

    return end && end > name ? arena_dup_bytes(arena, name, (size_t)(end - name)) : name;
}

/* "-mx1>foo:26/1=2!st": ignored, an alias of foo, port 26, first level, the same as the host before
 * it in the list; then s the sender for this profile, n by a name that is local, t truly, l a
 * literal, u not known. Port 25 is not written. */
static void add_host(struct text *out, struct arena *arena, const struct route_host *host)
{
    static const char marks[][2] = {"", "-", "?"};
    const bool is[] = {host->self, host->self_by_name, host->truly_self, host->literal,
                       !host->known && !host->repeats && host->state == HOST_CANDIDATE};

    text_format(out, "%s%s%s", out->length ? " " : "", marks[host->state],
                short_name(arena, host->exchange));
    if (host->alias_of)
        text_format(out, ">%s", short_name(arena, host->alias_of));
    if (host->port != 25)
        text_format(out, ":%u", host->port);
    text_format(out, "/%u", host->level);
    if (host->repeats)
        text_format(out, "=%u", host->repeats);
    for (size_t i = 0, letters = 0; i < sizeof is / sizeof *is; i++)
        if (is[i])
            text_format(out, "%s%c", letters++ ? "" : "!", "sntlu"[i]);
}

/* Its hosts, and what comes of it: "mx1/1 -mx2/2!st; deliver". */
static const char *describe(struct routing *routing, struct text *out)
{
    for (size_t i = 0; i < routing->route->host_count; i++)
        add_host(out, routing->world.arena, routing->route->hosts + i);
    text_format(out, "; %s", routing_verdict(routing));
    if (routing->route->srv_owner)
        text_format(out, " by %s", short_name(routing->world.arena, routing->route->srv_owner));
    return text_get(out);
}

#define TWO   "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"
#define ALIAS "@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 CNAME foo\nfoo A 192.0.2.2\n"
#define FOUR                                                                                       \
    "@ MX 10 mx1\n@ MX 20 a\n@ MX 30 b\n@ MX 40 mx4\nmx1 A 192.0.2.1\na A 192.0.2.8\n"             \
    "b A 192.0.2.9\nmx4 A 192.0.2.4\n"
#define LONG                                                                                       \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define RELAY "relay A 192.0.2.9\n"

/* One relay for all, by MX: a before b and c, which stand in the other order. */
#define BY_MX "r MX 20 c\nr MX 10 a\nr MX 20 b\na A 192.0.2.7\nb A 192.0.2.8\nc A 192.0.2.9\n"

static const struct {
    const char *about, *profile, *zone, *settings, *as, *own, *hosts;
} cases[] = {
    {"a stranger", "rfc5321", ALIAS, NULL, NULL, NULL, "mx1/1 mx2>foo/2; deliver"},
    {"what the name of the sender has", "rfc5321", ALIAS, NULL, "foo.example.com", NULL,
     "mx1/1 -mx2>foo/2!st; deliver"},
    {"the name alone, where an alias leads", "rfc5321", ALIAS, NULL, "foo.example.com",
     "198.51.100.1", "mx1/1 -mx2>foo/2!st; deliver"},
    {"another name than where it leads", "rfc5321", ALIAS, NULL, "bar.example.com", "198.51.100.1",
     "mx1/1 mx2>foo/2; deliver"},
    {"another name, but the address", "rfc5321", ALIAS, NULL, "bar.example.com", "192.0.2.2",
     "mx1/1 -mx2>foo/2!st; deliver"},
    {"who goes by names knows no alias", "opensmtpd", ALIAS, "backup=yes", "foo.example.com",
     "198.51.100.1", "mx1/1 mx2>foo/2!t; deliver"},
    {"who goes by names sees no address", "sendmail", TWO, NULL, "bar.example.com", "192.0.2.2",
     "mx1/1 mx2/2!t; deliver"},
    {"who goes by addresses sees no name", "postfix", TWO, NULL, "mx2.example.com", "198.51.100.1",
     "mx1/1 mx2/2!t; deliver"},
    {"not on another port", "postfix", "_smtp._tcp SRV 1 0 26 mx1\nmx1 A 192.0.2.1\n",
     "use_srv_lookup=smtp", "mx1.example.com", NULL, "mx1:26/1!t; deliver by _smtp._tcp"},
    {"on port 25", "postfix", "_smtp._tcp SRV 1 0 25 mx1\nmx1 A 192.0.2.1\n", "use_srv_lookup=smtp",
     "mx1.example.com", NULL, "-mx1/1!st; bounce 5.4.6 by _smtp._tcp"},
    {"whatever the port", "exim", "_smtp._tcp SRV 1 0 26 mx1\nmx1 A 192.0.2.1\n", "check_srv=smtp",
     "mx1.example.com", NULL, "-mx1:26/1!st; freeze by _smtp._tcp"},
    {"the second of two local names", "exim", TWO,
     "hosts_treat_as_local=mx.example.com::mx2.example.com:", NULL, NULL,
     "mx1/1 -mx2/2!sn; deliver"},
    {"no name in a list is not the root", "exim", "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.1\n",
     "hosts_treat_as_local=mx.example.com::", NULL, NULL, "?./1 mx1/2; deliver"},
    {"a local name, and the address of another host", "exim", TWO,
     "hosts_treat_as_local=mx1.example.com", "mx2.example.com", NULL,
     "-mx1/1!sn -mx2/2!st; freeze"},
    {"the better one of two cuts", "exim", FOUR, NULL, NULL, "192.0.2.8,192.0.2.9",
     "mx1/1 -a/2!st -b/3!st -mx4/4; deliver"},
    {"a host listed twice is looked at once", "exim",
     "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx1\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "mx1/1 -mx2/2!st -mx1/3; deliver"},
    {"self=send: as if it were another", "exim", TWO, "self=send", "mx1.example.com", NULL,
     "mx1/1!t mx2/2; deliver"},
    {"... so there are fallback hosts", "exim", TWO RELAY,
     "self=send fallback_hosts=relay.example.com", "mx1.example.com", NULL,
     "mx1/1!t mx2/2 relay/3; deliver"},
    {"the sender is listed: no fallback hosts", "exim", TWO RELAY,
     "fallback_hosts=relay.example.com", "mx2.example.com", NULL, "mx1/1 -mx2/2!st; deliver"},
    {"a relay in brackets, on its port", "postfix", TWO RELAY,
     "smtp_fallback_relay=[relay.example.com]:26", NULL, NULL, "mx1/1 mx2/2 relay:26/3; deliver"},
    {"no port behind the brackets", "postfix", TWO RELAY,
     "smtp_fallback_relay=[relay.example.com]26", NULL, NULL, "mx1/1 mx2/2 relay/3; deliver"},
    {"a port without brackets", "postfix", TWO RELAY, "smtp_fallback_relay=relay.example.com:26",
     NULL, NULL, "mx1/1 mx2/2 relay:26/3; deliver"},
    {"brackets left open", "postfix", TWO RELAY,
     "smtp_fallback_relay=[relay.example.com,[192.0.2.9]", NULL, NULL,
     "mx1/1 mx2/2 192.0.2.9./3!l; deliver"},
    {"relays by MX: a level for each preference", "postfix", TWO BY_MX,
     "smtp_fallback_relay=r.example.com,[a.example.com]", NULL, NULL,
     "mx1/1 mx2/2 a/3 c/4 b/4 a/5; deliver"},
    {"itself among the relays: it and those not better", "postfix", TWO BY_MX,
     "smtp_fallback_relay=r.example.com,[a.example.com]", NULL, "192.0.2.8",
     "mx1/1 mx2/2 a/3 -c/4 -b/4 a/5; deliver"},
    {"... but not those of other relays", "postfix", TWO BY_MX "s MX 30 d\nd A 192.0.2.6\n",
     "smtp_fallback_relay=s.example.com,r.example.com", NULL, "192.0.2.8",
     "mx1/1 mx2/2 d/3 a/4 -c/5 -b/5; deliver"},
    {"itself twice: the better place cuts", "postfix",
     TWO "r MX 20 b\nr MX 10 a\nr MX 5 c\na A 192.0.2.7\nb A 192.0.2.8\nc A 192.0.2.9\n",
     "smtp_fallback_relay=r.example.com", NULL, "192.0.2.8,192.0.2.7",
     "mx1/1 mx2/2 c/3 -a/4 -b/5; deliver"},
    {"a relay of the preference of the last host", "postfix", TWO "r MX 20 relay\n" RELAY,
     "smtp_fallback_relay=r.example.com", NULL, NULL, "mx1/1 mx2/2 relay/3; deliver"},
    {"no MX of a relay in brackets", "postfix", TWO BY_MX, "smtp_fallback_relay=[r.example.com]",
     NULL, NULL, "mx1/1 mx2/2 ?r/3; deliver"},
    {"no MX of any relay", "exim", TWO BY_MX, "fallback_hosts=r.example.com", NULL, NULL,
     "mx1/1 mx2/2 ?r/3; deliver"},
    {"the only relay is the sender by its address", "postfix", "@ MX 10 gone\n" RELAY,
     "smtp_fallback_relay=[relay.example.com]", NULL, "192.0.2.9", "?gone/1 -relay/2; defer 4.3.5"},
    {"a relay whose lookup fails behind one that is good", "postfix", TWO RELAY,
     "smtp_fallback_relay=relay.example.com,broken.example.com", NULL, NULL,
     "mx1/1 mx2/2 relay/3 ?broken/4; deliver"},
    {"both relays fail, the last is missing", "postfix", "@ MX 10 gone\n" RELAY,
     "smtp_fallback_relay=broken.example.com,gone.example.com", NULL, NULL,
     "?gone/1 ?broken/2 ?gone/3; defer 4.3.5"},
    {"one of a relay's hosts fails, the other is missing", "postfix",
     "@ MX 10 gone\nr MX 10 broken\nr MX 20 lost\n", "smtp_fallback_relay=r.example.com", NULL,
     NULL, "?gone/1 ?broken/2 ?lost/3; defer 4.4.3"},
    {"an IPv4 address is none to a sender without IPv4", "exim",
     "@ MX 10 192.0.2.1.\nrelay AAAA 2001:db8::9\n",
     "-6 allow_mx_to_ip=yes fallback_hosts=relay.example.com", NULL, NULL,
     "192.0.2.1./1!l; bounce"},
    {"the only relay is no name, with a host", "postfix", TWO, "smtp_fallback_relay=a..b", NULL,
     NULL, "mx1/1 mx2/2; deliver"},
    {"the only relay is no name, without a route", "sendmail", "@ CNAME x\nx CNAME y\ny CNAME x\n",
     "FallbackMX=a..b", NULL, NULL, "; bounce 5.1.2"},
    {"hosts and relay are missing", "sendmail", "@ MX 10 gone\n", "FallbackMX=lost.example.com",
     NULL, NULL, "?gone/1 ?lost/2; bounce 5.1.2"},
    {"the relay is missing, the hosts are not", "postfix", TWO,
     "smtp_fallback_relay=gone.example.com", NULL, NULL, "mx1/1 mx2/2 ?gone/3; deliver"},
    {"a relay in spite of a null MX", "postfix", "@ MX 0 .\n" RELAY,
     "smtp_fallback_relay=relay.example.com", NULL, NULL, "./1!u relay/2; deliver"},
    {"no relay with a null MX", "sendmail", "@ MX 0 .\n" RELAY, "FallbackMX=relay.example.com",
     NULL, NULL, "./1!u; bounce 5.1.10"},
    {"a relay in spite of NXDOMAIN", "sendmail", "@ MX 10 gone\n" RELAY,
     "FallbackMX=relay.example.com", NULL, NULL, "?gone/1 relay/2; deliver"},
    {"the only relay is the sender's own address", "postfix", "@ MX 10 gone\n",
     "smtp_fallback_relay=[192.0.2.9]", NULL, "192.0.2.9", "?gone/1 -192.0.2.9./2!l; defer 4.3.5"},
    {"an address as the relay of a sender without IPv4", "postfix", "@ MX 10 gone\n",
     "-6 smtp_fallback_relay=[192.0.2.9]", NULL, NULL, "?gone/1 192.0.2.9./2!l; defer 4.3.5"},
    {"... and without IPv6", "postfix", "@ MX 10 gone\n", "-4 smtp_fallback_relay=[2001:db8::9]",
     NULL, NULL, "?gone/1 2001:db8::9./2!l; defer 4.3.5"},
    {"... and of one with it", "postfix", "@ MX 10 gone\n", "-6 smtp_fallback_relay=[2001:db8::9]",
     NULL, NULL, "?gone/1 2001:db8::9./2!l; deliver"},
    {"no SRV, and no MX instead", "postfix", TWO,
     "use_srv_lookup=smtp allow_srv_lookup_fallback=no", NULL, NULL,
     "; bounce 5.4.4 by _smtp._tcp"},
    {"no SRV, but MX", "postfix", TWO, "use_srv_lookup=smtp allow_srv_lookup_fallback=yes", NULL,
     NULL, "mx1/1 mx2/2; deliver"},
    {"a service whose name is too long", "postfix", TWO,
     "use_srv_lookup=" LONG "." LONG ".ccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
     NULL, NULL, "mx1/1 mx2/2; deliver"},
    {"the domain is an alias of no name: no address is asked for", "exim", "@ CNAME gone\n", NULL,
     NULL, NULL, "; bounce"},
    {"no name between brackets", "postfix", TWO, "relayhost=[]", NULL, NULL,
     "mx1/1 mx2/2; deliver"},
    {"eight relays, not nine", "exim", "@ MX 10 mx1\nmx1 A 192.0.2.1\n",
     "fallback_hosts=192.0.2.1:192.0.2.2:192.0.2.3:192.0.2.4:192.0.2.5:192.0.2.6:192.0.2.7:"
     "192.0.2.8:192.0.2.9",
     NULL, NULL,
     "mx1/1 192.0.2.1./2!l 192.0.2.2./3!l 192.0.2.3./4!l 192.0.2.4./5!l 192.0.2.5./6!l "
     "192.0.2.6./7!l 192.0.2.7./8!l 192.0.2.8./9!l; deliver"},
    {"a host of the list as the relay is remembered", "sendmail", TWO RELAY,
     "FallbackMX=[mx2.example.com]", NULL, NULL, "mx1/1 mx2/2 -mx2/3=2; deliver"},
    {"a host listed twice is remembered from the first", "sendmail",
     "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 30 mx1\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n", NULL, NULL, NULL,
     "mx1/1 mx2/2 -mx1/3=1; deliver"},
    {"... but what stands behind the sender is not", "sendmail",
     "@ MX 10 mx1\n@ MX 20 mx2\n@ MX 20 mx1\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "mx1/1 -mx2/2!st -mx1/2; deliver"},
    {"... and what stands before it is", "sendmail",
     "@ MX 10 mx1\n@ MX 19 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n", NULL,
     "mx2.example.com", NULL, "mx1/1 -mx1/2=1 -mx2/3!st; deliver"},
};

/* Settings with spaces between them; "-6" among them: IPv6 only. */
static void set_up(struct routing *routing, const char *profile, const char *zone,
                   const char *settings, const char *as)
{
    char *copy = memory_dup(settings ? settings : ""), *rest = copy, *one;

    routing_init(routing, zone, profile);
    while ((one = strtok_r(rest, " ", &rest)))
        if (*one == '-')
            routing->sender.family = one[1] == '4' ? FAMILY_4 : FAMILY_6;
        else
            routing_set(routing, one);
    free(copy);
    routing->world.broken = "broken.example.com.";
    if (as)
        routing_as(routing, as);
}

static void hosts_stand_in_their_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing;
        struct text hosts = {0};
        set_up(&routing, cases[i].profile, cases[i].zone, cases[i].settings, cases[i].as);
        if (cases[i].own)
            assert_int_equal(sender_add_own(&routing.sender, cases[i].own, NULL), STATUS_OK);
        routing_build(&routing);
        print_message("# %s\n", cases[i].about);
        assert_string_equal(describe(&routing, &hosts), cases[i].hosts);
        text_clear(&hosts);
        routing_clear(&routing);
    }
}

/* Words of lists that are no names, at the most octets that a name may have and beyond. */
static void words_that_are_too_long_are_none(void **state)
{
    static const char *const lists[][3] = {{"postfix", "smtp_fallback_relay=", "mx1/1; deliver"},
                                           {"postfix", "relayhost=", "mx1/1; deliver"},
                                           {"exim", "hosts_treat_as_local=", "mx1/1; deliver"}};

    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t length = NAME_TEXT - 1; length <= NAME_TEXT + 1; length++) {
            struct routing routing;
            struct text set = {0};
            text_add(&set, lists[i][1]);
            for (size_t octets = 0; octets < length; octets++)
                text_add(&set, "a");
            set_up(&routing, lists[i][0], "@ MX 10 mx1\nmx1 A 192.0.2.1\n", text_get(&set), NULL);
            routing_build(&routing);
            text_cut(&set, 0);
            assert_string_equal(describe(&routing, &set), lists[i][2]);
            text_clear(&set);
            routing_clear(&routing);
        }
}

/* Why a host is not tried, and where that is written. */
static const struct {
    const char *profile, *zone, *settings, *as, *whys;
} reasons[] = {
    {"exim", "@ MX 10 mx1\n@ MX 20 mx1\n@ MX 30 gone\nmx1 A 192.0.2.1\n" RELAY,
     "fallback_hosts=relay.example.com:lost.example.com", NULL,
     "mx1: listed twice: only the lower preference stays (Exim 4.96-4.98, host.c)\n"
     "gone: gone.example.com does not exist: kept in the list as unusable (Exim 4.96-4.98, "
     "host.c)\n"
     "relay: a fallback host, tried after all others (fallback_hosts) (Exim 4.96-4.98, smtp.c)\n"
     "lost: lost.example.com does not exist: kept in the list as unusable (Exim 4.96-4.98, "
     "host.c)\n"},
    {"sendmail", TWO "@ MX 30 mx1\n", "FallbackMX=[mx2.example.com]", NULL,
     "mx1: listed twice: what failed before MAIL is remembered, not tried again (Sendmail 8.18, "
     "deliver.c)\n"
     "mx2: listed twice: what failed before MAIL is remembered, not tried again (Sendmail 8.18, "
     "deliver.c)\n"},
    {"sendmail", TWO "@ MX 20 mx3\nmx3 A 192.0.2.3\n", NULL, "mx2.example.com",
     "mx2: its name is one of the sender's (class w) (Sendmail 8.18, domain.c, getmxrr)\n"
     "mx3: preference 20 is not lower than the sender's own 20: cut off together with the sender's "
     "own name (Sendmail 8.18, domain.c, getmxrr)\n"},
    {"postfix", TWO RELAY "other A 192.0.2.9\n", "smtp_fallback_relay=[other.example.com]",
     "relay.example.com",
     "other: one of its addresses is the sender's own (Postfix 3.7-3.12, smtp_addr.c, "
     "smtp_find_self)\n"},
};

static void reasons_are_those_of_the_profile(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        struct routing routing;
        struct text whys = {0};
        set_up(&routing, reasons[i].profile, reasons[i].zone, reasons[i].settings, reasons[i].as);
        routing_build(&routing);
        for (size_t j = 0; j < routing.route->host_count; j++) {
            const struct route_host *host = routing.route->hosts + j;
            if (*host->why)
                text_format(&whys, "%s: %s (%s)\n", short_name(routing.world.arena, host->exchange),
                            host->why, host->reference);
        }
        assert_string_equal(text_get(&whys), reasons[i].whys);
        text_clear(&whys);
        routing_clear(&routing);
    }
}

/* Round by round, each with the answers that the one before was missing. */
static void nothing_is_decided_before_all_is_known(void **state)
{
    struct routing routing;
    struct text rounds = {0};

    (void)state;
    set_up(&routing, "postfix", "@ MX 10 gone\nr MX 10 a\na A 192.0.2.7\n",
           "smtp_fallback_relay=r.example.com", "foo.example.com");
    do {
        routing.route = route_build(&routing.world.lookup, "example.com.", &routing.sender,
                                    routing.world.arena);
        text_format(&rounds, "%zu %s, %s\n", routing.route->host_count,
                    routing.route->complete ? "complete" : "waits", routing.route->decision.why);
    } while (zone_world_answer(&routing.world));
    assert_string_equal(text_get(&rounds), "0 waits, answers are still missing\n"
                                           "1 waits, answers are still missing\n"
                                           "1 waits, answers are still missing\n"
                                           "2 waits, answers are still missing\n"
                                           "2 complete, there is a host to try\n");
    text_clear(&rounds);
    routing_clear(&routing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_stand_in_their_places),
        cmocka_unit_test(words_that_are_too_long_are_none),
        cmocka_unit_test(reasons_are_those_of_the_profile),
        cmocka_unit_test(nothing_is_decided_before_all_is_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
