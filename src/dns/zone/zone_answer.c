/* Answers from zones. The answer is made as a message and decoded like one from the network, so
 * nothing behind it can tell the difference. */
#include "dns/name.h"
#include "dns/type.h"
#include "dns/wire_decode.h"
#include "dns/zone/zone.h"
#include "dns/zone/zone_lookup.h"

#include "base/message.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINKS_MAX = 17,    /* one more than a reply follows, so that it sees there are more */
    TARGETS_MAX = 100, /* whose addresses go into the additional section */
};

struct making {
    const struct zone *const *zones;
    size_t zone_count;
    bool whole; /* there is nothing but the zones, and an empty root above them */
    const struct question *question;
    ldns_pkt *packet;
    char name[NAME_TEXT]; /* where the chain of aliases has come to */
    char visited[LINKS_MAX + 1][NAME_TEXT];
    size_t links;
    const struct zone *zone; /* of the last step */
    const char *label;       /* of the zone of the first step */
    char why[NAME_TEXT * 2 + 64];
};

static void push(struct making *making, ldns_pkt_section section, ldns_rr *rr)
{
    assert(rr);
    ldns_pkt_push_rr(making->packet, section, rr);
}

static void push_all(struct making *making, const struct zone_rr *rr, uint16_t type)
{
    for (; rr; rr = zone_following(rr, type))
        push(making, LDNS_SECTION_ANSWER, zone_rr_copy(rr, making->name));
}

/* The SOA with the TTL of the negative answer (RFC 2308 3). */
static void push_soa(struct making *making)
{
    const char *apex = zone_apex(making->zone);
    const struct zone_rr *soa;
    struct zone_rr copy;
    uint32_t minimum;

    if (!apex || !zone_covers(making->zone, making->name))
        return;
    soa = zone_first(zone_find(making->zone, apex), TYPE_SOA);
    copy = *soa;
    minimum = zone_soa_minimum(soa);
    if (minimum < copy.ttl)
        copy.ttl = minimum;
    push(making, LDNS_SECTION_AUTHORITY, zone_rr_copy(&copy, apex));
}

static bool was_visited(const struct making *making, const char *name)
{
    for (size_t i = 0; i <= making->links; i++)
        if (strcmp(making->visited[i], name) == 0)
            return true;
    return false;
}

/* Goes on at the target of an alias; false when the chain ends here. */
static bool follow(struct making *making, const char *target)
{
    bool again = was_visited(making, target);

    memmove(making->name, target, strlen(target) + 1);
    if (again || ++making->links == LINKS_MAX)
        return false;
    memcpy(making->visited[making->links], making->name, NAME_TEXT);
    return true;
}

/* Answers with the CNAME, or all there are against the rule, and follows the first. */
static bool follow_alias(struct making *making, const struct zone_rr *alias)
{
    char target[NAME_TEXT];
    size_t used;
    bool decoded = name_from_wire(alias->rdata, alias->length, target, &used);

    assert(decoded);
    (void)decoded;
    push_all(making, alias, TYPE_CNAME);
    return follow(making, target);
}

/* The target a DNAME gives the name (RFC 6672 2.2); false when that is too long. */
static bool redirect_target(const struct making *making, const struct zone_rr *redirect,
                            char target[NAME_TEXT])
{
    char below[NAME_TEXT], base[NAME_TEXT];
    size_t used, length = strlen(making->name) - strlen(redirect->owner);

    if (!name_from_wire(redirect->rdata, redirect->length, base, &used))
        return false;
    length -= !name_is_root(redirect->owner);
    memcpy(below, making->name, length);
    below[length] = '\0';
    return name_join(below, base, target) == STATUS_OK;
}

/* Answers with the DNAME and the CNAME it stands for (RFC 6672 3.1). */
static bool follow_redirect(struct making *making, const struct zone_rr *redirect)
{
    char target[NAME_TEXT];
    uint8_t rdata[NAME_WIRE];
    struct zone_rr alias = {.type = TYPE_CNAME, .ttl = redirect->ttl, .rdata = rdata};

    push(making, LDNS_SECTION_ANSWER, zone_rr_copy(redirect, redirect->owner));
    if (!redirect_target(making, redirect, target)) {
        ldns_pkt_set_rcode(making->packet, LDNS_RCODE_YXDOMAIN);
        return false;
    }
    alias.length = (uint16_t)name_to_wire(target, rdata);
    push(making, LDNS_SECTION_ANSWER, zone_rr_copy(&alias, making->name));
    if (making->question->type == TYPE_CNAME)
        return false;
    return follow(making, target);
}

