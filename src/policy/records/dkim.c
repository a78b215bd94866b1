#include "policy/records/dkim.h"

#include "base/message.h"
#include "dns/formats/der.h"
#include "dns/formats/reply_why.h"
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
    [DKIM_PENDING] = N_("waiting"),     [DKIM_UNKNOWN] = "look-up failed",
    [DKIM_ABSENT] = N_("none"),         [DKIM_OK] = N_("ok"),
    [DKIM_WEAK] = N_("weak"),           [DKIM_REVOKED] = N_("revoked"),
    [DKIM_SYNTAX] = N_("syntax error"), [DKIM_UNUSABLE] = N_("not usable"),
    [DKIM_WILDCARD] = N_("wildcard"),
};

const char *dkim_state_text(enum dkim_state state)
{
    return states[state];
}

const char *dkim_state_word(enum dkim_state state)
{
    return state == DKIM_UNKNOWN ? tr("lookup failed") : tr(states[state]);
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

static bool is_version(struct octets version)
{
    return version.length == 5 && memcmp(version.bytes, "DKIM1", 5) == 0;
}

static void judge_rsa(struct reading *reading, struct octets bytes)
{
    struct dkim_key *key = reading->key;

    key->bits = dkim_rsa_bits(bytes);
    if (key->bits == 0) {
        fail(reading, der_is_cut(bytes) ? tr("the key is cut off in the middle")
                                        : tr("the key is not an RSA public key"));
        return;
    }
    key->state = key->bits < 2048 ? DKIM_WEAK : DKIM_OK;
    if (key->bits < 1024)
        key->why = arena_format(
            reading->arena, tr("%u bits: receivers must not accept fewer than 1024 (RFC 8301 3.2)"),
            key->bits);
    else
        key->why =
            arena_format(reading->arena,
                         key->bits < 2048 ? tr("RSA with %u bits; 2048 are advised (RFC 8301 3.2)")
                                          : tr("RSA with %u bits"),
                         key->bits);
}

static void judge_ed25519(struct reading *reading, struct octets bytes)
{
    if (bytes.length != 32) {
        fail(reading, tr("an Ed25519 key has 32 octets (RFC 8463 4)"));
        return;
    }
    reading->key->bits = 256;
    reading->key->state = DKIM_OK;
    reading->key->why = "Ed25519";
}

static bool is_pem(struct octets text)
{
    return octets_begin(octets_trim(text), "-----BEGIN");
}

static void judge_key(struct reading *reading, struct octets text)
{
    struct octets bytes;

    if (text.length == 0) {
        reading->key->state = DKIM_REVOKED;
        reading->key->why = tr("p= is empty: signatures of this selector fail");
    } else if (!dkim_base64(reading->arena, text, &bytes)) {
        fail(reading, is_pem(text) ? tr("p= has the first and last line of a PEM file")
                                   : tr("p= is not base64"));
    } else if (strcmp(reading->key->algorithm, "rsa") == 0) {
        judge_rsa(reading, bytes);
    } else if (strcmp(reading->key->algorithm, "ed25519") == 0) {
        judge_ed25519(reading, bytes);
    } else {
        fail(reading, tr("k= is neither rsa nor ed25519"));
    }
}

/* RFC 6376 3.6.1: v= is the first tag, and DKIM1 in this case. */
static const char *version_fault(struct reading *reading, const struct record *record)
{
    const struct tags *tags = &reading->tags;
    const struct octets *version = tags_value(tags, "v");
    const struct tag *repeated = tags_repeated(tags, false);
    struct near_miss miss;

    if (near_miss_of(reading->arena, NEAR_DKIM, record, &miss))
        return miss.why;
    if (version && version != &tags->tags[0].value)
        return tr("v= is not the first tag");
    if (version && !is_version(*version))
        return arena_format(reading->arena, tr("v=%s is not DKIM1, so the record is discarded"),
                            octets_shown(reading->arena, *version));
    if (repeated)
        return arena_format(
            reading->arena,
            tr("%s= is in it twice, which makes the whole record invalid (RFC 6376 3.2)"),
            octets_shown(reading->arena, repeated->name));
    return tags->error;
}

/* A list that is absent allows everything. */
static bool allows(const struct tags *tags, const char *tag, const char *flag)
{
    return !tags_value(tags, tag) || has_flag(tags, tag, flag);
}

/* s= says what the key is for, h= which hashes may be signed (RFC 6376 3.6.1, RFC 8301 3.1). */
static const char *unusable(const struct tags *tags)
{
    if (!allows(tags, "s", "*") && !allows(tags, "s", "email"))
        return tr("s= is neither * nor email, so the key is not for mail");
    if (!allows(tags, "h", "sha256"))
        return tr("h= does not allow sha256, and receivers accept no other hash (RFC 8301 3.1)");
    return NULL;
}

static void read_key(struct reading *reading, const struct record *record)
{
    struct octets text = record->txt.joined;
    struct dkim_key *key = reading->key;
    const struct octets *algorithm, *public_key;
    const char *fault;

    reading->tags = tags_parse(reading->arena, text);
    key->text = octets_shown(reading->arena, text);
    algorithm = tags_value(&reading->tags, "k");
    key->algorithm = algorithm ? octets_shown(reading->arena, *algorithm) : "rsa";
    key->testing = has_flag(&reading->tags, "t", "y");
    public_key = tags_value(&reading->tags, "p");
    fault = version_fault(reading, record);
    if (fault)
        fail(reading, fault);
    else if (!public_key)
        fail(reading,
             policy_missing(reading->arena, NEAR_DKIM, text, tr("there is no p= tag, so no key")));
    else
        judge_key(reading, *public_key);
    fault = unusable(&reading->tags);
    if (fault && (key->state == DKIM_OK || key->state == DKIM_WEAK)) {
        key->state = DKIM_UNUSABLE;
        key->why = fault;
    }
}

/* A DMARC record has p=, too; a wildcard may show it where keys are looked for. */
static bool is_of_another_kind(struct octets text)
{
    static const enum near_kind others[] = {NEAR_SPF, NEAR_DMARC, NEAR_MTA_STS, NEAR_TLS_RPT,
                                            NEAR_BIMI};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (near_miss_is_good(others[i], text))
            return true;
    return false;
}

/* Has it what a key has, whatever version it says it is? */
static bool looks_like_key(struct arena *arena, const struct record *record)
{
    struct tags tags = tags_parse(arena, record->txt.joined);
    struct near_miss miss;

    if (is_of_another_kind(record->txt.joined))
        return false;
    return tags_value(&tags, "p") || near_miss_is_good(NEAR_DKIM, record->txt.joined) ||
           near_miss_of(arena, NEAR_DKIM, record, &miss);
}

/* What says another version is discarded before keys are counted (RFC 6376 3.6.1). */
static bool is_discarded(struct arena *arena, struct octets text)
{
    struct tags tags = tags_parse(arena, text);
    const struct octets *version = tags_value(&tags, "v");

    return version && version == &tags.tags[0].value && !is_version(*version);
}

static size_t count_keys(struct reading *reading, bool discarded, const struct record **first)
{
    const struct reply *reply = reading->key->reply;
    size_t count = 0;

    for (size_t i = 0; i < reply->record_count; i++) {
        const struct record *record = reply->records[i];

        if (is_discarded(reading->arena, record->txt.joined) == discarded &&
            looks_like_key(reading->arena, record) && count++ == 0)
            *first = record;
    }
    return count;
}

static void read_reply(struct reading *reading)
{
    const struct record *found = NULL;
    size_t count = count_keys(reading, false, &found);

    reading->key->why = tr("no key record");
    if (count == 0)
        count_keys(reading, true, &found);
    if (found)
        read_key(reading, found);
    if (count > 1)
        fail(reading, tr("there are several key records: which one counts is not defined"));
}

static void judge(struct reading *reading)
{
    struct dkim_key *key = reading->key;

    key->state = DKIM_PENDING;
    key->why = tr("not answered yet");
    if (!key->reply)
        return;
    key->delegated = key->reply->alias_count > 0 ? key->reply->canonical : NULL;
    key->state = DKIM_UNKNOWN;
    key->why = reply_failure(reading->arena, key->reply);
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
    char all[NAME_TEXT], name[NAME_TEXT];

    if (name_join("_domainkey", probing->domain, all) != STATUS_OK ||
        name_join(selector, all, name) != STATUS_OK)
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
        fail(&reading, tr("the selector is no label"));
        return key;
    }
    key.reply = lookup_find(probing->lookup, key.name, TYPE_TXT);
    judge(&reading);
    return key;
}

