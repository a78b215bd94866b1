/* What is counted of many deliveries, what is told of one, and all senders side by side: whole. */
#include "mail/profiles/profiles.h"
#include "mail/simulation/matrix.h"
#include "unit/check.h"
#include "unit/mail/tls_world.h"

#define EQUALS                                                                                     \
    "@ MX 10 mx1\n@ MX 10 mx2\n@ MX 20 mx3\n@ MX 20 gone\nmx1 A 192.0.2.1\n"                       \
    "mx1 AAAA 2001:db8::1\nmx2 A 192.0.2.2\nmx3 A 192.0.2.3\n"

static const char *share_told(const struct share *share, struct arena *arena)
{
    const char *text = arena_format(arena, "%s/%d %d %.3f", share->exchange, share->address_index,
                                    (int)share->count, share->share);

    return share->expected < 0
               ? arena_format(arena, "%s unknown %.3f", text, share->error)
               : arena_format(arena, "%s of %.3f %.3f", text, share->expected, share->error);
}

static const char *told(const struct simulation_result *result, const struct route *route,
                        struct arena *arena)
{
    const char *text =
        arena_format(arena, "%d%s%s\n", (int)result->deliveries, result->exact ? " exact" : "",
                     result->orders_cut ? " cut" : "");

    for (size_t i = 0; i < result->first_count; i++)
        text = arena_format(arena, "%sfirst %s\n", text, share_told(result->first + i, arena));
    for (size_t i = 0; i < result->first_exchange_count; i++)
        text =
            arena_format(arena, "%shost %s\n", text, share_told(result->first_exchange + i, arena));
    for (size_t i = 0; i < result->level_count; i++)
        text = arena_format(arena, "%slevel %u %s\n", text, result->levels[i].level,
                            share_told(&result->levels[i].share, arena));
    for (size_t i = 0; i < result->sequence_count; i++) {
        const struct sequence_count *one = &result->sequences[i];
        text = arena_format(arena, "%sorder", text);
        for (size_t k = 0; k < one->try_count; k++)
            text =
                arena_format(arena, "%s %.3s/%d", text, route->hosts[one->tries[k].host].exchange,
                             (int)one->tries[k].address);
        text = arena_format(arena, "%s: %d %.3f of %.3f %.3f\n", text, (int)one->count, one->share,
                            one->expected, one->error);
    }
    for (size_t i = 0; i < result->tries_count; i++)
        text =
            arena_format(arena, "%stries %u: %d %.3f of %.3f %.3f\n", text, result->tries[i].tries,
                         (int)result->tries[i].deliveries, result->tries[i].share,
                         result->tries[i].expected, result->tries[i].error);
    for (size_t i = 0; i < result->ending_count; i++)
        text = arena_format(arena, "%send %s %s%s: %s\n", text,
                            verdict_word(result->endings[i].verdict), result->endings[i].code,
                            result->endings[i].rule ? "" : " at once",
                            share_told(&result->endings[i].share, arena));
    assert_int_equal(result->sequences_total, result->sequence_count);
    return text;
}