/* The addresses that stand in the zone itself, those below a cut among them (RFC 1034 4.2.1). */
static void push_glue(struct making *making, const struct zone_rr *server)
{
    static const uint16_t types[] = {TYPE_A, TYPE_AAAA};
    char target[NAME_TEXT];
    const struct zone_node *node = NULL;
    size_t used;

    if (name_from_wire(server->rdata, server->length, target, &used) &&
        zone_covers(making->zone, target))
        node = zone_find(making->zone, target);
    for (size_t i = 0; node && i < sizeof types / sizeof *types; i++)
        for (const struct zone_rr *rr = zone_first(node, types[i]); rr;
             rr = zone_following(rr, types[i]))
            push(making, LDNS_SECTION_ADDITIONAL, zone_rr_copy(rr, target));
}

/* What a server that is asked itself says of a name it delegates (RFC 1034 4.3.2 3b). */
static void refer(struct making *making, const char *cut)
{
    static const uint16_t types[] = {TYPE_NS, TYPE_DS};
    const struct zone_node *node = zone_find(making->zone, cut);
    size_t servers = 0;

    ldns_pkt_set_aa(making->packet, false);
    ldns_pkt_set_ra(making->packet, false);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (const struct zone_rr *rr = zone_first(node, types[i]); rr;
             rr = zone_following(rr, types[i]))
            push(making, LDNS_SECTION_AUTHORITY, zone_rr_copy(rr, cut));
    for (const struct zone_rr *rr = zone_first(node, TYPE_NS); rr && servers++ < TARGETS_MAX;
         rr = zone_following(rr, TYPE_NS))
        push_glue(making, rr);
}

/* Behind a zone cut the servers it names would know more: they go along. */
static void refuse(struct making *making, const char *cut)
{
    const struct zone_rr *server = cut && !making->question->server.family
                                       ? zone_first(zone_find(making->zone, cut), TYPE_NS)
                                       : NULL;

    for (; server; server = zone_following(server, TYPE_NS))
        push(making, LDNS_SECTION_AUTHORITY, zone_rr_copy(server, cut));
    ldns_pkt_set_rcode(making->packet, LDNS_RCODE_REFUSED);
    ldns_pkt_set_aa(making->packet, ldns_pkt_ancount(making->packet) > 0);
    if (cut)
        snprintf(making->why, sizeof making->why, "no zone given for %.*s, delegated at %.*s",
                 name_shown_length(making->name), making->name, name_shown_length(cut), cut);
    else
        snprintf(making->why, sizeof making->why, "no zone given for %.*s",
                 name_shown_length(making->name), making->name);
}

/* Is a zone or a record of one below the name? Then it exists. */
static bool is_above(const struct making *making, const char *name)
{
    for (size_t i = 0; i < making->zone_count; i++) {
        const struct zone *zone = making->zones[i];
        if (zone_apex(zone) && name_is_within(zone_apex(zone), name))
            return true;
        for (size_t k = 0; k < zone_record_count(zone); k++)
            if (name_is_within(zone_record(zone, k)->owner, name))
                return true;
    }
    return false;
}

/* "localhost.", and what is below it: an address of the host itself, wherever it is looked up (RFC
 * 6761 6.3). */
static void push_localhost(struct making *making)
{
    static const uint8_t loopback[2][16] = {{127, 0, 0, 1}, {[15] = 1}};
    bool v6 = making->question->type == TYPE_AAAA;
    uint8_t rdata[16];
    struct zone_rr rr = {.type = making->question->type, .ttl = 86400, .rdata = rdata};

    if (!v6 && rr.type != TYPE_A)
        return;
    rr.length = v6 ? 16 : 4;
    memcpy(rdata, loopback[v6], rr.length);
    push(making, LDNS_SECTION_ANSWER, zone_rr_copy(&rr, making->name));
}

/* Has the root no such top-level domain: "invalid" (RFC 6761 6.4), or one that does not begin with
 * a letter, as in an address that was taken for a name (RFC 1123 2.1)? */
