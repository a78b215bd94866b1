#include "base/escape.h"
#include "policy/records/dmarc_tags.h"
#include "report/json_parts.h"
#include "report/json_value.h"

/* ---- SPF ---- */

static json_t *spf_branch(const struct spf_branch *branch);

static json_t *spf_node(const struct spf_node *node)
{
    json_t *object = json_object(), *terms = json_array();

    json_set_name(object, "domain", node->domain);
    json_set(object, "state", json_state(spf_state_text(node->state), node->reply));
    json_set(object, "record", json_text(node->text));
    json_set(object, "length", json_integer((json_int_t)node->length));
    json_set(object, "ttl", json_integer(node->ttl));
    for (size_t i = 0; i < node->branch_count; i++)
        json_append(terms, spf_branch(&node->branches[i]));
    json_set(object, "terms", terms);
    return object;
}

static json_t *spf_branch(const struct spf_branch *branch)
{
    json_t *object = json_object();

    json_set(object, "term", json_text(branch->text));
    json_set_name(object, "target", branch->target);
    json_set(object, "state", json_state(spf_state_text(branch->state), branch->failed));
    if (branch->number)
        json_set(object, "lookup", json_integer(branch->number));
    json_set(object, "lookups", json_integer(branch->lookups));
    json_set(object, "voids", json_integer(branch->voids));
    if (branch->why)
        json_set(object, "why", json_text(branch->why));
    if (branch->child)
        json_set(object, "record", spf_node(branch->child));
    return object;
}

static const char *spf_step_word(enum spf_step_outcome outcome)
{
    static const char *const words[] = {
        [SPF_STEP_NO_MATCH] = "no match", [SPF_STEP_MATCH] = "match",
        [SPF_STEP_ERROR] = "error",       [SPF_STEP_PENDING] = "waiting",
        [SPF_STEP_FOLLOWED] = "followed",
    };

    return words[outcome];
}

static json_t *spf_path(const struct spf_verdict *verdict)
{
    json_t *array = json_array();

    for (size_t i = 0; i < verdict->step_count; i++) {
        const struct spf_step *step = &verdict->steps[i];
        json_t *object = json_object();
        json_set(object, "domain", json_text(step->domain));
        json_set(object, "term", json_text(step->term));
        json_set(object, "depth", json_integer((json_int_t)step->depth));
        json_set(object, "outcome", json_text(spf_step_word(step->outcome)));
        json_set(object, "lookups", json_integer(step->lookups));
        json_set(object, "voids", json_integer(step->voids));
        json_set(object, "why", json_text(step->why));
        json_append(array, object);
    }
    return array;
}

static json_t *spf_verdict(const struct spf_verdict *verdict)
{
    json_t *object = json_object();

    json_set(object, "ip", json_address(&verdict->given.ip));
    json_set(object, "from", json_text(verdict->given.from));
    json_set(object, "helo", json_text(verdict->given.helo));
    json_set(object, "result", json_text(spf_result_text(verdict->result)));
    json_set(object, "domain", json_text(verdict->domain));
    json_set(object, "identity", json_text(verdict->identity));
    json_set(object, "mechanism", json_text(verdict->mechanism));
    json_set(object, "explanation", json_text(verdict->explanation));
    json_set(object, "why", json_text(verdict->why));
    json_set(object, "lookups", json_integer(verdict->lookups));
    json_set(object, "voids", json_integer(verdict->voids));
    json_set(object, "path", spf_path(verdict));
    return object;
}

/* What decided, and once more the result and the words to the sender, where scripts look first. */
static void set_verdict(json_t *object, const struct spf_verdict *verdict)
{
    json_set(object, "check", verdict ? spf_verdict(verdict) : json_null());
    json_set(object, "result", json_text(verdict ? spf_result_text(verdict->result) : NULL));
    json_set(object, "explanation", json_text(verdict ? verdict->explanation : NULL));
}

json_t *json_verdict(const struct spf_verdict *verdict)
{
    json_t *policy, *spf;

    if (!verdict)
        return json_null();
    policy = json_object();
    spf = json_object();
    set_verdict(spf, verdict);
    json_set(policy, "spf", spf);
    return policy;
}

static json_t *void_terms(const struct spf_tree *tree)
{
    json_t *array = json_array();

    for (size_t i = 0; i < tree->void_term_count; i++) {
        const struct spf_branch *branch = tree->void_terms[i].branch;
        json_t *object = json_object();
        json_set_name(object, "domain", tree->void_terms[i].domain);
        json_set(object, "term", json_text(branch->text));
        json_set_name(object, "target", branch->target);
        json_set(object, "ipv4", json_boolean(branch->void4));
        json_set(object, "ipv6", json_boolean(branch->void6));
        json_append(array, object);
    }
    return array;
}