static const struct {
    const char *about, *zone, *profile, *downs;
    unsigned deliveries;
    const char *told;
} simulations[] = {
    {"all are well", EQUALS, "rfc5321", NULL, 1000,
     "1000 exact\n"
     "first mx1.example.com./0 512 0.512 of 0.500 0.016\n"
     "first mx1.example.com./1 0 0.000 of 0.000 0.000\n"
     "first mx2.example.com./0 488 0.488 of 0.500 0.016\n"
     "first mx3.example.com./0 0 0.000 of 0.000 0.000\n"
     "host mx1.example.com./-1 512 0.512 of 0.500 0.016\n"
     "host mx2.example.com./-1 488 0.488 of 0.500 0.016\n"
     "host mx3.example.com./-1 0 0.000 of 0.000 0.000\n"
     "level 1 mx1.example.com./0 512 0.512 of 0.500 0.016\n"
     "level 1 mx1.example.com./1 0 0.000 of 0.000 0.000\n"
     "level 1 mx2.example.com./0 488 0.488 of 0.500 0.016\n"
     "order mx1/0: 512 0.512 of 0.500 0.016\n"
     "order mx2/0: 488 0.488 of 0.500 0.016\n"
     "tries 1: 1000 1.000 of 1.000 0.000\n"
     "end delivered : mx1.example.com./-1 512 0.512 of 0.500 0.016\n"
     "end delivered : mx2.example.com./-1 488 0.488 of 0.500 0.016\n"},
    {"one of the best is down", EQUALS, "postfix", "mx1.example.com", 1000,
     "1000 exact\n"
     "first mx1.example.com./0 347 0.347 of 0.333 0.015\n"
     "first mx1.example.com./1 317 0.317 of 0.333 0.015\n"
     "first mx2.example.com./0 336 0.336 of 0.333 0.015\n"
     "first mx3.example.com./0 0 0.000 of 0.000 0.000\n"
     "host mx1.example.com./-1 664 0.664 of 0.667 0.015\n"
     "host mx2.example.com./-1 336 0.336 of 0.333 0.015\n"
     "host mx3.example.com./-1 0 0.000 of 0.000 0.000\n"
     "level 1 mx1.example.com./0 347 0.347 of 0.333 0.015\n"
     "level 1 mx1.example.com./1 317 0.317 of 0.333 0.015\n"
     "level 1 mx2.example.com./0 336 0.336 of 0.333 0.015\n"
     "order mx2/0: 336 0.336 of 0.333 0.015\n"
     "order mx1/0 mx1/1 mx2/0: 177 0.177 of 0.167 0.012\n"
     "order mx1/1 mx2/0: 171 0.171 of 0.167 0.012\n"
     "order mx1/0 mx2/0: 170 0.170 of 0.167 0.012\n"
     "order mx1/1 mx1/0 mx2/0: 146 0.146 of 0.167 0.012\n"
     "tries 1: 336 0.336 of 0.333 0.015\n"
     "tries 2: 341 0.341 of 0.333 0.015\n"
     "tries 3: 323 0.323 of 0.333 0.015\n"
     "end delivered : mx2.example.com./-1 1000 1.000 of 1.000 0.000\n"},
    {"the best are down, the other bounces", EQUALS, "exim",
     "mx1.example.com,mx2.example.com,mx3.example.com=rcpt5", 500,
     "500 exact\n"
     "first mx1.example.com./0 500 1.000 of 1.000 0.000\n"
     "first mx1.example.com./1 0 0.000 of 0.000 0.000\n"
     "first mx2.example.com./0 0 0.000 of 0.000 0.000\n"
     "first mx3.example.com./0 0 0.000 of 0.000 0.000\n"
     "host mx1.example.com./-1 500 1.000 of 1.000 0.000\n"
     "host mx2.example.com./-1 0 0.000 of 0.000 0.000\n"
     "host mx3.example.com./-1 0 0.000 of 0.000 0.000\n"
     "level 1 mx1.example.com./0 500 1.000 of 1.000 0.000\n"
     "level 1 mx1.example.com./1 0 0.000 of 0.000 0.000\n"
     "level 1 mx2.example.com./0 0 0.000 of 0.000 0.000\n"
     "level 2 mx3.example.com./0 500 1.000 of 1.000 0.000\n"
     "order mx1/0 mx1/1 mx2/0 mx3/0: 269 0.538 of 0.501 0.022\n"
     "order mx1/0 mx2/0 mx1/1 mx3/0: 231 0.462 of 0.499 0.022\n"
     "tries 4: 500 1.000 of 1.000 0.000\n"
     "end bounced 5.1.1: mx3.example.com./-1 500 1.000 of 1.000 0.000\n"},
    {"one host", "@ MX 10 mx1\nmx1 A 192.0.2.1\n", "qmail", NULL, 10,
     "10 exact\n"
     "first mx1.example.com./0 10 1.000 of 1.000 0.000\n"
     "host mx1.example.com./-1 10 1.000 of 1.000 0.000\n"
     "level 1 mx1.example.com./0 10 1.000 of 1.000 0.000\n"
     "order mx1/0: 10 1.000 of 1.000 0.000\n"
     "tries 1: 10 1.000 of 1.000 0.000\n"
     "end delivered : mx1.example.com./-1 10 1.000 of 1.000 0.000\n"},
    {"null MX", "@ MX 0 .\n", "rfc5321", NULL, 10,
     "10 exact\n"
     "tries 0: 10 1.000 of 1.000 0.000\n"
     "end bounced 5.1.10 at once: /-1 10 1.000 of 1.000 0.000\n"},
    {"nothing drawn", "@ MX 10 mx1\nmx1 A 192.0.2.1\n", "sendmail", NULL, 0,
     "0 exact\n"
     "first mx1.example.com./0 0 0.000 of 1.000 0.000\n"
     "host mx1.example.com./-1 0 0.000 of 1.000 0.000\n"},
    {"endings alike often", "@ MX 10 mx1\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n",
     "rfc5321", "mx1.example.com=rcpt5,mx2.example.com=rcpt5", 2,
     "2 exact\n"
     "first mx1.example.com./0 1 0.500 of 0.500 0.354\n"
     "first mx2.example.com./0 1 0.500 of 0.500 0.354\n"
     "host mx1.example.com./-1 1 0.500 of 0.500 0.354\n"
     "host mx2.example.com./-1 1 0.500 of 0.500 0.354\n"
     "level 1 mx1.example.com./0 1 0.500 of 0.500 0.354\n"
     "level 1 mx2.example.com./0 1 0.500 of 0.500 0.354\n"
     "order mx1/0: 1 0.500 of 0.500 0.354\n"
     "order mx2/0: 1 0.500 of 0.500 0.354\n"
     "tries 1: 2 1.000 of 1.000 0.000\n"
     "end bounced 5.1.1: mx1.example.com./-1 1 0.500 of 0.500 0.354\n"
     "end bounced 5.1.1: mx2.example.com./-1 1 0.500 of 0.500 0.354\n"},
};