static bool is_never_a_name(const char *name)
{
    size_t begin = strlen(name) - 1;

    if (begin == 0)
        return false;
    while (begin > 0 && name[begin - 1] != '.')
        begin--;
    return name_is_within(name, "invalid.") || (name[begin] >= '0' && name[begin] <= '9') ||
           name[strlen(name) - 2] == ']';
}

/* What is known of a name without any zone that has it; false where that is nothing. */
static bool is_special(struct making *making)
{
    if (name_is_within(making->name, "localhost."))
        push_localhost(making);
    else if (is_never_a_name(making->name))
        ldns_pkt_set_rcode(making->packet, LDNS_RCODE_NXDOMAIN);
    else
        return false;
    return true;
}

static void deny(struct making *making)
{
    ldns_rr *soa = NULL;
    ldns_status status = ldns_rr_new_frm_str(&soa, ". 300 IN SOA . . 0 0 0 0 300", 0, NULL, NULL);

    memory_checked(status == LDNS_STATUS_OK ? soa : NULL);
    if (!is_above(making, making->name))
        ldns_pkt_set_rcode(making->packet, LDNS_RCODE_NXDOMAIN);
    push(making, LDNS_SECTION_AUTHORITY, soa);
}

/* One link of the chain; false when the answer is complete. */
static bool step(struct making *making)
{
    uint16_t type = making->question->type;
    struct zone_match match;

    making->zone = zone_choose(making->zones, making->zone_count, making->name, type);
    if (!making->zone) {
        if (making->whole)
            deny(making);
        else if (!is_special(making))
            refuse(making, NULL);
        return false;
    }
    if (making->links == 0)
        making->label = zone_label(making->zone);
    match = zone_lookup(making->zone, making->name, type);
    switch (match.kind) {
    case ZONE_MATCH_RECORDS:
        push_all(making, match.first, type);
        return false;
    case ZONE_MATCH_ALIAS:
        return follow_alias(making, match.first);
    case ZONE_MATCH_REDIRECT:
        return follow_redirect(making, match.first);
    case ZONE_MATCH_NXDOMAIN:
        ldns_pkt_set_rcode(making->packet, LDNS_RCODE_NXDOMAIN);
        push_soa(making);
        return false;
    case ZONE_MATCH_NODATA:
        push_soa(making);
        return false;
    case ZONE_MATCH_DELEGATED:
        if (making->question->flags & QUESTION_NO_RECURSION && making->links == 0)
            refer(making, match.cut);
        else
            refuse(making, match.cut);
        return false;
    }
    return false;
}

/* The address records of a target, as far as the zones have them under this very name. */
static void push_addresses(struct making *making, const char *target)
{
    static const uint16_t types[] = {TYPE_A, TYPE_AAAA};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const struct zone *zone = zone_choose(making->zones, making->zone_count, target, types[i]);
        struct zone_match match;
        if (!zone)
            continue;
        match = zone_lookup(zone, target, types[i]);
        if (match.kind != ZONE_MATCH_RECORDS)
            continue;
        for (const struct zone_rr *rr = match.first; rr; rr = zone_following(rr, types[i]))
            push(making, LDNS_SECTION_ADDITIONAL, zone_rr_copy(rr, target));
    }
}

/* The rdata field with the target whose addresses are of use; -1 for other types. */
static int target_offset(ldns_rr_type type)
{
    switch (type) {
    case LDNS_RR_TYPE_NS:
        return 0;
    case LDNS_RR_TYPE_MX:
        return 1;
    case LDNS_RR_TYPE_SRV:
        return 3;
    default:
        return -1;
    }
}

static bool has_target(const ldns_rr_list *list, const ldns_rdf *target, size_t before)
{
    for (size_t i = 0; i < before; i++) {
        const ldns_rr *rr = ldns_rr_list_rr(list, i);
        int field = target_offset(ldns_rr_get_type(rr));
        if (field >= 0 && ldns_dname_compare(ldns_rr_rdf(rr, (size_t)field), target) == 0)
            return true;
    }
    return false;
}

static void push_additional(struct making *making)
{
    const ldns_rr_list *answer = ldns_pkt_answer(making->packet);
    char target[NAME_TEXT];
    size_t used;

    for (size_t i = 0; i < ldns_rr_list_rr_count(answer) && i < TARGETS_MAX; i++) {
        const ldns_rr *rr = ldns_rr_list_rr(answer, i);
        int field = target_offset(ldns_rr_get_type(rr));
        const ldns_rdf *name = field < 0 ? NULL : ldns_rr_rdf(rr, (size_t)field);
        if (name && !has_target(answer, name, i) &&
            name_from_wire(ldns_rdf_data(name), ldns_rdf_size(name), target, &used))
            push_addresses(making, target);
    }
}

