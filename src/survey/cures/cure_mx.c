/* Cures of findings about the MX records. */
#include "dns/name.h"
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

enum { TTL_SHORT = 300 };

static const struct exchanges *exchanges_of(const struct cure *cure)
{
    return cure->setup->exchanges;
}

static const char *domain_of(const struct cure *cure)
{
    return cure->setup->view->domain;
}

static const struct record *record_at(const struct cure *cure, size_t index)
{
    return exchanges_of(cure)->exchanges[index].record;
}

static bool is_root_target(const struct record *record)
{
    return name_is_root(record->mx.exchange);
}

static bool has_tlsa(const struct dane *dane)
{
    for (size_t i = 0; i < dane->count; i++)
        if (dane->exchanges[i].count > 0)
            return true;
    return false;
}

/* An exchange that is new in the list: its reverse names and TLSA records matter from then on. An
 * alias has the same addresses, so that only the latter do. */
static void add_exchange(struct cure *cure, const char *owner, uint32_t ttl, unsigned preference,
                         const char *name)
{
    cure->asks = true;
    cure_add(cure, owner, TYPE_MX, ttl, "%u %s", preference, name);
}

/* ---- there is none ---- */

static const char *customary_exchange(struct cure *cure)
{
    static const char *const labels[] = {"mail", "mx", "mx1", "smtp"};

    for (size_t i = 0; i < cure->setup->customary_count; i++)
        for (size_t k = 0; k < sizeof labels / sizeof labels[0]; k++) {
            const struct customary_host *host = &cure->setup->customary[i];
            char label[NAME_TEXT];

            if (host->exists && !host->alias_of &&
                strcmp(name_first_label(host->name, label), labels[k]) == 0)
                return host->name;
        }
    return NULL;
}

/* The MX records whose owner has the name of the zone twice get the right one; false without any.
 */
static bool undouble(struct cure *cure)
{
    bool complete = true;
    const struct reply *doubled =
        setup_doubled(cure->setup, domain_of(cure), TYPE_MX, cure->arena, &complete);

    cure->waiting |= !complete;
    for (size_t i = 0; doubled && !cure_has_wildcard(cure) && i < doubled->record_count; i++) {
        const struct record *record = doubled->records[i];

        cure_remove(cure, record);
        add_exchange(cure, domain_of(cure), record->ttl, record->mx.preference,
                     record->mx.exchange);
    }
    return doubled != NULL;
}

static void cure_none(struct cure *cure)
{
    const char *host = undouble(cure) ? NULL : customary_exchange(cure);

    if (host)
        add_exchange(cure, domain_of(cure), CURE_TTL, 10, host);
}

static void cure_implicit(struct cure *cure)
{
    const struct exchange *itself = &exchanges_of(cure)->exchanges[0];

    if (!undouble(cure) && name_is_host(itself->name) && itself->address_count > 0)
        add_exchange(cure, domain_of(cure), CURE_TTL, 10, itself->name);
}

/* ---- "." as a target ---- */

static void cure_null_mixed(struct cure *cure)
{
    for (size_t i = 0; i < exchanges_of(cure)->count; i++)
        if (is_root_target(record_at(cure, i)))
            cure_remove(cure, record_at(cure, i));
}

static void cure_null_preference(struct cure *cure)
{
    cure_replace(cure, record_at(cure, 0), "0 .");
}

/* ---- targets that are none ---- */

static bool is_free(struct cure *cure, const char *name)
{
    const struct reply *a = cure_lookup(cure, name, TYPE_A);

    return a && a->outcome == OUTCOME_NXDOMAIN && a->alias_count == 0;
}

/* A name for the address: one that has it, or one that is free. `next` is the label to begin with.
 */
static bool name_literal(struct cure *cure, const struct exchange *exchange,
                         const struct address *address, size_t *next)
{
    static const char *const labels[] = {"mail", "mx1", "mx2", "mx3", "mx4", "mail2", "mail3"};
    uint16_t type = address->family == 6 ? TYPE_AAAA : TYPE_A;
    char name[NAME_TEXT], text[ADDRESS_TEXT];
    const struct reply *reply;

    do {
        if (*next == sizeof labels / sizeof labels[0] ||
            name_join(labels[(*next)++], domain_of(cure), name) != STATUS_OK)
            return false;
        reply = cure_lookup(cure, name, type);
        if (!reply)
            return false;
    } while (!reply_address(reply, address) && !is_free(cure, name));
    cure_remove(cure, exchange->record);
    add_exchange(cure, exchange->record->owner, exchange->record->ttl, exchange->preference,
                 arena_dup(cure->arena, name));
    if (!reply_address(reply, address))
        cure_add(cure, arena_dup(cure->arena, name), type, exchange->record->ttl, "%s",
                 address_text(address, text));
    return true;
}

/* All of them: while one is left, others are not rid of it. */
static void cure_literal(struct cure *cure)
{
    size_t next = 0;
    bool named = true;

    for (size_t i = 0; i < exchanges_of(cure)->count && named; i++) {
        const struct exchange *exchange = &exchanges_of(cure)->exchanges[i];
        struct address address;

        if (exchange->literal && exchange->record)
            named = exchange_literal(exchange->name, domain_of(cure), &address) &&
                    name_literal(cure, exchange, &address, &next);
    }
    if (!named)
        cure_drop(cure);
}

static bool is_localhost(const char *name)
{
    char label[NAME_TEXT];

    return name_is_within(name, "localhost.") ||
           strcmp(name_first_label(name, label), "localhost") == 0;
}