static void simulations_are_told_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof simulations / sizeof *simulations; i++) {
        struct routing routing;
        const struct simulation_result *result;
        routing_init(&routing, simulations[i].zone, simulations[i].profile);
        if (simulations[i].downs)
            routing_down(&routing, simulations[i].downs);
        result = routing_simulate(&routing, simulations[i].deliveries);
        assert_string_equal(told(result, routing.route, routing.world.arena), simulations[i].told);
        routing_clear(&routing);
    }
}

static const struct {
    const char *about, *zone, *profile, *downs;
    const char *told;
} stories[] = {
    {"a host is down", EQUALS, "postfix", "mx1.example.com",
     "MX lookup for example.com: 4 records [Postfix 3.7-3.12, smtp_addr.c, smtp_domain_addr]\n"
     "sorted by preference: 10 mx1.example.com, mx2.example.com | 20 mx3.example.com, "
     "gone.example.com [Postfix 3.7-3.12, smtp_addr.c]\n"
     "gone.example.com does not exist: skipped as long as another MX host has one [Postfix "
     "3.7-3.12, smtp_addr.c, smtp_addr_list]\n"
     "all addresses of all hosts of one preference go into one pot (smtp_randomize_addresses); "
     "at 10, by seed 42: mx1.example.com, mx2.example.com, mx1.example.com [Postfix 3.7-3.12, "
     "smtp_addr.c, dns_rr_shuffle]\n"
     "mx1.example.com has 2 addresses (192.0.2.1, 2001:db8::1): they need not follow each "
     "other: hosts of one preference are mixed [Postfix 3.7-3.12, smtp_addr.c, "
     "dns_rr_shuffle]\n"
     "mx1.example.com 2001:db8::1 refused the connection: the next address is tried [Postfix "
     "3.7-3.12, smtp_connect.c]\n"
     "mx2.example.com 192.0.2.2 accepted the message: the delivery is complete [Postfix "
     "3.7-3.12, smtp_connect.c]\n"
     "Delivered: the delivery is complete [Postfix 3.7-3.12, smtp_connect.c]\n"},
    {"a host is down, and the list is at its end", EQUALS, "courier", "*",
     "MX lookup for example.com: 4 records [Courier 1.4, rfc1035mxlist.c]\n"
     "inserted by preference, each before hosts of equal preference: 10 mx1.example.com, "
     "mx2.example.com | 20 mx3.example.com, gone.example.com [Courier 1.4, rfc1035mxlist.c]\n"
     "gone.example.com does not exist: skipped, as long as another host is good [Courier 1.4, "
     "rfc1035mxlist.c]\n"
     "n swaps with any position, which is not a uniform shuffle, then reversed; at 10, by seed "
     "42: mx1.example.com, mx2.example.com [Courier 1.4, rfc1035reply.c]\n"
     "mx1.example.com has 2 addresses (192.0.2.1, 2001:db8::1): shuffled in the same uneven "
     "way, IPv4 first (ESMTP_PREFER_IPV6_MX) [Courier 1.4, rfc1035reply.c]\n"
     "mx1.example.com 192.0.2.1 refused the connection: the next address is tried [Courier "
     "1.4, libesmtp.C]\n"
     "mx1.example.com 2001:db8::1 refused the connection: the next address is tried [Courier "
     "1.4, libesmtp.C]\n"
     "mx2.example.com 192.0.2.2 refused the connection: the next address is tried [Courier "
     "1.4, libesmtp.C]\n"
     "mx3.example.com 192.0.2.3 refused the connection: the next address is tried [Courier "
     "1.4, libesmtp.C]\n"
     "Deferred (4.4.1): no host could be spoken to [Courier 1.4, libesmtp.C]\n"
     "Retry: by the queue's schedule, from 5 minutes up to 4 hours, for 7 days [Courier 1.4, "
     "retryalpha to retrymaxdelta]\n"},
    {"addresses of one host", "@ MX 10 mx1\nmx1 A 192.0.2.1\nmx1 A 192.0.2.2\n", "exim",
     "192.0.2.1",
     "MX lookup for example.com: 1 record [Exim 4.96-4.98, host.c, host_find_bydns]\n"
     "sorted by preference, equals by a random key: 10 mx1.example.com [Exim 4.96-4.98, "
     "host.c]\n"
     "mx1.example.com has 2 addresses (192.0.2.1, 192.0.2.2): IPv6 first, each family sorted "
     "by keys random(500) [Exim 4.96-4.98, host.c, set_address_from_dns]\n"
     "mx1.example.com 192.0.2.1 refused the connection: the next entry of the host list is "
     "tried [Exim 4.96-4.98, smtp.c]\n"
     "mx1.example.com 192.0.2.2 accepted the message: the delivery is complete [Exim "
     "4.96-4.98, smtp.c]\n"
     "Delivered: the delivery is complete [Exim 4.96-4.98, smtp.c]\n"},
    {"one host", "@ MX 10 mx1\nmx1 A 192.0.2.1\n", "opensmtpd", NULL,
     "MX lookup for example.com: 1 record [OpenSMTPD 7.6, dns.c]\n"
     "inserted by preference, each after hosts of equal preference: 10 mx1.example.com "
     "[OpenSMTPD 7.6, mta.c]\n"
     "mx1.example.com 192.0.2.1 accepted the message: the delivery is complete [OpenSMTPD 7.6, "
     "mta.c]\n"
     "Delivered: the delivery is complete [OpenSMTPD 7.6, mta.c]\n"},
    {"no MX", "@ A 192.0.2.1\n", "rfc5321", NULL,
     "MX lookup for example.com: no data (NODATA) [RFC 5321 5.1]\n"
     "no MX: the domain itself is the only MX host, with preference 0 [RFC 5321 5.1]\n"
     "example.com 192.0.2.1 accepted the message: the delivery is complete [RFC 5321 5.1]\n"
     "Delivered: the delivery is complete [RFC 5321 5.1]\n"},
    {"null MX", "@ MX 0 .\n", "sendmail", NULL,
     "MX lookup for example.com: 1 record [Sendmail 8.18, domain.c, getmxrr]\n"
     "the domain does not accept mail (null MX) [Sendmail 8.18, domain.c, getmxrr]\n"
     "Bounced (5.1.10): the domain does not accept mail (null MX) [Sendmail 8.18, domain.c, "
     "getmxrr]\n"},
    {"the recipient is refused", EQUALS, "qmail", "*=rcpt5",
     "MX lookup for example.com: 4 records [notqmail 1.09, dns.c, dns_mxip]\n"
     "the lowest remaining preference is chosen repeatedly: 10 mx1.example.com, "
     "mx2.example.com | 20 mx3.example.com, gone.example.com [notqmail 1.09, dns.c, dns_mxip]\n"
     "gone.example.com does not exist: skipped [notqmail 1.09, dns.c, dns_mxip]\n"
     "the first listed of the lowest preference is taken, the last record moves into its "
     "place; at 10, by seed 42: mx1.example.com, mx2.example.com [notqmail 1.09, dns.c, "
     "dns_mxip]\n"
     "mx1.example.com 192.0.2.1 answered RCPT with 550, no such user: the first connection "
     "that opens decides: no other is tried [notqmail 1.09, qmail-remote.c]\n"
     "Bounced (5.1.1): the first connection that opens decides: no other is tried [notqmail "
     "1.09, qmail-remote.c]\n"},
};

