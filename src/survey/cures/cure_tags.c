/* Cures of findings about DKIM keys, MTA-STS and TLS-RPT. */
#include "dns/name.h"
#include "survey/cures/cure.h"

#include <string.h>

static struct octets octets_in(struct arena *arena, const struct text *text)
{
    return (struct octets){(const uint8_t *)arena_dup_bytes(arena, text_get(text), text->length),
                           text->length};
}

/* The record itself, or what it was meant to be. */
static struct octets meant_by(struct cure *cure, enum near_kind kind, const struct record *record)
{
    struct octets meant = cure_meant_text(cure, kind, record);

    return meant.length > 0 ? meant : record->txt.joined;
}

static void replace_if_changed(struct cure *cure, const struct record *record, struct octets text)
{
    if (text.bytes != record->txt.joined.bytes)
        cure_replace_text(cure, record, text);
}

/* ---- MTA-STS ---- */

/* The letters and digits of an id; "1" when it has none (RFC 8461 3.1). */
static const char *good_id(struct cure *cure, struct octets id)
{
    enum { ID_MAX = 32 };
    char *good = arena_alloc(cure->arena, ID_MAX + 1, 1);
    size_t length = 0;

    for (size_t i = 0; i < id.length && length < ID_MAX; i++)
        if (octet_is_letter(id.bytes[i]) || octet_is_digit(id.bytes[i]))
            good[length++] = (char)id.bytes[i];
    return length > 0 ? good : "1";
}

static struct octets with_id(struct cure *cure, struct octets text)
{
    struct tags tags = tags_parse(cure->arena, text);
    const struct octets *id = tags_value(&tags, "id");
    const struct octets *version = tags_value(&tags, "v");
    size_t begin;

    if (id) {
        begin = (size_t)(id->bytes - text.bytes);
        return octets_equal(*id, good_id(cure, *id))
                   ? text
                   : cure_splice(cure->arena, text, begin, begin + id->length, good_id(cure, *id));
    }
    if (!version)
        return text;
    begin = (size_t)(version->bytes - text.bytes) + version->length;
    return cure_splice(cure->arena, text, begin, begin, "; id=1");
}

/* Parts that are no tag at all go. */
static struct octets tags_only(struct cure *cure, struct octets text)
{
    struct tags tags = tags_parse(cure->arena, text);
    struct text out = {0};
    struct octets octets;

    if (!tags.error)
        return text;
    tags_print(&tags, &out);
    octets = octets_in(cure->arena, &out);
    text_clear(&out);
    return octets;
}

static void cure_mta_sts(struct cure *cure)
{
    const struct mta_sts *mta_sts = cure->setup->mta_sts;
    struct octets text;

    if (mta_sts->state == POLICY_NONE)
        cure_move(cure, mta_sts->name, NEAR_MTA_STS);
    if (mta_sts->state != POLICY_SYNTAX || !mta_sts->record)
        return;
    cure->asks = true; /* about the host that serves the policy, too */
    text = tags_only(cure, meant_by(cure, NEAR_MTA_STS, mta_sts->record));
    replace_if_changed(cure, mta_sts->record, with_id(cure, text));
}

/* ---- TLS-RPT ---- */

static const struct record *only_record(const struct reply *reply)
{
    return reply && reply->record_count == 1 ? reply->records[0] : NULL;
}

static const char *report_address(const struct cure *cure)
{
    return arena_format(cure->arena, "mailto:tls@%s",
                        name_shown(cure->arena, cure->setup->view->domain));
}

static struct octets with_address(struct cure *cure, struct octets text)
{
    struct tags tags = tags_parse(cure->arena, text);
    const struct octets *rua = tags_value(&tags, "rua"), *version = tags_value(&tags, "v");
    size_t begin;

    if (rua && rua->length > 0)
        return cure_with_schemes(cure, text, "rua");
    if (!cure_takes_mail(cure) || !version)
        return text;
    begin = (size_t)((rua ? rua : version)->bytes - text.bytes) + (rua ? rua : version)->length;
    return cure_splice(
        cure->arena, text, begin, begin,
        arena_format(cure->arena, "%s%s", rua ? "" : "; rua=", report_address(cure)));
}

static void cure_tls_rpt(struct cure *cure)
{
    const struct record *record = only_record(cure->setup->tls_rpt->reply);

    if (cure->setup->tls_rpt->state == POLICY_NONE)
        cure_move(cure, cure->setup->tls_rpt->name, NEAR_TLS_RPT);
    if (record && cure->setup->tls_rpt->state == POLICY_SYNTAX)
        replace_if_changed(
            cure, record,
            with_address(cure, tags_only(cure, meant_by(cure, NEAR_TLS_RPT, record))));
}

