/* Clients played: what each looks up, what the answer leads to, and where it ends. */
#include "base/text.h"
#include "dns/type.h"
#include "mail/client/client_walk.h"
#include "mail/profiles/profiles.h"
#include "unit/check.h"
#include "unit/worlds/zone_world.h"

#include <string.h>

/* "owner (outcome): text" of each step, "-" where nothing is looked up; then, by level, the targets
 * with their shares and what they lack. */
static const char *told(const struct client_walk *walk, struct arena *arena)
{
    static const char *const leads[] = {"on", "take", "more", "mix", "end"};
    const char *text = walk->complete ? "" : "not complete\n";
    double sum = walk->nobody;

    for (size_t i = 0; i < walk->step_count; i++) {
        const struct client_step *step = &walk->steps[i];
        text = arena_format(arena, "%s%s %s %s: %s\n", text, step->owner ? step->owner : "-",
                            client_outcome_text(step->outcome), leads[step->next], step->text);
    }
    for (size_t i = 0; i < walk->count; i++) {
        const struct client_target *target = &walk->targets[i];
        text = arena_format(arena, "%s%zu.%zu.%zu %s:%u %u/%u %.3f %.3f%s%s\n", text, target->group,
                            target->level, target->rank, target->host, target->port,
                            target->priority, target->weight, target->first, target->reached,
                            target->down ? " " : "", target->down ? target->down : "");
        sum += target->reached;
    }
    assert_float_equal(sum, walk->count && walk->targets[0].reached < 0 ? sum : 1, 1e-9);
    assert_int_equal(walk->level_count, walk->count ? walk->targets[walk->count - 1].level + 1 : 0);
    return arena_format(arena, "%snobody %.0f", text, walk->nobody);
}

#define HOSTS   "a A 192.0.2.1\nb AAAA 2001:db8::2\nc A 192.0.2.3\n"
#define LDAP(l) "_ldap._tcp" l " SRV "