/* Among the first `count`. */
static bool is_known(const struct probing *probing, const char *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
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

static void add_key(struct probing *probing, struct dkim_key key)
{
    struct dkim *dkim = probing->dkim;

    probing->keys[dkim->count++] = key;
    dkim->found += key.text != NULL;
    dkim->complete &= key.state != DKIM_PENDING;
}

static void add_typed(struct probing *probing, const char *selector)
{
    struct dkim_key key = probe(probing, selector);

    key.typed = true;
    key.service = service_of(selector);
    if (!is_known(probing, key.name, probing->dkim->count))
        add_key(probing, key);
}

/* The key that stands for all selectors of the table. */
static void add_for_all(struct probing *probing, struct dkim_key key, const char *below,
                        const char *why)
{
    char name[NAME_TEXT];

    key.selector = "*";
    key.why = why;
    if (name_join(below, probing->domain, name) == STATUS_OK)
        key.name = arena_dup(probing->arena, name);
    probing->keys[probing->dkim->count++] = key;
}

static void add_wildcard(struct probing *probing, struct dkim_key nobody)
{
    if (nobody.state == DKIM_OK)
        nobody.state = DKIM_WILDCARD;
    add_for_all(probing, nobody, "*._domainkey",
                arena_format(probing->arena,
                             tr("a random selector has this key, so every one has it: %s"),
                             nobody.why));
}

/* Takes the failed ones of the table out of the list; one line stands for them. */
static void fold_failed(struct probing *probing, size_t first)
{
    struct dkim *dkim = probing->dkim;
    struct dkim_key failed = {0};
    size_t kept = first;

    for (size_t i = first; i < dkim->count; i++) {
        if (probing->keys[i].state != DKIM_UNKNOWN)
            probing->keys[kept++] = probing->keys[i];
        else if (dkim->failed++ == 0)
            failed = probing->keys[i];
    }
    if (dkim->failed == 0)
        return;
    dkim->count = kept;
    add_for_all(probing, failed, "_domainkey",
                kept == first
                    ? arena_format(probing->arena,
                                   tr("no name below _domainkey is known. The first reason: %s"),
                                   failed.why)
                    : arena_format(probing->arena, tr("%zu of %zu selectors %s"), dkim->failed,
                                   dkim_selectors_count(), failed.why));
}

static void try_table(struct probing *probing)
{
    size_t first = probing->dkim->count;

    for (size_t i = 0; i < dkim_selectors_count(); i++) {
        struct dkim_key key = probe(probing, selectors[i].selector);
        bool named = key.name != probing->domain; /* no two of the table alike */

        key.service = selectors[i].service;
        if (!is_known(probing, key.name, named ? first : probing->dkim->count))
            add_key(probing, key);
    }
    probing->dkim->tried = probing->dkim->count;
    fold_failed(probing, first);
}

struct dkim *dkim_build(const struct lookup *lookup, const struct lookup *guesses,
                        struct arena *arena, const char *domain, const char *const *typed,
                        size_t count, const char *label)
{
    struct dkim *dkim = arena_alloc(arena, 1, sizeof *dkim);
    struct probing probing = {.lookup = lookup, .arena = arena, .domain = domain, .dkim = dkim};
    struct dkim_key nobody = {.state = DKIM_ABSENT};

    probing.keys = arena_alloc(arena, count + dkim_selectors_count() + 1, sizeof *probing.keys);
    dkim->keys = probing.keys;
    dkim->complete = true;
    for (size_t i = 0; i < count; i++)
        add_typed(&probing, typed[i]);
    dkim->tried = dkim->count;
    probing.lookup = guesses;
    if (label)
        nobody = probe(&probing, label);
    dkim->nobody = nobody.reply;
    dkim->wildcard = nobody.text != NULL;
    if (nobody.state == DKIM_PENDING)
        dkim->complete = false;
    else if (dkim->wildcard)
        add_wildcard(&probing, nobody);
    else
        try_table(&probing);
    return dkim;
}

struct dkim *dkim_build_key(const struct lookup *lookup, struct arena *arena, const char *domain,
                            const char *selector)
{
    struct dkim *dkim = arena_alloc(arena, 1, sizeof *dkim);
    struct probing probing = {.lookup = lookup, .arena = arena, .domain = domain, .dkim = dkim};

    probing.keys = arena_alloc(arena, 1, sizeof *probing.keys);
    dkim->keys = probing.keys;
    dkim->complete = true;
    add_typed(&probing, selector);
    dkim->tried = dkim->count;
    return dkim;
}

const struct dkim_key *dkim_faulty(const struct dkim *dkim)
{
    static const enum dkim_state worst_first[] = {DKIM_SYNTAX, DKIM_UNUSABLE, DKIM_WEAK};

    for (size_t k = 0; k < sizeof worst_first / sizeof worst_first[0]; k++)
        for (size_t i = 0; i < dkim->count; i++)
            if (dkim->keys[i].state == worst_first[k])
                return &dkim->keys[i];
    return NULL;
}

const struct reply *dkim_failed(const struct dkim *dkim)
{
    for (size_t i = 0; !dkim->found && !dkim->wildcard && i < dkim->count; i++)
        if (dkim->keys[i].state == DKIM_UNKNOWN)
            return dkim->keys[i].reply;
    return NULL;
}

bool dkim_has_unknown(const struct dkim *dkim)
{
    for (size_t i = 0; i < dkim->count; i++)
        if (dkim->keys[i].state == DKIM_UNKNOWN)
            return true;
    return false;
}

const char *dkim_summary(const struct dkim *dkim)
{
    const struct dkim_key *faulty = dkim_faulty(dkim);

    if (dkim->found > 0)
        return faulty ? dkim_state_word(faulty->state) : tr("found");
    if (dkim->wildcard)
        return tr("wildcard");
    return dkim_has_unknown(dkim) ? tr("lookup failed") : tr("none found");
}

const char *dkim_sentence(const struct dkim *dkim)
{
    if (dkim->wildcard)
        return tr("A wildcard answers for every selector, so a key found here proves nothing. "
                  "Common selectors are not tried.");
    if (dkim->found)
        return tr(
            "Selectors cannot be listed, so mxtrail tries common ones. There may be more keys.");
    return tr(
        "Selectors cannot be listed, so mxtrail tries common ones. Keys may exist under others.");
}