static void stories_are_told_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        struct routing routing;
        struct delivery_plan *plan;
        struct delivery delivery;
        struct steps steps;
        const char *text = "";
        routing_init(&routing, stories[i].zone, stories[i].profile);
        if (stories[i].downs)
            routing_down(&routing, stories[i].downs);
        routing_build(&routing);
        plan = delivery_plan_new(routing.route, &routing.sender, 0);
        delivery_draw_nth(plan, 0, &delivery);
        steps = delivery_steps(plan, &delivery, routing.world.arena);
        for (size_t k = 0; k < steps.count; k++)
            text = arena_format(routing.world.arena, "%s%s [%s]\n", text, steps.steps[k].text,
                                steps.steps[k].reference);
        assert_string_equal(text, stories[i].told);
        delivery_plan_free(plan);
        routing_clear(&routing);
    }
}

static const char *mode_told(const struct matrix_mode *mode, struct arena *arena)
{
    if (!mode->can)
        return "cannot";
    return arena_format(arena, "%s %s %s %d%s", verdict_word(mode->verdict), mode->code,
                        mode->exchange, (int)mode->way, mode->exposed ? " exposed" : "");
}

static const struct {
    const char *known, *downs;
    const char *told;
} matrices[] = {
    {"none", "",
     "complete\n"
     "rfc5321: delivered  1-1 mx1 0.50 mx2 0.50; delivered  mx1.example.com. 0; delivered  "
     "mx1.example.com. 0\n"
     "postfix: delivered  1-1 mx1 0.67 mx2 0.33; delivered  mx1.example.com. 0; delivered  "
     "mx1.example.com. 0\n"
     "exim: delivered  1-1 mx1 1.00; delivered  mx1.example.com. 0; cannot\n"
     "sendmail: delivered  1-1 mx1 0.50 mx2 0.50; delivered  mx1.example.com. 0; delivered  "
     "mx1.example.com. 0\n"
     "opensmtpd: delivered  1-1 mx1 1.00; cannot; cannot\n"
     "qmail: delivered  1-1 mx1 1.00; cannot; cannot\n"
     "courier: delivered  1-1 mx1 0.52 mx2 0.48; cannot; delivered  mx2.example.com. 0\n"
     "naive: delivered  1-1 mx1 1.00; cannot; cannot\n"},
    {"key", "mx1.example.com=tls,mx2.example.com=tls",
     "complete dane\n"
     "rfc5321: delivered  4-4 mx1 0.50 mx2 0.50; delivered  mx3.example.com. 0; delivered  "
     "mx3.example.com. 0\n"
     "postfix: delivered  1-1 mx1 0.67 mx2 0.33; delivered  mx3.example.com. 0; delivered  "
     "mx1.example.com. 1\n"
     "exim: delivered  4-4 mx1 1.00; delivered  mx3.example.com. 0; cannot\n"
     "sendmail: delivered  3-3 mx1 0.50 mx2 0.50; delivered  mx3.example.com. 0; delivered  "
     "mx3.example.com. 0\n"
     "opensmtpd: delivered  1-1 mx1 1.00; cannot; cannot\n"
     "qmail: delivered  1-1 mx1 1.00; cannot; cannot\n"
     "courier: delivered  2-3 mx1 0.52 mx2 0.48; cannot; delivered  mx1.example.com. 1 "
     "exposed\n"
     "naive: delivered  1-1 mx1 1.00; cannot; cannot\n"},
    {"enforce mx9.example.com", "mx1.example.com",
     "complete sts\n"
     "rfc5321: deferred  0-0; deferred   0; deferred   0\n"
     "postfix: delivered  1-3 mx1 0.67 mx2 0.33; delivered  mx2.example.com. 0; deferred 4.3.0 "
     " 0\n"
     "exim: delivered  2-3 mx1 1.00; delivered  mx2.example.com. 0; cannot\n"
     "sendmail: delivered  1-3 mx1 0.50 mx2 0.50; delivered  mx2.example.com. 0; deferred "
     "4.0.0  0\n"
     "opensmtpd: delivered  3-3 mx1 1.00; cannot; cannot\n"
     "qmail: delivered  2-2 mx1 1.00; cannot; cannot\n"
     "courier: bounced  0-0; cannot; bounced   0\n"
     "naive: delivered  2-2 mx1 1.00; cannot; cannot\n"},
    {"testing mx1.example.com", "*",
     "complete\n"
     "rfc5321: deferred  4-4 mx1 0.50 mx2 0.50; deferred   0; deferred   0\n"
     "postfix: deferred 4.4.1 4-4 mx1 0.67 mx2 0.33; deferred 4.4.1  0; deferred 4.4.1  0\n"
     "exim: deferred  4-4 mx1 1.00; deferred   0; cannot\n"
     "sendmail: deferred 4.4.1 4-4 mx1 0.50 mx2 0.50; deferred 4.4.1  0; deferred 4.4.1  0\n"
     "opensmtpd: deferred 4.4.1 4-4 mx1 1.00; cannot; cannot\n"
     "qmail: deferred 4.4.1 3-3 mx1 1.00; cannot; cannot\n"
     "courier: deferred 4.4.1 4-4 mx1 0.52 mx2 0.48; cannot; deferred 4.4.1  0\n"
     "naive: bounced 5.4.1 3-3 mx1 1.00; cannot; cannot\n"},
};