static json_t *spf(const struct setup *setup)
{
    const struct spf_tree *tree = setup->spf;
    json_t *object = json_object();

    json_set(object, "state",
             json_state(spf_state_text(spf_tree_state(tree)), spf_tree_failed(tree)));
    json_set(object, "record", json_text(tree->root->text));
    json_set(object, "lookups", json_integer(tree->lookups));
    json_set(object, "voids", json_integer(tree->voids));
    json_set(object, "over_lookups", json_boolean(tree->over_lookups));
    json_set(object, "over_voids", json_boolean(tree->over_voids));
    json_set(object, "voids_ipv4", json_integer(tree->ipv4.voids));
    json_set(object, "voids_ipv6", json_integer(tree->ipv6.voids));
    json_set(object, "void_terms", void_terms(tree));
    json_set(object, "loop", json_text(tree->loop));
    json_set(object, "all",
             tree->all_qualifier ? json_stringn(&tree->all_qualifier, 1) : json_null());
    json_set(object, "tree", spf_node(tree->root));
    set_verdict(object, setup->verdict);
    return object;
}

/* The name that a policy's name is an alias of; null when it is none. */
static void set_alias(json_t *object, const struct reply *reply)
{
    json_set_name(object, "alias_of", reply && reply->alias_count > 0 ? reply->canonical : NULL);
}

/* ---- DMARC ---- */

static json_t *tags(const struct tags *tags)
{
    json_t *object = json_object();

    for (size_t i = 0; i < tags->count; i++) {
        struct text name = {0}, value = {0};
        escape_bytes(&name, tags->tags[i].name.bytes, tags->tags[i].name.length, ESCAPE_UTF8,
                     false);
        escape_bytes(&value, tags->tags[i].value.bytes, tags->tags[i].value.length, ESCAPE_UTF8,
                     false);
        json_set(object, text_get(&name), json_text(text_get(&value)));
        text_clear(&name);
        text_clear(&value);
    }
    return object;
}

static json_t *dmarc_steps(const struct dmarc *dmarc)
{
    json_t *array = json_array();

    for (size_t i = 0; i < dmarc->step_count; i++) {
        const struct dmarc_step *step = &dmarc->steps[i];
        json_t *object = json_object();
        json_set_name(object, "name", step->name);
        json_set(object, "state", json_state(policy_state_text(step->state), step->reply));
        set_alias(object, step->reply);
        json_set(object, "why", json_text(step->why));
        json_append(array, object);
    }
    return array;
}

static json_t *dmarc_reports(const struct dmarc *dmarc)
{
    json_t *array = json_array();

    for (size_t i = 0; i < dmarc->report_count; i++) {
        const struct dmarc_report *report = &dmarc->reports[i];
        json_t *object = json_object();
        json_set(object, "kind", json_text(report->failure ? "ruf" : "rua"));
        json_set(object, "uri", json_text(report->uri));
        json_set_name(object, "domain", report->domain);
        json_set(object, "authorisation",
                 json_text(dmarc_authorisation_text(report->authorisation)));
        json_append(array, object);
    }
    return array;
}

/* What the tags mean, in the order written. */
static json_t *dmarc_meanings(const struct tags *tags)
{
    json_t *array = json_array();

    for (size_t i = 0; i < tags->count; i++)
        json_append(array, json_text(dmarc_tag_text(&tags->tags[i])));
    return array;
}

static json_t *dmarc(const struct dmarc *dmarc)
{
    json_t *object = json_object();

    json_set(object, "state", json_state(policy_state_text(dmarc->state), dmarc_reply(dmarc)));
    json_set(object, "record", json_text(dmarc->record ? dmarc->record->text : NULL));
    json_set_name(object, "found_at", dmarc->found_at);
    json_set_name(object, "organisational", dmarc->organisational);
    json_set(object, "policy",
             json_text(dmarc->policy == DMARC_ABSENT ? NULL : dmarc_policy_text(dmarc->policy)));
    json_set(object, "policy_tag", json_text(dmarc->policy_tag));
    json_set(object, "applied",
             json_text(dmarc->applied == DMARC_ABSENT ? NULL : dmarc_policy_text(dmarc->applied)));
    json_set(object, "tags", dmarc->record ? tags(&dmarc->record->tags) : json_object());
    json_set(object, "meanings",
             dmarc->record ? dmarc_meanings(&dmarc->record->tags) : json_array());
    json_set(object, "error", json_text(dmarc->record ? dmarc->record->error : NULL));
    json_set(object, "why", json_text(dmarc->why));
    json_set(object, "steps", dmarc_steps(dmarc));
    json_set(object, "reports", dmarc_reports(dmarc));
    return object;
}

/* ---- the others ---- */

