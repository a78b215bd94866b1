#include "policy/records/dkim.h"

#include "dns/name.h"
#include "dns/type.h"
#include "policy/records/dkim_key.h"

#include <string.h>

static const struct dkim_selector selectors[] = {
    {"default", ""},
    {"dkim", ""},
    {"mail", ""},
    {"key1", ""},
    {"s1", "SendGrid"},
    {"s2", "SendGrid"},
    {"selector1", "Microsoft"},
    {"selector2", "Microsoft"},
    {"google", "Google"},
    {"20230601", "Google"},
    {"sig1", "Apple iCloud"},
    {"s2048", "Yahoo"},
    {"fm1", "Fastmail"},
    {"fm2", "Fastmail"},
    {"fm3", "Fastmail"},
    {"protonmail", "Proton"},
    {"protonmail2", "Proton"},
    {"zoho", "Zoho"},
    {"zmail", "Zoho"},
    {"MBO0001", "mailbox.org"},
    {"k1", "Mailchimp"},
    {"k2", "Mailchimp"},
    {"k3", "Mailchimp"},
    {"mandrill", "Mandrill"},
    {"mailjet", "Mailjet"},
    {"pm", "Postmark"},
    {"cm", "Campaign Monitor"},
    {"mailo", "Mailgun"},
    {"krs", "Mailgun"},
    {"brevo1", "Brevo"},
    {"brevo2", "Brevo"},
    {"zendesk1", "Zendesk"},
    {"hs1", "HubSpot"},
    {"s1-ionos", "IONOS"},
    {"gm1", "Gandi"},
};

size_t dkim_selectors_count(void)
{
    return sizeof selectors / sizeof selectors[0];
}

static const char *const states[] = {
    [DKIM_PENDING] = "waiting",     [DKIM_UNKNOWN] = "look-up failed",
    [DKIM_ABSENT] = "none",         [DKIM_OK] = "ok",
    [DKIM_WEAK] = "weak",           [DKIM_REVOKED] = "revoked",
    [DKIM_SYNTAX] = "syntax error",
};

const char *dkim_state_text(enum dkim_state state)
{
    return states[state];
}

/* ---- one record (RFC 6376 3.6.1) ---- */

struct reading {
    struct arena *arena;
    struct dkim_key *key;
    struct tags tags;
};

static void fail(struct reading *reading, const char *why)
{
    reading->key->state = DKIM_SYNTAX;
    reading->key->why = why;
}

static bool has_flag(const struct tags *tags, const char *tag, const char *flag)
{
    const struct octets *value = tags_value(tags, tag);
    struct octets rest = value ? *value : octets_of(""), part;

    while (octets_next(&rest, ':', &part))
        if (octets_equal(octets_trim(part), flag))
            return true;
    return false;
}

static void judge_rsa(struct reading *reading, struct octets bytes)
{
    struct dkim_key *key = reading->key;

    key->bits = dkim_rsa_bits(bytes);
    if (key->bits == 0) {
        fail(reading, "the key is not an RSA public key");
        return;
    }
    key->state = key->bits < 2048 ? DKIM_WEAK : DKIM_OK;
    if (key->bits < 1024)
        key->why = arena_format(reading->arena,
                                "%u bits: receivers must not accept fewer than 1024 (RFC 8301 3.2)",
                                key->bits);
    else
        key->why = arena_format(reading->arena, "RSA with %u bits%s", key->bits,
                                key->bits < 2048 ? "; 2048 are advised (RFC 8301 3.2)" : "");
}

static void judge_ed25519(struct reading *reading, struct octets bytes)
{
    if (bytes.length != 32) {
        fail(reading, "an Ed25519 key has 32 octets (RFC 8463 4)");
        return;
    }
    reading->key->bits = 256;
    reading->key->state = DKIM_OK;
    reading->key->why = "Ed25519";
}

static void judge_key(struct reading *reading, struct octets text)
{
    struct octets bytes;

    if (text.length == 0) {
        reading->key->state = DKIM_REVOKED;
        reading->key->why = "p= is empty: signatures of this selector fail";
    } else if (!dkim_base64(reading->arena, text, &bytes)) {
        fail(reading, "p= is not base64");
    } else if (strcmp(reading->key->algorithm, "rsa") == 0) {
        judge_rsa(reading, bytes);
    } else if (strcmp(reading->key->algorithm, "ed25519") == 0) {
        judge_ed25519(reading, bytes);
    } else {
        fail(reading, "k= is neither rsa nor ed25519");
    }
}

static const char *version_fault(const struct tags *tags)
{
    const struct octets *version = tags_value(tags, "v");

    if (version && version != &tags->tags[0].value)
        return "v= is not the first tag";
    if (version && !octets_equal(*version, "DKIM1"))
        return "the version is not DKIM1";
    return tags->error;
}