static void matrices_are_told_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof matrices / sizeof *matrices; i++) {
        struct routing routing;
        struct arena *arena;
        const struct matrix *matrix;
        const char *text;
        tls_begin(&routing, EQUALS, "postfix", "", matrices[i].known, matrices[i].downs);
        ZONE_WORLD_SETTLE(&routing.world, matrix,
                          matrix_build(&routing.world.lookup, "example.com.", &routing.sender,
                                       routing.world.arena));
        arena = routing.world.arena;
        text = arena_format(arena, "%s%s%s\n", matrix->complete ? "complete" : "",
                            matrix->has_dane ? " dane" : "", matrix->has_mta_sts ? " sts" : "");
        assert_int_equal(matrix->count, profile_count());
        for (size_t k = 0; k < matrix->count; k++) {
            const struct matrix_row *row = &matrix->rows[k];
            text = arena_format(arena, "%s%s: %s %s %u-%u", text, profile_name(row->profile),
                                verdict_word(row->verdict), row->code, row->tries_least,
                                row->tries_most);
            for (size_t j = 0; j < row->first_count; j++)
                text = arena_format(arena, "%s %.3s %.2f", text, row->first[j].exchange,
                                    row->first[j].expected);
            text = arena_format(arena, "%s; %s; %s\n", text, mode_told(&row->dane, arena),
                                mode_told(&row->mta_sts, arena));
        }
        assert_string_equal(text, matrices[i].told);
        routing_clear(&routing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulations_are_told_whole),
        cmocka_unit_test(stories_are_told_whole),
        cmocka_unit_test(matrices_are_told_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
