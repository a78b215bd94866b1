/* Findings about SRV records. */
#include "base/message.h"
#include "dns/type.h"
#include "mail/clients/services.h"
#include "mail/clients/srv_choice.h"
#include "policy/services/finding_directory.h"

#include <string.h>

struct finding_srv {
    const struct reply *reply;
    const struct srv_set *set;
};

/* The SRV answers that are in; several tests look at them. */
static void look_up_services(struct finding_list *list)
{
    const struct setup_view *view = list->setup->view;
    struct finding_srv *services = arena_alloc(list->arena, view->srv_count + 1, sizeof *services);

    list->services = services;
    for (size_t i = 0; i < view->srv_count; i++) {
        const struct reply *reply = finding_lookup(list, view->srv_owners[i], TYPE_SRV);

        if (finding_reply_answered(reply))
            services[list->service_count++] =
                (struct finding_srv){reply, srv_set_build(list->arena, view->srv_owners[i],
                                                          reply->records, reply->record_count)};
    }
}

/* Calls `judge` for each SRV answer that is in. */
static void for_each_set(struct finding_list *list,
                         void (*judge)(struct finding_list *, const struct reply *,
                                       const struct srv_set *))
{
    if (!list->services)
        look_up_services(list);
    for (size_t i = 0; i < list->service_count; i++)
        judge(list, list->services[i].reply, list->services[i].set);
}

static const char *word_of(const char *owner)
{
    const struct service *service = services_find(owner);

    return service ? tr(service->word) : tr("the service");
}

static bool is_repeated(const struct srv_set *set, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(set->targets[i].record->srv.target, set->targets[index].record->srv.target) == 0)
            return true;
    return false;
}

/* One target with one fault is one finding, of however many services it is the target. */
static void is_of_target(struct finding_list *list, struct finding *finding, const char *owner)
{
    finding->cause = finding->subject;
    finding->about = finding_name(list, owner);
}

static void judge_aliases(struct finding_list *list, const struct reply *reply,
                          const struct srv_set *set)
{
    (void)reply;
    for (size_t i = 0; i < set->count; i++) {
        const struct record *record = set->targets[i].record;
        struct host_addresses replies;
        const struct reply *alias;
        struct finding *finding;

        if (!set->targets[i].offered || is_repeated(set, i))
            continue;
        replies = finding_host(list, record->srv.target);
        alias = finding_host_alias(&replies);
        if (!alias)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, record->srv.target, TYPE_CNAME, alias,
                              "The target of %s is an alias of %s, which is forbidden. Some "
                              "clients do not follow it.",
                              finding_name(list, set->owner), finding_name(list, alias->canonical));
        finding_record(list, finding, record);
        is_of_target(list, finding, set->owner);
        finding_fix(list, finding, "Name the host itself in the SRV record.");
    }
}

/* A server of a directory that is gone is one finding, and so is one for activation. */
static bool is_told_elsewhere(struct finding_list *list, const char *owner, const char *target)
{
    const struct directory *directory = list->setup->view->directory;
    const struct directory_host *host = directory ? directory_host(directory, target) : NULL;

    if (strncmp(owner, "_vlmcs._tcp.", 12) == 0)
        return true;
    return host && (finding_is_stale(directory, host) || finding_is_filtered(directory) ||
                    finding_is_doubled(directory, host));
}