static void read_key(struct reading *reading, struct octets text)
{
    struct dkim_key *key = reading->key;
    const struct octets *algorithm, *public_key;

    reading->tags = tags_parse(reading->arena, text);
    key->text = octets_shown(reading->arena, text);
    algorithm = tags_value(&reading->tags, "k");
    key->algorithm = algorithm ? octets_shown(reading->arena, *algorithm) : "rsa";
    key->testing = has_flag(&reading->tags, "t", "y");
    key->strict = has_flag(&reading->tags, "t", "s");
    public_key = tags_value(&reading->tags, "p");
    if (version_fault(&reading->tags))
        fail(reading, version_fault(&reading->tags));
    else if (!public_key)
        fail(reading, "there is no p= tag, so no key");
    else
        judge_key(reading, *public_key);
}

static bool looks_like_key(struct arena *arena, struct octets text)
{
    struct tags tags = tags_parse(arena, text);

    return octets_begin(text, "v=DKIM1") || tags_value(&tags, "p") != NULL;
}

static void read_reply(struct reading *reading)
{
    struct dkim_key *key = reading->key;
    const struct record *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < key->reply->record_count; i++)
        if (looks_like_key(reading->arena, key->reply->records[i]->txt.joined) && count++ == 0)
            found = key->reply->records[i];
    key->why = "no key record";
    if (found)
        read_key(reading, found->txt.joined);
    if (count > 1)
        fail(reading, "there are several key records: which one counts is not defined");
}

static void judge(struct reading *reading)
{
    struct dkim_key *key = reading->key;

    key->state = DKIM_PENDING;
    key->why = "not answered yet";
    if (!key->reply)
        return;
    key->delegated = key->reply->alias_count > 0 ? key->reply->canonical : NULL;
    key->state = DKIM_UNKNOWN;
    key->why = outcome_failure(key->reply->outcome);
    if (outcome_is_temporary(key->reply->outcome))
        return;
    key->state = DKIM_ABSENT;
    read_reply(reading);
}

/* ---- all selectors ---- */

struct probing {
    const struct lookup *lookup;
    struct arena *arena;
    const char *domain;
    struct dkim *dkim;
    struct dkim_key *keys;
};

static const char *key_name(struct probing *probing, const char *selector)
{
    const char *prefix = arena_format(probing->arena, "%s._domainkey", selector);
    char name[NAME_TEXT];

    if (name_join(prefix, probing->domain, name) != STATUS_OK)
        return NULL;
    return arena_dup(probing->arena, name);
}

static struct dkim_key probe(struct probing *probing, const char *selector)
{
    struct dkim_key key = {.selector = selector, .service = ""};
    struct reading reading = {.arena = probing->arena, .key = &key};

    key.name = key_name(probing, selector);
    if (!key.name) {
        key.name = probing->domain;
        fail(&reading, "the selector is no label");
        return key;
    }
    key.reply = lookup_find(probing->lookup, key.name, TYPE_TXT);
    judge(&reading);
    return key;
}

static bool is_known(const struct probing *probing, const char *name)
{
    for (size_t i = 0; i < probing->dkim->count; i++)
        if (strcmp(probing->keys[i].name, name) == 0)
            return true;
    return false;
}

static const char *service_of(const char *selector)
{
    for (size_t i = 0; i < dkim_selectors_count(); i++)
        if (octets_equal(octets_of(selector), selectors[i].selector))
            return selectors[i].service;
    return "";
}

static void add_selector(struct probing *probing, const char *selector, bool typed)
{
    struct dkim *dkim = probing->dkim;
    struct dkim_key key = probe(probing, selector);

    if (is_known(probing, key.name))
        return;
    key.typed = typed;
    key.service = service_of(selector);
    probing->keys[dkim->count++] = key;
    dkim->found += key.text != NULL;
    dkim->complete &= key.state != DKIM_PENDING;
}

struct dkim *dkim_build(const struct lookup *lookup, struct arena *arena, const char *domain,
                        const char *const *typed, size_t count, const char *label)
{
    struct dkim *dkim = arena_alloc(arena, 1, sizeof *dkim);
    struct probing probing = {.lookup = lookup, .arena = arena, .domain = domain, .dkim = dkim};
    struct dkim_key nobody;

    probing.keys = arena_alloc(arena, count + dkim_selectors_count() + 1, sizeof *probing.keys);
    dkim->keys = probing.keys;
    dkim->complete = true;
    for (size_t i = 0; i < count; i++)
        add_selector(&probing, typed[i], true);
    for (size_t i = 0; i < dkim_selectors_count(); i++)
        add_selector(&probing, selectors[i].selector, false);
    if (label) {
        nobody = probe(&probing, label);
        dkim->complete &= nobody.state != DKIM_PENDING;
        dkim->wildcard = nobody.text != NULL;
    }
    return dkim;
}