static void cure_tls_rpt_none(struct cure *cure)
{
    if (cure_takes_mail(cure))
        cure_add_text(
            cure, cure->setup->tls_rpt->name, CURE_TTL,
            octets_of(arena_format(cure->arena, "v=TLSRPTv1; rua=%s", report_address(cure))));
}

/* ---- BIMI ---- */

static void cure_bimi(struct cure *cure)
{
    const struct bimi *bimi = cure->setup->bimi;
    const struct record *record = only_record(bimi->reply);

    if (bimi->state == POLICY_NONE)
        cure_move(cure, bimi->name, NEAR_BIMI);
    else if (record && bimi->state == POLICY_SYNTAX)
        replace_if_changed(cure, record, meant_by(cure, NEAR_BIMI, record));
}

/* ---- DKIM ---- */

/* Under a wildcard no name has a record of its own. */
static const struct dkim_key *find_key(const struct cure *cure)
{
    const struct dkim *dkim = cure->setup->dkim;

    for (size_t i = 0; i < dkim->count && !dkim->wildcard; i++)
        if (strcmp(dkim->keys[i].name, cure->finding->subject) == 0)
            return &dkim->keys[i];
    return NULL;
}

static bool has_tag(struct cure *cure, const struct record *record, const char *name)
{
    struct tags tags = tags_parse(cure->arena, record->txt.joined);

    return tags_value(&tags, name) != NULL;
}

/* A key that was cut into two records where two strings of one were meant. */
static void join_records(struct cure *cure, const struct reply *reply)
{
    bool second = !has_tag(cure, reply->records[0], "p") && has_tag(cure, reply->records[1], "p");
    const struct record *head = reply->records[second], *rest = reply->records[!second];
    struct text text = {0};

    if (!has_tag(cure, head, "p") || has_tag(cure, rest, "p") || has_tag(cure, rest, "v"))
        return;
    text_add_bytes(&text, head->txt.joined.bytes, head->txt.joined.length);
    text_add_bytes(&text, rest->txt.joined.bytes, rest->txt.joined.length);
    cure_remove(cure, rest);
    cure_replace_text(cure, head, octets_in(cure->arena, &text));
    cure_say(cure, "Publish the key in one record; a record may have several strings.");
    text_clear(&text);
}

static void cure_dkim_missing(struct cure *cure)
{
    cure_move(cure, cure->finding->subject, NEAR_DKIM);
}

static void cure_dkim_syntax(struct cure *cure)
{
    const struct dkim_key *key = find_key(cure);
    const struct record *record = key ? only_record(key->reply) : NULL;

    if (key && key->reply && key->reply->record_count == 2)
        join_records(cure, key->reply);
    else if (record)
        replace_if_changed(cure, record, meant_by(cure, NEAR_DKIM, record));
}

/* t=y goes, the other flags stay. */
static void cure_dkim_testing(struct cure *cure)
{
    const struct dkim_key *key = find_key(cure);
    const struct record *record = key ? only_record(key->reply) : NULL;
    struct tags tags = tags_parse(cure->arena, record ? record->txt.joined : octets_of(""));
    const struct octets *flags = tags_value(&tags, "t");
    struct octets rest = flags ? *flags : octets_of(""), flag;
    struct text kept = {0};
    struct octets text;
    size_t begin;

    cure->optional = true;
    if (!flags)
        return;
    while (octets_next(&rest, ':', &flag)) {
        flag = octets_trim(flag);
        if (octets_equal(flag, "y"))
            continue;
        text_add(&kept, kept.length > 0 ? ":" : "");
        text_add_bytes(&kept, flag.bytes, flag.length);
    }
    text = record->txt.joined;
    begin = (size_t)(flags->bytes - text.bytes);
    text = kept.length
               ? cure_splice(cure->arena, text, begin, begin + flags->length, text_get(&kept))
               : cure_without_tag(cure->arena, text, *flags);
    cure_replace_text(cure, record, text);
    text_clear(&kept);
}

const struct cure_maker cure_makers_tags[] = {
    {"mta-sts-syntax", cure_mta_sts},    {"tls-rpt-syntax", cure_tls_rpt},
    {"tls-rpt-none", cure_tls_rpt_none}, {"bimi-unusable", cure_bimi},
    {"dkim-missing", cure_dkim_missing}, {"dkim-syntax", cure_dkim_syntax},
    {"dkim-testing", cure_dkim_testing}, {NULL, NULL},
};