static ldns_pkt *packet_new(const struct question *question)
{
    uint8_t wire[NAME_WIRE];
    size_t length = name_to_wire(question->name, wire);
    ldns_pkt *packet = memory_checked(ldns_pkt_new());
    ldns_rr *asked = memory_checked(ldns_rr_new());

    assert(length > 0);
    ldns_rr_set_owner(asked, ldns_dname_new_frm_data((uint16_t)length, wire));
    ldns_rr_set_type(asked, (ldns_rr_type)question->type);
    ldns_rr_set_class(asked, LDNS_RR_CLASS_IN);
    ldns_rr_set_question(asked, true);
    ldns_pkt_push_rr(packet, LDNS_SECTION_QUESTION, asked);
    ldns_pkt_set_qr(packet, true);
    ldns_pkt_set_aa(packet, true);
    ldns_pkt_set_ra(packet, true);
    return packet;
}

static void drop_section(ldns_pkt *packet, ldns_pkt_section section)
{
    bool answer = section == LDNS_SECTION_ANSWER;

    ldns_rr_list_deep_free(answer ? ldns_pkt_answer(packet) : ldns_pkt_additional(packet));
    ldns_pkt_set_section_count(packet, section, 0);
    if (answer)
        ldns_pkt_set_answer(packet, ldns_rr_list_new());
    else
        ldns_pkt_set_additional(packet, ldns_rr_list_new());
}

static uint8_t *encode(const ldns_pkt *packet, size_t *length)
{
    uint8_t *wire = NULL;
    ldns_status status = ldns_pkt2wire(&wire, packet, length);

    assert(status == LDNS_STATUS_OK);
    (void)status;
    return wire;
}

/* The message; without addresses when it would be too long with them. */
static uint8_t *make_message(struct making *making, size_t *length)
{
    uint8_t *wire = encode(making->packet, length);

    if (*length > WIRE_MESSAGE_MAX) {
        free(wire);
        drop_section(making->packet, LDNS_SECTION_ADDITIONAL);
        wire = encode(making->packet, length);
    }
    if (*length > WIRE_MESSAGE_MAX) {
        free(wire);
        drop_section(making->packet, LDNS_SECTION_ANSWER);
        ldns_pkt_set_rcode(making->packet, LDNS_RCODE_SERVFAIL);
        snprintf(making->why, sizeof making->why,
                 N_("the answer has more than 65535 octets, which no message can hold"));
        wire = encode(making->packet, length);
    }
    return wire;
}

static struct reply *make_reply(struct making *making)
{
    struct reply *reply = reply_new(making->question);
    struct wire_scan scan;
    size_t length;
    uint8_t *wire = make_message(making, &length);
    bool sound =
        wire_scan_header(&scan, wire, length) && wire_repeats_question(&scan, making->question);

    assert(sound);
    (void)sound;
    reply->server = arena_format(reply->arena, "zone %s", making->label);
    wire_decode(&scan, reply);
    free(wire);
    if (making->why[0] != '\0')
        reply->why = arena_dup(reply->arena, making->why);
    reply->transport = TRANSPORT_ZONE;
    reply->tries = 1;
    return reply;
}

static struct reply *answer(const struct zone *const *zones, size_t count, bool whole,
                            const struct question *question)
{
    struct making *making = memory_new(1, sizeof *making);
    struct reply *reply;

    making->zones = zones;
    making->zone_count = count;
    making->whole = whole;
    making->question = question;
    making->label = count > 0 ? zone_label(zones[0]) : "none";
    making->packet = packet_new(question);
    snprintf(making->name, sizeof making->name, "%s", question->name);
    snprintf(making->visited[0], sizeof making->visited[0], "%s", question->name);
    while (step(making))
        continue;
    push_additional(making);
    reply = make_reply(making);
    ldns_pkt_free(making->packet);
    free(making);
    return reply;
}

struct reply *zone_answer(const struct zone *const *zones, size_t count,
                          const struct question *question)
{
    return answer(zones, count, false, question);
}

struct reply *zone_answer_whole(const struct zone *const *zones, size_t count,
                                const struct question *question)
{
    return answer(zones, count, true, question);
}