static const struct {
    const char *client, *zone, *site, *downs, *silent, *broken, *told;
} walks[] = {
    /* where a record is looked up, and what no answer leads to */
    {"windows", LDAP(".dc._msdcs") "0 5 389 a\n" HOSTS, NULL, NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_ldap._tcp.dc._msdcs.example.com. found take: 1 record: it takes these and queries no "
     "more.\n"
     "2.0.0 a.example.com.:389 0/5 1.000 1.000\n"
     "nobody 0"},
    {"windows", LDAP(".dc._msdcs") "0 5 389 a\n" LDAP(".kiel._sites.dc._msdcs") "9 1 389 b\n" HOSTS,
     "kiel", NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "_ldap._tcp.kiel._sites.dc._msdcs.example.com. found more: 1 record: it takes these, and "
     "what follows comes after them.\n"
     "_ldap._tcp.dc._msdcs.example.com. found take: 1 record: it takes these and queries no "
     "more.\n"
     "1.0.0 b.example.com.:389 9/1 1.000 1.000\n"
     "2.1.0 a.example.com.:389 0/5 0.000 0.000\n"
     "nobody 0"},
    {"windows", HOSTS, "kiel", NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "_ldap._tcp.kiel._sites.dc._msdcs.example.com. none on: no such name (NXDOMAIN): the next "
     "query follows.\n"
     "_ldap._tcp.dc._msdcs.example.com. none end: no such name (NXDOMAIN): it gives up.\n"
     "nobody 1"},
    {"windows", HOSTS, NULL, NULL, NULL, "_ldap._tcp.dc._msdcs.example.com.",
     "- skipped on: Not DNS: it is not played here.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_ldap._tcp.dc._msdcs.example.com. failed end: server failure (SERVFAIL): it gives up.\n"
     "nobody 1"},
    {"samba", HOSTS, "kiel", NULL, NULL, "kiel._sites.dc._msdcs.example.com.",
     "- skipped on: Not DNS: it is not played here.\n"
     "_ldap._tcp.kiel._sites.dc._msdcs.example.com. failed on: server failure (SERVFAIL): the "
     "next query follows.\n"
     "_ldap._tcp.dc._msdcs.example.com. none end: no such name (NXDOMAIN): it gives up.\n"
     "nobody 1"},
    {"samba", HOSTS, "kiel", NULL, "kiel._sites.dc._msdcs.example.com.", NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "_ldap._tcp.kiel._sites.dc._msdcs.example.com. failed end: timed out: it gives up.\n"
     "nobody 1"},
    {"openldap", LDAP("") "0 0 389 .\n", NULL, NULL, NULL, NULL,
     "_ldap._tcp.example.com. not offered end: The target is \".\": the service is not "
     "offered, and it stops.\n"
     "nobody 1"},
    {"openldap", LDAP("") "0 0 389 .\n" LDAP("") "1 0 389 a\n" HOSTS, NULL, NULL, NULL, NULL,
     "_ldap._tcp.example.com. found take: 2 records: it takes these and queries no more.\n"
     "0.0.0 a.example.com.:389 1/0 1.000 1.000\n"
     "nobody 0"},
    /* levels, ranks, and who is down */
    {"openldap",
     LDAP("") "20 1 389 c\n" LDAP("") "10 1 389 a\n" LDAP("") "10 3 389 b\n" LDAP(
         "") "10 2 389 gone\n" HOSTS,
     NULL, NULL, NULL, NULL,
     "_ldap._tcp.example.com. found take: 4 records: it takes these and queries no more.\n"
     "0.0.0 b.example.com.:389 10/3 0.571 0.800\n"
     "0.0.1 gone.example.com.:389 10/2 0.286 0.000 no address\n"
     "0.0.2 a.example.com.:389 10/1 0.143 0.200\n"
     "0.1.0 c.example.com.:389 20/1 0.000 0.000\n"
     "nobody 0"},
    {"openldap", LDAP("") "20 1 389 c\n" LDAP("") "10 1 389 a\n" LDAP("") "10 3 389 b\n" HOSTS,
     NULL, "a.example.com", NULL, NULL,
     "_ldap._tcp.example.com. found take: 3 records: it takes these and queries no more.\n"
     "0.0.0 b.example.com.:389 10/3 0.800 1.000\n"
     "0.0.1 a.example.com.:389 10/1 0.200 0.000 down\n"
     "0.1.0 c.example.com.:389 20/1 0.000 0.000\n"
     "nobody 0"},
    {"openldap", LDAP("") "20 1 389 c\n" LDAP("") "10 1 389 a\n" LDAP("") "10 3 389 b\n" HOSTS,
     NULL, "a.example.com,b.example.com", NULL, NULL,
     "_ldap._tcp.example.com. found take: 3 records: it takes these and queries no more.\n"
     "0.0.0 b.example.com.:389 10/3 0.800 0.000 down\n"
     "0.0.1 a.example.com.:389 10/1 0.200 0.000 down\n"
     "0.1.0 c.example.com.:389 20/1 0.000 1.000\n"
     "nobody 0"},
    {"openldap", LDAP("") "20 1 389 c\n" LDAP("") "10 1 389 a\n" HOSTS, NULL, "*", NULL, NULL,
     "_ldap._tcp.example.com. found take: 2 records: it takes these and queries no more.\n"
     "0.0.0 a.example.com.:389 10/1 1.000 0.000 down\n"
     "0.1.0 c.example.com.:389 20/1 0.000 0.000 down\n"
     "nobody 1"},
    {"openldap", LDAP("") "1 1 389 x\n" HOSTS, NULL, NULL, "x.example.com.", NULL,
     "_ldap._tcp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "0.0.0 x.example.com.:389 1/1 1.000 0.000 its address cannot be looked up\n"
     "nobody 1"},
    {"openldap", LDAP("") "1 1 389 x\n" HOSTS, NULL, NULL, NULL, "x.example.com.",
     "_ldap._tcp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "0.0.0 x.example.com.:389 1/1 1.000 0.000 its address cannot be looked up\n"
     "nobody 1"},
    {"sssd",
     LDAP("") "1 9 389 x.example.org.\n" LDAP("") "1 1 389 a\n" LDAP("") "1 1 389 c\n" HOSTS, NULL,
     NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_ldap._tcp.example.com. found take: 3 records: it takes these and queries no more.\n"
     "2.0.0 a.example.com.:389 1/1 0.500 0.500\n"
     "2.0.1 c.example.com.:389 1/1 0.500 0.500\n"
     "2.0.2 x.example.org.:389 1/9 0.000 0.000 no address\n"
     "nobody 0"},
    /* URI in place of SRV */
    {"mit",
     "_kerberos URI 10 2 \"krb5srv:m:udp:a.example.com\"\n_kerberos._udp SRV 1 1 88 c\n" HOSTS,
     NULL, NULL, NULL, NULL,
     "_kerberos.example.com. found take: 1 record: it takes these and queries no more.\n"
     "0.0.0 a.example.com.:88 10/2 1.000 1.000\n"
     "nobody 0"},
    {"mit", "_kerberos URI 10 2 \"nothing\"\n_kerberos URI 10 2 \"krb5srv:m:udp:\"\n" HOSTS, NULL,
     NULL, NULL, NULL,
     "_kerberos.example.com. found on: 2 records: the next query follows.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._udp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._tcp.example.com. none end: no such name (NXDOMAIN): it gives up.\n"
     "nobody 1"},
    {"mit", "_kerberos URI 10 2 \"nothing\"\n_kerberos._tcp SRV 0 1 88 a\n" HOSTS, NULL, NULL, NULL,
     NULL,
     "_kerberos.example.com. found on: 1 record: the next query follows.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._udp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._tcp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "4.0.0 a.example.com.:88 0/1 1.000 1.000\n"
     "nobody 0"},
    {"mit", "_kerberos._udp SRV 1 1 88 c\n_kerberos._tcp SRV 0 1 88 a\n" HOSTS, NULL, NULL, NULL,
     NULL,
     "_kerberos.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._udp.example.com. found more: 1 record: it takes these, and what follows comes "
     "after them.\n"
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._tcp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "2.0.0 c.example.com.:88 1/1 1.000 1.000\n"
     "4.1.0 a.example.com.:88 0/1 0.000 0.000\n"
     "nobody 0"},
    /* an address of its own, or in place of SRV */
    {"heimdal", "_kerberos._tcp SRV 0 0 88 .\nkerberos A 192.0.2.8\n", NULL, NULL, NULL, NULL,
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._udp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_kerberos._tcp.example.com. not offered end: The target is \".\": the service is not "
     "offered, and it stops.\n"
     "nobody 1"},
    {"heimdal", "_kerberos._tcp SRV 0 0 88 a\nkerberos AAAA 2001:db8::8\n" HOSTS, NULL, NULL, NULL,
     NULL,
     "- skipped on: No site is known, so this is left out.\n"
     "_kerberos._udp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_kerberos._tcp.example.com. found more: 1 record: it takes these, and what follows comes "
     "after them.\n"
     "_kerberos._http.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "kerberos.example.com. found take: 1 record: it takes these and queries no more.\n"
     "2.0.0 a.example.com.:88 0/0 1.000 1.000\n"
     "4.1.0 kerberos.example.com.:88 0/0 0.000 0.000\n"
     "nobody 0"},
    {"matrix", "@ A 192.0.2.8\n", NULL, NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "_matrix-fed._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_matrix._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "example.com. found take: 1 record: it takes these and queries no more.\n"
     "3.0.0 example.com.:8448 0/0 1.000 1.000\n"
     "nobody 0"},
    {"matrix", "@ A 192.0.2.8\n_matrix._tcp SRV 0 0 8448 .\n", NULL, NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "_matrix-fed._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_matrix._tcp.example.com. not offered end: The target is \".\": the service is not "
     "offered, and it stops.\n"
     "nobody 1"},
    {"matrix", "@ A 192.0.2.8\n_matrix._tcp SRV 0 0 8448 a\n" HOSTS, NULL, NULL, NULL, NULL,
     "- skipped on: Not DNS: it is not played here.\n"
     "_matrix-fed._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_matrix._tcp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "2.0.0 a.example.com.:8448 0/0 1.000 1.000\n"
     "nobody 0"},
    /* mixed by priority */
    {"xmpp",
     "_xmpp-client._tcp SRV 5 1 5222 a\n_xmpps-client._tcp SRV 5 1 5223 b\n"
     "_xmpps-client._tcp SRV 1 1 5223 c\n" HOSTS,
     NULL, NULL, NULL, NULL,
     "_xmpp-client._tcp.example.com. found mix: 1 record: it mixes these with what follows.\n"
     "_xmpps-client._tcp.example.com. found take: 2 records: it takes these and queries no "
     "more.\n"
     "0.0.0 c.example.com.:5223 1/1 1.000 1.000\n"
     "0.1.0 a.example.com.:5222 5/1 0.000 0.000\n"
     "0.1.1 b.example.com.:5223 5/1 0.000 0.000\n"
     "nobody 0"},
    {"xmpp", "_xmpp-client._tcp SRV 5 1 5222 a\n@ A 192.0.2.8\n" HOSTS, NULL, NULL, NULL, NULL,
     "_xmpp-client._tcp.example.com. found mix: 1 record: it mixes these with what follows.\n"
     "_xmpps-client._tcp.example.com. none on: no such name (NXDOMAIN): the next query "
     "follows.\n"
     "- skipped on: There are SRV records, so the address is not taken.\n"
     "0.0.0 a.example.com.:5222 5/1 1.000 1.000\n"
     "nobody 0"},
    {"xmpp", "_xmpp-client._tcp SRV 0 0 1 .\n@ A 192.0.2.8\n", NULL, NULL, NULL, NULL,
     "_xmpp-client._tcp.example.com. not offered on: The target is \".\": this is not offered, "
     "and the next query follows.\n"
     "_xmpps-client._tcp.example.com. none on: no such name (NXDOMAIN): the next query "
     "follows.\n"
     "- skipped on: Something is not offered, so the address is not taken.\n"
     "nobody 1"},
    {"xmpp", "_xmpp-client._tcp SRV 0 0 1 .\n_xmpps-client._tcp SRV 1 1 5223 c\n" HOSTS, NULL, NULL,
     NULL, NULL,
     "_xmpp-client._tcp.example.com. not offered on: The target is \".\": this is not offered, "
     "and the next query follows.\n"
     "_xmpps-client._tcp.example.com. found take: 1 record: it takes these and queries no "
     "more.\n"
     "0.0.0 c.example.com.:5223 1/1 1.000 1.000\n"
     "nobody 0"},
    /* a URL */
    {"caldav",
     "_caldavs._tcp SRV 0 0 443 a\n_caldavs._tcp SRV 1 0 8443 b\n_caldavs._tcp TXT "
     "path=/dav\n" HOSTS,
     NULL, NULL, NULL, NULL,
     "_caldavs._tcp.example.com. found take: 2 records: it takes these and queries no more.\n"
     "_caldavs._tcp.example.com. found on: The path is /dav.\n"
     "- skipped on: https://a.example.com/dav, https://b.example.com:8443/dav\n"
     "0.0.0 a.example.com.:443 0/0 1.000 1.000\n"
     "0.1.0 b.example.com.:8443 1/0 0.000 0.000\n"
     "nobody 0"},
    {"caldav",
     "_caldav._tcp SRV 0 0 80 a\n_caldav._tcp SRV 1 0 443 b\n_caldav._tcp TXT path=dav\n" HOSTS,
     NULL, NULL, NULL, NULL,
     "_caldavs._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_caldav._tcp.example.com. found take: 2 records: it takes these and queries no more.\n"
     "_caldav._tcp.example.com. none on: No path is told: the well-known one is taken.\n"
     "- skipped on: http://a.example.com/.well-known/caldav, "
     "http://b.example.com:443/.well-known/caldav\n"
     "1.0.0 a.example.com.:80 0/0 1.000 1.000\n"
     "1.1.0 b.example.com.:443 1/0 0.000 0.000\n"
     "nobody 0"},
    {"caldav",
     "_caldavs._tcp SRV 0 0 443 a\n_caldavs._tcp TXT path=\n_caldavs._tcp TXT x=/dav\n" HOSTS, NULL,
     NULL, NULL, NULL,
     "_caldavs._tcp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "_caldavs._tcp.example.com. none on: No path is told: the well-known one is taken.\n"
     "- skipped on: https://a.example.com/.well-known/caldav\n"
     "0.0.0 a.example.com.:443 0/0 1.000 1.000\n"
     "nobody 0"},
    {"caldav", "@ AAAA 2001:db8::8\n", NULL, NULL, NULL, NULL,
     "_caldavs._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_caldav._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "example.com. found take: 1 record: it takes these and queries no more.\n"
     "- skipped on: Nothing is known to look up.\n"
     "- skipped on: https://example.com/.well-known/caldav\n"
     "2.0.0 example.com.:443 0/0 1.000 1.000\n"
     "nobody 0"},
    {"caldav", "@ TXT x\n", NULL, NULL, NULL, NULL,
     "_caldavs._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_caldav._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "example.com. none end: no data (NODATA): it gives up.\n"
     "nobody 1"},
    {"jmap", "_jmap._tcp SRV 0 0 443 .\n@ A 192.0.2.8\n", NULL, NULL, NULL, NULL,
     "_jmap._tcp.example.com. not offered end: The target is \".\": the service is not "
     "offered, and it stops.\n"
     "nobody 1"},
    /* NAPTR */
    {"sip",
     "@ NAPTR 10 1 \"s\" \"SIPS+D2T\" \"\" _sips._tcp\n@ NAPTR 20 1 \"S\" \"SIP+D2U\" \"\" "
     "_sip._udp\n"
     "@ NAPTR 5 1 \"u\" \"x\" \"\" _sip._tcp\n@ NAPTR 5 2 \"ss\" \"x\" \"\" _sip._tcp\n"
     "_sips._tcp SRV 5 1 5061 a\n_sip._udp SRV 1 1 5060 c\n_sip._tcp SRV 1 1 5060 b\n" HOSTS,
     NULL, NULL, NULL, NULL,
     "example.com. found take: 4 records: it takes these and queries no more.\n"
     "0.0.0 a.example.com.:5061 5/1 1.000 1.000\n"
     "1.1.0 c.example.com.:5060 1/1 0.000 0.000\n"
     "nobody 0"},
    {"sip", "@ NAPTR 10 1 \"s\" \"SIPS+D2T\" \"\" .\n_sip._udp SRV 1 1 5060 c\n" HOSTS, NULL, NULL,
     NULL, NULL,
     "example.com. found on: 1 record: the next query follows.\n"
     "_sips._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_sip._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
     "_sip._udp.example.com. found take: 1 record: it takes these and queries no more.\n"
     "3.0.0 c.example.com.:5060 1/1 1.000 1.000\n"
     "nobody 0"},
    {"sip", "@ NAPTR 10 1 \"s\" \"x\" \"\" _sips._tcp\n_sips._tcp SRV 0 0 1 .\n", NULL, NULL, NULL,
     NULL,
     "example.com. found on: 1 record: the next query follows.\n"
     "_sips._tcp.example.com. not offered end: The target is \".\": the service is not "
     "offered, and it stops.\n"
     "nobody 1"},
};

