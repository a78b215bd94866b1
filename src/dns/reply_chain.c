#include "dns/reply_chain.h"

#include "dns/type.h"
#include "dns/wire_decode.h"

#include <ldns/ldns.h>
#include <stdlib.h>

static ldns_pkt *packet_of(const struct reply *reply)
{
    ldns_pkt *packet = NULL;

    if (reply->wire.length == 0 || reply->outcome == OUTCOME_MALFORMED ||
        ldns_wire2pkt(&packet, reply->wire.bytes, reply->wire.length) != LDNS_STATUS_OK)
        return NULL;
    return packet;
}

static void set_section(ldns_pkt *packet, ldns_pkt_section section, ldns_rr_list *list)
{
    if (section == LDNS_SECTION_QUESTION)
        ldns_pkt_set_question(packet, list);
    else
        ldns_pkt_set_answer(packet, list);
    ldns_pkt_set_section_count(packet, section, (uint16_t)ldns_rr_list_rr_count(list));
}

/* Turns the message of `back` into the one of the chain. */
static void join(ldns_pkt *front, ldns_pkt *back)
{
    ldns_rr_list *question = ldns_pkt_question(back), *answer = ldns_pkt_answer(back);
    ldns_rr_list *aliases = ldns_pkt_answer(front);

    ldns_rr_list_cat(aliases, answer);
    ldns_rr_list_free(answer);
    set_section(back, LDNS_SECTION_ANSWER, aliases);
    set_section(back, LDNS_SECTION_QUESTION, ldns_pkt_question(front));
    ldns_pkt_set_question(front, question);
    ldns_pkt_set_answer(front, ldns_rr_list_new());
    ldns_pkt_set_ad(back, false);
}

/* The decoded chain; false when the two have no message between them. */
static bool decode(const struct reply *front, const struct reply *back, struct reply *chain)
{
    ldns_pkt *first = packet_of(front), *second = packet_of(back);
    uint8_t *wire = NULL;
    struct wire_scan scan;
    size_t length = 0;
    bool joined = first && second;

    if (joined) {
        join(first, second);
        joined = ldns_pkt2wire(&wire, second, &length) == LDNS_STATUS_OK &&
                 wire_scan_header(&scan, wire, length) &&
                 wire_repeats_question(&scan, &front->question);
    }
    if (joined)
        wire_decode(&scan, chain);
    free(wire);
    ldns_pkt_free(first);
    ldns_pkt_free(second);
    return joined;
}

bool reply_has_soa(const struct reply *reply)
{
    for (size_t i = 0; i < reply->authority.count; i++)
        if (reply->authority.records[i].type == TYPE_SOA)
            return true;
    return false;
}

bool reply_is_partial(const struct reply *reply, struct question *rest)
{
    if (reply->outcome != OUTCOME_NODATA || reply->alias_count == 0 || reply_is_endless(reply) ||
        reply_has_soa(reply) || reply_from_zone(reply) ||
        (reply->question.flags & QUESTION_NO_RECURSION))
        return false;
    *rest = reply->question;
    rest->name = reply->canonical;
    return true;
}

struct reply *reply_chain(const struct reply *front, const struct reply *back)
{
    struct reply *chain = reply_new(&front->question);

    if (!decode(front, back, chain)) {
        chain->outcome = back->outcome == OUTCOME_ANSWERED ? OUTCOME_SERVFAIL : back->outcome;
        chain->rcode = back->rcode;
    }
    if (back->why && !chain->why)
        chain->why = arena_dup(chain->arena, back->why);
    chain->server = arena_dup(chain->arena, back->server);
    chain->transport = back->transport;
    chain->rtt_us = back->rtt_us;
    chain->received_ms = back->received_ms;
    chain->tries = back->tries;
    chain->unmatched = back->unmatched;
    return chain;
}