static json_t *dkim(const struct dkim *dkim)
{
    json_t *array = json_array();

    for (size_t i = 0; i < dkim->count; i++) {
        const struct dkim_key *key = &dkim->keys[i];
        json_t *object;
        if (key->state == DKIM_ABSENT && !key->typed)
            continue;
        object = json_object();
        json_set(object, "selector", json_text(key->selector));
        json_set(object, "service", json_text(key->service));
        json_set(object, "state", json_state(dkim_state_text(key->state), key->reply));
        json_set(object, "algorithm", json_text(key->algorithm));
        json_set(object, "bits", json_integer(key->bits));
        json_set(object, "testing", json_boolean(key->testing));
        json_set(object, "record", json_text(key->text));
        set_alias(object, key->reply);
        json_set(object, "why", json_text(key->why));
        json_append(array, object);
    }
    return array;
}

/* Of a policy that was given or fetched; null otherwise. */
static json_t *sts_policy(const struct sts_policy *policy)
{
    json_t *object, *array;

    if (!policy)
        return json_null();
    object = json_object();
    array = json_array();
    json_set(object, "mode", json_text(sts_policy_mode_text(policy->mode)));
    json_set(object, "max_age", json_integer((json_int_t)policy->max_age));
    for (size_t i = 0; i < policy->mx_count; i++)
        json_append(array, json_text(policy->mx[i].pattern));
    json_set(object, "mx", array);
    json_set(object, "fault", json_text(policy->fault));
    return object;
}

static json_t *mta_sts(const struct mta_sts *mta_sts)
{
    json_t *object = json_object();

    json_set(object, "state", json_state(policy_state_text(mta_sts->state), mta_sts->reply));
    json_set(object, "record", json_text(mta_sts->text));
    set_alias(object, mta_sts->reply);
    json_set(object, "id", json_text(mta_sts->id));
    json_set_name(object, "policy_host", mta_sts->policy_host);
    json_set(object, "policy", sts_policy(mta_sts->policy));
    json_set(object, "why", json_text(mta_sts->why));
    return object;
}

static json_t *tls_rpt(const struct tls_rpt *tls_rpt)
{
    json_t *object = json_object(), *rua = json_array();

    json_set(object, "state", json_state(policy_state_text(tls_rpt->state), tls_rpt->reply));
    json_set(object, "record", json_text(tls_rpt->text));
    set_alias(object, tls_rpt->reply);
    for (size_t i = 0; i < tls_rpt->rua_count; i++)
        json_append(rua, json_text(tls_rpt->rua[i]));
    json_set(object, "rua", rua);
    json_set(object, "why", json_text(tls_rpt->why));
    return object;
}

static json_t *bimi(const struct bimi *bimi)
{
    json_t *object = json_object();

    json_set(object, "state", json_state(policy_state_text(bimi->state), bimi->reply));
    json_set_name(object, "name", bimi->name);
    json_set(object, "record", json_text(bimi->text));
    set_alias(object, bimi->reply);
    json_set(object, "logo", json_text(bimi->logo));
    json_set(object, "authority", json_text(bimi->authority));
    json_set(object, "why", json_text(bimi->why));
    return object;
}

static json_t *tlsa(const struct dane_tlsa *tlsa)
{
    json_t *object = json_object();

    json_set(object, "usage", json_integer(tlsa->record->tlsa.usage));
    json_set(object, "selector", json_integer(tlsa->record->tlsa.selector));
    json_set(object, "matching", json_integer(tlsa->record->tlsa.matching));
    json_set(object, "usable", json_boolean(tlsa->usable));
    json_set(object, "why", json_text(tlsa->why));
    return object;
}

static json_t *dane(const struct dane *dane)
{
    json_t *array = json_array();

    for (size_t i = 0; i < dane->count; i++) {
        const struct dane_exchange *exchange = &dane->exchanges[i];
        json_t *object = json_object(), *records = json_array();
        json_set_name(object, "exchange", exchange->exchange);
        json_set(object, "state", json_state(dane_state_text(exchange->state), exchange->reply));
        json_set(object, "why", json_text(exchange->why));
        for (size_t j = 0; j < exchange->count; j++)
            json_append(records, tlsa(&exchange->records[j]));
        json_set(object, "records", records);
        json_append(array, object);
    }
    return array;
}

json_t *json_policy(const struct setup *setup)
{
    json_t *object;

    if (!setup)
        return json_null();
    object = json_object();
    json_set(object, "spf", spf(setup));
    json_set(object, "dmarc", dmarc(setup->dmarc));
    json_set(object, "mta_sts", mta_sts(setup->mta_sts));
    json_set(object, "tls_rpt", tls_rpt(setup->tls_rpt));
    json_set(object, "bimi", bimi(setup->bimi));
    json_set(object, "dkim", dkim(setup->dkim));
    json_set(object, "dane", dane(setup->dane));
    return object;
}

json_t *json_key(const struct dkim *key)
{
    json_t *object = json_object();

    json_set(object, "dkim", dkim(key));
    return object;
}