static void walks_are_told_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
        const struct client_place place = {"example.com.", walks[i].site, NULL};
        const struct client_walk *walk;
        struct zone_world world;
        struct sender down;
        const char *why;
        zone_world_init(&world, walks[i].zone);
        world.silent = walks[i].silent;
        world.broken = walks[i].broken;
        sender_init(&down, profile_at(0));
        if (walks[i].downs)
            assert_int_equal(sender_add_down(&down, walks[i].downs, &why), STATUS_OK);
        ZONE_WORLD_SETTLE(&world, walk,
                          client_walk(clients_find(walks[i].client), &world.lookup, &place,
                                      walks[i].downs ? &down : NULL, world.arena));
        assert_string_equal(told(walk, world.arena), walks[i].told);
        sender_clear(&down);
        zone_world_clear(&world);
    }
}

static void fail_of(struct reply *reply, uint16_t type)
{
    if (reply->question.type == type && strcmp(reply->question.name, "example.com.") == 0)
        reply->outcome = OUTCOME_SERVFAIL;
}

static void fail_a(struct reply *reply)
{
    fail_of(reply, TYPE_A);
}

static void fail_aaaa(struct reply *reply)
{
    fail_of(reply, TYPE_AAAA);
}

/* Only when both say so there is no address. */
static void one_failure_is_no_missing_address(void **state)
{
    static const struct {
        const char *zone;
        void (*adjust)(struct reply *reply);
        const char *told;
    } cases[] = {
        {"@ TXT x\n", fail_a,
         "_jmap._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. failed end: server failure (SERVFAIL): it gives up.\n"
         "nobody 1"},
        {"@ TXT x\n", fail_aaaa,
         "_jmap._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. failed end: server failure (SERVFAIL): it gives up.\n"
         "nobody 1"},
        {"@ AAAA 2001:db8::8\n", fail_a,
         "_jmap._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. found take: 1 record: it takes these and queries no more.\n"
         "- skipped on: https://example.com/.well-known/jmap\n"
         "1.0.0 example.com.:443 0/0 1.000 1.000\n"
         "nobody 0"},
        {"@ A 192.0.2.8\n", fail_aaaa,
         "_jmap._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. found take: 1 record: it takes these and queries no more.\n"
         "- skipped on: https://example.com/.well-known/jmap\n"
         "1.0.0 example.com.:443 0/0 1.000 1.000\n"
         "nobody 0"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct client_place place = {"example.com.", NULL, NULL};
        const struct client_walk *walk;
        struct zone_world world;
        zone_world_init(&world, cases[i].zone);
        world.adjust = cases[i].adjust;
        ZONE_WORLD_SETTLE(&world, walk,
                          client_walk(&client_jmap, &world.lookup, &place, NULL, world.arena));
        assert_string_equal(told(walk, world.arena), cases[i].told);
        zone_world_clear(&world);
    }
}

static bool withholds_a(const struct question *question)
{
    return question->type == TYPE_A;
}

static bool withholds_aaaa(const struct question *question)
{
    return question->type == TYPE_AAAA;
}

static bool withholds_srv(const struct question *question)
{
    return question->type == TYPE_SRV;
}

/* What is not answered yet is neither found nor missing. */
static void what_is_open_is_told_as_open(void **state)
{
    static const struct {
        const char *client;
        bool (*withholds)(const struct question *question);
        const char *told;
    } cases[] = {
        {"openldap", withholds_srv,
         "not complete\n"
         "_ldap._tcp.example.com. waiting on: Waiting for the answer, or not queried.\n"
         "nobody 1"},
        {"openldap", withholds_a,
         "_ldap._tcp.example.com. found take: 2 records: it takes these and queries no more.\n"
         "0.0.0 a.example.com.:389 1/1 0.667 0.667\n"
         "0.0.1 x.example.com.:389 1/1 0.333 0.333\n"
         "nobody 0"},
        {"openldap", withholds_aaaa,
         "_ldap._tcp.example.com. found take: 2 records: it takes these and queries no more.\n"
         "0.0.0 a.example.com.:389 1/1 0.667 0.667\n"
         "0.0.1 x.example.com.:389 1/1 0.333 0.333\n"
         "nobody 0"},
        {"rfc2782", withholds_a,
         "not complete\n"
         "_foo._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. found take: 1 record: it takes these and queries no more.\n"
         "1.0.0 example.com.:0 0/0 1.000 1.000\n"
         "nobody 0"},
        {"outlook", withholds_a,
         "not complete\n"
         "- skipped on: Not DNS: it is not played here.\n"
         "example.com. found more: 1 record: it takes these, and what follows comes after them.\n"
         "autodiscover.example.com. waiting on: Waiting for the answer, or not queried.\n"
         "_autodiscover._tcp.example.com. none on: no such name (NXDOMAIN): the next query "
         "follows.\n"
         "- skipped on: Not DNS: it is not played here.\n"
         "1.0.0 example.com.:443 0/0 1.000 1.000\n"
         "nobody 0"},
        {"outlook", withholds_aaaa,
         "not complete\n"
         "- skipped on: Not DNS: it is not played here.\n"
         "example.com. waiting on: Waiting for the answer, or not queried.\n"
         "autodiscover.example.com. waiting on: Waiting for the answer, or not queried.\n"
         "_autodiscover._tcp.example.com. none on: no such name (NXDOMAIN): the next query "
         "follows.\n"
         "- skipped on: Not DNS: it is not played here.\n"
         "nobody 1"},
        {"outlook", withholds_srv,
         "not complete\n"
         "- skipped on: Not DNS: it is not played here.\n"
         "example.com. found more: 1 record: it takes these, and what follows comes after them.\n"
         "autodiscover.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "_autodiscover._tcp.example.com. waiting on: Waiting for the answer, or not queried.\n"
         "- skipped on: Not DNS: it is not played here.\n"
         "1.0.0 example.com.:443 0/0 1.000 1.000\n"
         "nobody 0"},
        {"jmap", withholds_a,
         "not complete\n"
         "_jmap._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. found take: 1 record: it takes these and queries no more.\n"
         "- skipped on: https://example.com/.well-known/jmap\n"
         "1.0.0 example.com.:443 0/0 1.000 1.000\n"
         "nobody 0"},
        {"jmap", withholds_aaaa,
         "not complete\n"
         "_jmap._tcp.example.com. none on: no such name (NXDOMAIN): the next query follows.\n"
         "example.com. waiting on: Waiting for the answer, or not queried.\n"
         "- skipped on: Waiting for the answer, or not queried.\n"
         "nobody 1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct client_place place = {"example.com.", NULL, "_foo._tcp.example.com."};
        const struct client_walk *walk;
        struct zone_world world;
        zone_world_init(&world,
                        LDAP("") "1 1 389 a\n" LDAP("") "1 1 389 x\n@ AAAA 2001:db8::8\n" HOSTS);
        world.withholds = cases[i].withholds;
        ZONE_WORLD_SETTLE(
            &world, walk,
            client_walk(clients_find(cases[i].client), &world.lookup, &place, NULL, world.arena));
        assert_string_equal(told(walk, world.arena), cases[i].told);
        zone_world_clear(&world);
    }
}

/* One server is up and `down` are not: whether it is known exactly that everybody ends there. */
static void eight_that_are_down_are_enumerated(void **state)
{
    (void)state;
    for (unsigned down = 7; down <= 9; down++) {
        const struct client_place place = {"example.com.", NULL, NULL};
        struct text zone = {0};
        struct client_walk *walk;
        struct zone_world world;
        text_add(&zone, LDAP("") "1 0 389 a\n" HOSTS);
        for (unsigned i = 0; i < down; i++)
            text_format(&zone, LDAP("") "1 1 389 gone%u\n", i);
        zone_world_init(&world, text_get(&zone));
        ZONE_WORLD_SETTLE(&world, walk,
                          client_walk(&client_openldap, &world.lookup, &place, NULL, world.arena));
        client_walk_draw(walk, "example.com.", 1, 100);
        assert_int_equal(walk->count, down + 1);
        for (size_t i = 0; i < walk->count; i++) {
            const struct client_target *target = &walk->targets[i];
            double up = strcmp(target->host, "a.example.com.") == 0;
            assert_float_equal(target->reached, down > 8 ? -1 : up, 1e-9);
            assert_int_equal(target->drawn_reached, 100 * up);
        }
        zone_world_clear(&world);
        text_clear(&zone);
    }
}

/* Of so many draws who was tried first, and where they ended: by priority, past those down. */
static void draws_go_by_priority_past_those_down(void **state)
{
    static const struct {
        const char *downs, *told;
    } cases[] = {
        {"none.example.org",
         "b.example.com. 826 826, a.example.com. 174 174, c.example.com. 0 0, "},
        {"b.example.com", "b.example.com. 818 0, a.example.com. 182 1000, c.example.com. 0 0, "},
        {"a.example.com,b.example.com",
         "b.example.com. 806 0, a.example.com. 194 0, c.example.com. 0 1000, "},
        {"*", "b.example.com. 806 0, a.example.com. 194 0, c.example.com. 0 0, "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct client_place place = {"example.com.", NULL, NULL};
        struct client_walk *walk;
        struct zone_world world;
        struct sender down;
        const char *why, *text = "";
        zone_world_init(
            &world, LDAP("") "20 1 389 c\n" LDAP("") "10 1 389 a\n" LDAP("") "10 3 389 b\n" HOSTS);
        sender_init(&down, profile_at(0));
        assert_int_equal(sender_add_down(&down, cases[i].downs, &why), STATUS_OK);
        ZONE_WORLD_SETTLE(&world, walk,
                          client_walk(&client_openldap, &world.lookup, &place, &down, world.arena));
        client_walk_draw(walk, "example.com.", 1, 600);
        client_walk_draw(walk, "example.com.", 2, 400);
        assert_int_equal(walk->draws, 1000);
        for (size_t k = 0; k < walk->count; k++)
            text = arena_format(world.arena, "%s%s %d %d, ", text, walk->targets[k].host,
                                (int)walk->targets[k].drawn_first,
                                (int)walk->targets[k].drawn_reached);
        assert_string_equal(text, cases[i].told);
        sender_clear(&down);
        zone_world_clear(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_are_told_whole),
        cmocka_unit_test(one_failure_is_no_missing_address),
        cmocka_unit_test(what_is_open_is_told_as_open),
        cmocka_unit_test(eight_that_are_down_are_enumerated),
        cmocka_unit_test(draws_go_by_priority_past_those_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