static void judge_hosts(struct finding_list *list, const struct reply *reply,
                        const struct srv_set *set)
{
    (void)reply;
    for (size_t i = 0; i < set->count; i++) {
        const struct record *record = set->targets[i].record;
        struct host_addresses replies;
        enum host_standing standing;
        struct finding *finding;

        if (!set->targets[i].offered || is_repeated(set, i))
            continue;
        replies = finding_host(list, record->srv.target);
        standing = host_standing_of(&replies);
        finding = finding_add_overdotted(list, record->srv.target, &replies, record, "SRV");
        if (finding) {
            is_of_target(list, finding, set->owner);
            continue;
        }
        if (standing == HOST_LOOKUP_FAILED)
            finding_add_unknown(list, record->srv.target, TYPE_A,
                                finding_reply_failed(replies.a) ? replies.a : replies.aaaa);
        if (standing != HOST_DOES_NOT_EXIST && standing != HOST_WITHOUT_ADDRESS)
            continue;
        if (is_told_elsewhere(list, set->owner, record->srv.target))
            continue;
        finding = finding_add(list, SEVERITY_ERROR, record->srv.target, TYPE_A, replies.a,
                              standing == HOST_DOES_NOT_EXIST
                                  ? "The target of %s does not exist. Clients lose time with it "
                                    "before they try the next."
                                  : "The target of %s has no address. Clients lose time with it "
                                    "before they try the next.",
                              finding_name(list, set->owner));
        finding_record(list, finding, record);
        is_of_target(list, finding, set->owner);
        finding_fix_dangling(list, finding, record->srv.target, "SRV");
    }
}

static void judge_weights(struct finding_list *list, const struct reply *reply,
                          const struct srv_set *set)
{
    for (size_t i = 0; i < set->level_count; i++) {
        const struct srv_level *level = &set->levels[i];
        struct finding *finding;

        if (!level->zero_only || level->count < 2)
            continue;
        finding = finding_add(list, SEVERITY_NOTICE, set->owner, TYPE_SRV, reply,
                              "The %zu records of priority %u all have weight 0. Each client "
                              "shares the load in its own way; Exim takes the order of the answer.",
                              level->count, level->priority);
        finding->cause = arena_format(list->arena, "%zu %u", level->count, level->priority);
        finding_fix(list, finding, "Give equal weights, such as 1, to balance the load.");
    }
}

static void judge_offer(struct finding_list *list, const struct reply *reply,
                        const struct srv_set *set)
{
    struct finding *finding;

    if (!set->not_offered)
        return;
    finding =
        finding_add(list, SEVERITY_OK, set->owner, TYPE_SRV, reply,
                    "The target \".\" states that %s is not offered here. Clients do not try it.",
                    word_of(set->owner));
    finding_record(list, finding, set->targets[0].record);
}

static void judge_ports(struct finding_list *list, const struct reply *reply,
                        const struct srv_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct record *record = set->targets[i].record;
        struct finding *finding;

        if (!set->targets[i].offered || record->srv.port != 0)
            continue;
        finding = finding_add(list, SEVERITY_ERROR, set->owner, TYPE_SRV, reply,
                              "The record for %s names port 0, and no client can connect to it.",
                              finding_name(list, record->srv.target));
        finding_record(list, finding, record);
        finding_fix(list, finding, "Name the port of the service.");
    }
}

static void test_srv_cname(struct finding_list *list)
{
    for_each_set(list, judge_aliases);
}

static void test_srv_dangling(struct finding_list *list)
{
    for_each_set(list, judge_hosts);
}

static void test_srv_zero_weight_only(struct finding_list *list)
{
    for_each_set(list, judge_weights);
}

static void test_srv_not_offered(struct finding_list *list)
{
    for_each_set(list, judge_offer);
}

static void test_srv_port_zero(struct finding_list *list)
{
    for_each_set(list, judge_ports);
}

const struct finding_kind findings_srv[] = {
    {"srv-cname", SEVERITY_ERROR, "an SRV target is an alias", "RFC 2782", "", "srv",
     test_srv_cname},
    {"srv-dangling", SEVERITY_ERROR, "an SRV target without address", "RFC 2782", "", "srv",
     test_srv_dangling},
    {"srv-zero-weight-only", SEVERITY_NOTICE, "several SRV records, all of weight 0", "RFC 2782",
     "weights", "srv", test_srv_zero_weight_only},
    {"srv-not-offered", SEVERITY_OK, "a service not offered, on purpose", "RFC 2782", "", "srv",
     test_srv_not_offered},
    {"srv-port-zero", SEVERITY_ERROR, "an SRV record with port 0", "RFC 6335 6", "", "srv",
     test_srv_port_zero},
    {0},
};