/* Those that name the sender itself go; where nothing else is left, a host that has the name of one
 * comes, or else the null MX. */
static void cure_localhost(struct cure *cure)
{
    const struct exchanges *exchanges = exchanges_of(cure);
    const char *host = customary_exchange(cure);

    for (size_t i = 0; i < exchanges->count; i++)
        if (is_localhost(exchanges->exchanges[i].name))
            cure_remove(cure, record_at(cure, i));
    if (cure->removed_count < exchanges->count) {
        cure_tell(cure, "Remove the record. The other MX hosts accept the mail.");
    } else if (host) {
        add_exchange(cure, domain_of(cure), record_at(cure, 0)->ttl,
                     exchanges->exchanges[0].preference, host);
        cure_tell(cure,
                  "Name the real mail host, which may be %s; for a name without mail publish the "
                  "null MX.",
                  name_shown(cure->arena, host));
    } else {
        cure_add(cure, record_at(cure, 0)->owner, TYPE_MX, record_at(cure, 0)->ttl, "0 .");
    }
}

/* ---- an alias as a target ---- */

static void cure_cname(struct cure *cure)
{
    const struct exchanges *exchanges = exchanges_of(cure);
    const struct exchange *alias = exchanges_find(exchanges, cure->finding->subject);
    const char *target = alias ? cure_host_behind(alias->replies) : NULL;

    if (!target)
        return;
    for (size_t i = 0; i < exchanges->count; i++)
        if (strcmp(exchanges->exchanges[i].name, alias->name) == 0)
            cure_remove(cure, record_at(cure, i));
    if (!exchanges_find(exchanges, target))
        add_exchange(cure, alias->record->owner, alias->record->ttl, alias->preference, target);
    cure->asks = has_tlsa(cure->setup->dane);
}

/* ---- a name without its last dot ---- */

/* The address records whose owner has the name of the zone twice. */
static void undouble_host(struct cure *cure, const char *host)
{
    static const uint16_t types[] = {TYPE_A, TYPE_AAAA};

    for (size_t k = 0; k < 2; k++) {
        bool complete = true;
        const struct reply *doubled =
            setup_doubled(cure->setup, host, types[k], cure->arena, &complete);

        cure->waiting |= !complete;
        for (size_t i = 0; doubled && !cure_has_wildcard(cure) && i < doubled->record_count; i++) {
            cure->asks = true;
            cure_remove(cure, doubled->records[i]);
            cure_add(cure, host, types[k], doubled->records[i]->ttl, "%s",
                     doubled->records[i]->rdata);
        }
    }
}

static void cure_dangling(struct cure *cure)
{
    const struct exchanges *exchanges = exchanges_of(cure);
    const struct exchange *exchange = exchanges_find(exchanges, cure->finding->subject);
    const char *meant = exchange ? cure_meant_host(cure, exchange->name) : NULL;

    if (exchange && !meant)
        undouble_host(cure, exchange->name);
    if (!meant)
        return;
    for (size_t i = 0; i < exchanges->count; i++)
        if (strcmp(exchanges->exchanges[i].name, exchange->name) == 0)
            cure_remove(cure, record_at(cure, i));
    if (!exchanges_find(exchanges, meant))
        add_exchange(cure, exchange->record->owner, exchange->record->ttl, exchange->preference,
                     meant);
}

/* ---- the set ---- */

static void cure_duplicate(struct cure *cure)
{
    const struct exchanges *exchanges = exchanges_of(cure);

    for (size_t i = 0; i < exchanges->count; i++)
        if (exchanges->exchanges[i].repeated)
            cure_remove(cure, record_at(cure, i));
}

/* The whole set with one TTL: the longest there is, if it is long enough. */
static void cure_ttl(struct cure *cure)
{
    const struct reply *mx = exchanges_of(cure)->mx;
    uint32_t ttl = 0;

    for (size_t i = 0; i < mx->record_count; i++)
        ttl = mx->records[i]->ttl > ttl ? mx->records[i]->ttl : ttl;
    ttl = ttl < TTL_SHORT ? CURE_TTL : ttl;
    for (size_t i = 0; i < mx->record_count; i++) {
        const struct record *record = mx->records[i];

        cure_remove(cure, record);
        cure_add(cure, record->owner, TYPE_MX, ttl, "%u %s", record->mx.preference,
                 record->mx.exchange);
    }
}

/* ---- a name in mail addresses ---- */

/* The exchanges of the domain take its mail, too. */
static void cure_name_without_mx(struct cure *cure)
{
    const struct reply *mx = exchanges_of(cure)->mx;

    if (!mx || exchanges_of(cure)->null_mx)
        return;
    for (size_t i = 0; i < mx->record_count; i++)
        cure_add(cure, cure->finding->subject, TYPE_MX, mx->records[i]->ttl, "%u %s",
                 mx->records[i]->mx.preference, mx->records[i]->mx.exchange);
}

const struct cure_maker cure_makers_mx[] = {
    {"mx-none", cure_none},
    {"mx-implicit", cure_implicit},
    {"mx-null-mixed", cure_null_mixed},
    {"mx-null-preference", cure_null_preference},
    {"mx-literal", cure_literal},
    {"mx-localhost", cure_localhost},
    {"mx-cname", cure_cname},
    {"mx-dangling", cure_dangling},
    {"mx-duplicate", cure_duplicate},
    {"mx-ttl-short", cure_ttl},
    {"mx-ttl-mixed", cure_ttl},
    {"name-without-mx", cure_name_without_mx},
    {NULL, NULL},
};
