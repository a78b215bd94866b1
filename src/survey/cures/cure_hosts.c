/* Cures of findings about name servers, services, aliases and keys where nobody looks. */
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

static const char *host_behind(struct cure *cure, const char *alias)
{
    return cure_host_behind(lookup_addresses(cure->setup->view->lookup, alias));
}

static bool names_server(const struct reply *ns, const char *name)
{
    for (size_t i = 0; i < ns->record_count; i++)
        if (strcmp(ns->records[i]->target, name) == 0)
            return true;
    return false;
}

/* The records that name the subject name that host, or go where it is named already. */
static void rename_server(struct cure *cure, const struct reply *ns, const char *host)
{
    for (size_t i = 0; i < ns->record_count; i++)
        if (strcmp(ns->records[i]->target, cure->finding->subject) == 0) {
            cure_remove(cure, ns->records[i]);
            if (!names_server(ns, host))
                cure_add(cure, ns->records[i]->owner, TYPE_NS, ns->records[i]->ttl, "%s", host);
        }
}

static void cure_ns_cname(struct cure *cure)
{
    const struct reply *ns = cure->setup->authority->ns;
    const char *host = host_behind(cure, cure->finding->subject);

    if (ns && host)
        rename_server(cure, ns, host);
}

static void cure_ns_dangling(struct cure *cure)
{
    const struct reply *ns = cure->setup->authority->ns;
    const char *host = cure_meant_host(cure, cure->finding->subject);

    if (ns && host)
        rename_server(cure, ns, host);
}

/* Every record of the services asked for that names the subject. */
static void rename_target(struct cure *cure, const char *host)
{
    const struct setup_view *view = cure->setup->view;

    for (size_t i = 0; host && i < view->srv_count; i++) {
        const struct reply *reply = cure_lookup(cure, view->srv_owners[i], TYPE_SRV);

        for (size_t k = 0; reply && k < reply->record_count; k++) {
            const struct record *record = reply->records[k];

            if (strcmp(record->srv.target, cure->finding->subject) == 0)
                cure_replace(cure, record, "%u %u %u %s", record->srv.priority, record->srv.weight,
                             record->srv.port, host);
        }
    }
}

static void cure_srv_cname(struct cure *cure)
{
    rename_target(cure, host_behind(cure, cure->finding->subject));
}

static void cure_srv_dangling(struct cure *cure)
{
    rename_target(cure, cure_meant_host(cure, cure->finding->subject));
}

enum { HOUR = 3600, DAY = 24 * HOUR, WEEK = 7 * DAY };

/* Only the times that are unusual change, and the serial, so that secondaries see it. */
static void cure_soa_times(struct cure *cure)
{
    const struct reply *reply = cure_lookup(cure, cure->finding->subject, TYPE_SOA);
    const struct record *record = reply && reply->record_count == 1 ? reply->records[0] : NULL;
    uint32_t refresh, retry;

    if (!record)
        return;
    refresh = record->soa.retry > record->soa.refresh ? 2 * HOUR : record->soa.refresh;
    retry = record->soa.retry > record->soa.refresh ? HOUR / 2 : record->soa.retry;
    cure_replace(cure, record, "%s %s %u %u %u %u %u", record->soa.mname, record->soa.rname,
                 record->soa.serial + 1, refresh, retry,
                 record->soa.expire < WEEK ? 2 * WEEK : record->soa.expire,
                 record->soa.minimum > DAY ? HOUR : record->soa.minimum);
}

static void cure_chain(struct cure *cure)
{
    struct host_addresses replies =
        lookup_addresses(cure->setup->view->lookup, cure->finding->subject);
    const struct reply *reply = replies.a && replies.a->alias_count > 0 ? replies.a : replies.aaaa;

    if (reply && reply->alias_count > 1 && !reply->alias_loop)
        cure_replace(cure, reply->aliases[0], "%s", reply->canonical);
}

/* ---- records that stand where nobody looks ---- */

static void cure_dkim_misplaced(struct cure *cure)
{
    if (strcmp(cure->finding->subject, cure->setup->view->domain) != 0)
        cure_move(cure, cure->finding->subject, NEAR_DKIM);
}

static void move_all(struct cure *cure, const struct reply *reply, const char *owner)
{
    for (size_t i = 0; reply && !cure_has_wildcard(cure) && i < reply->record_count; i++) {
        cure_remove(cure, reply->records[i]);
        cure_add(cure, owner, TYPE_TLSA, reply->records[i]->ttl, "%s", reply->records[i]->rdata);
    }
}

/* Those of all hosts: with some of them the others would be less protected. */
static void cure_dane_misplaced(struct cure *cure)
{
    const struct dane *dane = cure->setup->dane;
    bool complete = true;
    enum misplacement how;

    cure->asks = true;
    for (size_t i = 0; i < dane->count; i++)
        if (dane->exchanges[i].state == DANE_ABSENT)
            move_all(cure,
                     setup_misplaced(cure->setup, dane->exchanges[i].base, TYPE_TLSA, cure->arena,
                                     &how, &complete),
                     dane->exchanges[i].base);
    if (dane->count == 1 && cure->added_count == 0)
        move_all(cure, cure_lookup(cure, cure->finding->subject, TYPE_TLSA),
                 dane->exchanges[0].base);
    cure->waiting |= !complete;
}

const struct cure_maker cure_makers_hosts[] = {
    {"ns-cname", cure_ns_cname},
    {"ns-dangling", cure_ns_dangling},
    {"dkim-misplaced", cure_dkim_misplaced},
    {"dane-misplaced", cure_dane_misplaced},
    {"srv-cname", cure_srv_cname},
    {"srv-dangling", cure_srv_dangling},
    {"cname-chain-long", cure_chain},
    {"soa-times", cure_soa_times},
    {NULL, NULL},
};
