/* Cures of findings about DMARC and the other lists of tags. */
#include "dns/name.h"
#include "dns/type.h"
#include "survey/cures/cure.h"

#include <string.h>

static const struct dmarc *dmarc_of(const struct cure *cure)
{
    return cure->setup->dmarc;
}

static const struct dmarc_step *step_of(const struct cure *cure, const char *name)
{
    for (size_t i = 0; i < dmarc_of(cure)->step_count; i++)
        if (strcmp(dmarc_of(cure)->steps[i].name, name) == 0)
            return &dmarc_of(cure)->steps[i];
    return NULL;
}

/* The record a step was read from, when it is the only one that counts. */
static const struct record *record_of(const struct dmarc_step *step)
{
    return step && step->record ? step->found : NULL;
}

/* ---- one tag ---- */

/* The text with another value for the tag, and everything else as it is. */
static struct octets with_value(struct cure *cure, struct octets text, const struct tag *tag,
                                const char *value)
{
    size_t begin = (size_t)(tag->value.bytes - text.bytes);

    return cure_splice(cure->arena, text, begin, begin + tag->value.length, value);
}

static void change_tag(struct cure *cure, const struct dmarc_step *step, const char *name,
                       const char *value)
{
    const struct record *record = record_of(step);
    const struct tag *tag = record ? tags_find_any_case(&step->record->tags, name) : NULL;

    if (tag)
        cure_replace_text(cure, record, with_value(cure, record->txt.joined, tag, value));
}

/* ---- there is none ---- */

static const char *organisational(const struct cure *cure)
{
    return dmarc_of(cure)->organisational_by_suffix;
}

/* A new record belongs at the organisational domain: it counts for all names below, too. */
static const char *new_owner(struct cure *cure)
{
    char name[NAME_TEXT];

    return name_join("_dmarc", organisational(cure), name) == STATUS_OK
               ? arena_dup(cure->arena, name)
               : NULL;
}

static bool organisation_takes_mail(struct cure *cure)
{
    const struct reply *mx;

    if (strcmp(organisational(cure), cure->setup->view->domain) == 0)
        return cure_takes_mail(cure);
    mx = cure_lookup(cure, organisational(cure), TYPE_MX);
    return mx && mx->outcome == OUTCOME_ANSWERED && !name_is_root(mx->records[0]->mx.exchange);
}

/* A record at the name itself moves to where receivers look; false without one. */
static bool move_record(struct cure *cure, const char *owner)
{
    const struct reply *reply = cure->setup->spf->root->reply;

    for (size_t i = 0; reply && i < reply->record_count; i++) {
        struct octets meant = cure_meant_text(cure, NEAR_DMARC, reply->records[i]);

        if (meant.length == 0)
            continue;
        cure_remove(cure, reply->records[i]);
        cure_add_text(cure, owner, reply->records[i]->ttl, meant);
        return true;
    }
    return false;
}

static void cure_none(struct cure *cure)
{
    const char *owner = new_owner(cure), *text;

    if (!owner || move_record(cure, owner) ||
        (dmarc_of(cure)->step_count > 0 &&
         cure_move(cure, dmarc_of(cure)->steps[0].name, NEAR_DMARC)))
        return;
    if (cure->setup->exchanges->null_mx)
        text = "v=DMARC1; p=reject";
    else if (!organisation_takes_mail(cure))
        text = "v=DMARC1; p=none";
    else
        text = arena_format(cure->arena, "v=DMARC1; p=none; rua=mailto:dmarc@%s",
                            name_shown(cure->arena, organisational(cure)));
    cure_add_text(cure, owner, CURE_TTL, octets_of(text));
}

/* ---- report addresses ---- */

/* Adds the address with "mailto:" in front, once; false when that is as it was. */
static bool add_address(struct octets word, struct text *out)
{
    static const char *const fronts[] = {"mailto:mailto:", "mailto://"};
    struct octets address = word;
    bool lacks = memchr(word.bytes, '@', word.length) && !memchr(word.bytes, ':', word.length);

    for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++)
        if (octets_begin(word, fronts[i]))
            address = octets_part(word, strlen(fronts[i]), word.length);
    lacks |= address.length != word.length;
    text_add(out, out->length > 0 ? "," : "");
    text_add(out, lacks ? "mailto:" : "");
    text_add_bytes(out, address.bytes, address.length);
    return lacks;
}

/* "mailto:" in front of every address that lacks it, and commas between them; false when nothing
 * changes. */
static bool with_schemes(struct octets value, struct text *out)
{
    struct octets uri;
    bool changed = false;

    while (octets_next(&value, ',', &uri)) {
        struct octets rest = octets_trim(uri), word;

        if (memchr(rest.bytes, '"', rest.length)) {
            changed |= add_address(rest, out);
            continue;
        }
        changed |= memchr(rest.bytes, ' ', rest.length) != NULL;
        while (octets_next(&rest, ' ', &word))
            if (word.length > 0 && !octets_equal(word, "mailto:"))
                changed |= add_address(word, out);
    }
    return changed;
}

struct octets cure_with_schemes(struct cure *cure, struct octets text, const char *name)
{
    struct tags tags = tags_parse(cure->arena, text);
    const struct tag *tag = tags_find_any_case(&tags, name);
    struct text value = {0};

    if (tag && with_schemes(tag->value, &value))
        text = with_value(cure, text, tag, text_get(&value));
    text_clear(&value);
    return text;
}

static void cure_report_address(struct cure *cure)
{
    const struct dmarc_step *step = NULL;
    const struct record *record;
    struct octets text;

    for (size_t i = 0; i < dmarc_of(cure)->step_count; i++)
        if (dmarc_of(cure)->steps[i].record == dmarc_of(cure)->record)
            step = &dmarc_of(cure)->steps[i];
    record = record_of(step);
    if (!record)
        return;
    text = cure_with_schemes(cure, record->txt.joined, "rua");
    text = cure_with_schemes(cure, text, "ruf");
    if (text.bytes != record->txt.joined.bytes)
        cure_replace_text(cure, record, text);
}

/* ---- policies ---- */

/* The policy that a misspelt one was meant to be; NULL when nobody can say. */
static const char *nearest_policy(struct octets value)
{
    static const struct {
        const char *begin, *policy;
    } policies[] = {{"rej", "reject"},   {"quar", "quarantine"}, {"qar", "quarantine"},
                    {"non", "none"},     {"monit", "none"},      {"report", "none"},
                    {"block", "reject"}, {"deny", "reject"},     {"spam", "quarantine"}};

    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
        if (octets_begin(value, policies[i].begin))
            return policies[i].policy;
    return NULL;
}

static bool is_policy(struct octets value)
{
    return octets_equal(value, "none") || octets_equal(value, "quarantine") ||
           octets_equal(value, "reject");
}

/* A policy that is none becomes the one that was meant; sp= and np= whose meaning nobody knows go,
 * and p= decides. */
static bool correct_policy(struct cure *cure, struct octets *text, const char *name)
{
    struct tags tags = tags_parse(cure->arena, *text);
    const struct tag *tag = tags_find_any_case(&tags, name);
    const char *nearest = tag ? nearest_policy(tag->value) : NULL;

    if (!tag || is_policy(tag->value))
        return true;
    if (nearest)
        *text = with_value(cure, *text, tag, nearest);
    else if (strcmp(name, "p") != 0)
        *text = cure_without_tag(cure->arena, *text, tag->value);
    return nearest || strcmp(name, "p") != 0;
}

/* "p:reject" and "reject" are nearly tags. */
static struct octets with_signs(struct cure *cure, struct octets text)
{
    static const char *const names[] = {"p", "sp", "np", "rua", "ruf"};
    struct octets rest = text, part;
    struct text out = {0};
    bool changed = false;

    while (octets_next(&rest, ';', &part)) {
        struct octets word = octets_trim(part);

        text_add(&out, out.length > 0 ? ";" : "");
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            size_t length = strlen(names[i]);

            if (memchr(word.bytes, '=', word.length) || word.length <= length ||
                word.bytes[length] != ':' || !octets_equal(octets_part(word, 0, length), names[i]))
                continue;
            text_format(&out, " %s=", names[i]);
            part = octets_part(word, length + 1, word.length);
            changed = true;
            break;
        }
        if (is_policy(word)) {
            text_add(&out, " p=");
            part = word;
            changed = true;
        }
        text_add_bytes(&out, part.bytes, part.length);
    }
    if (changed)
        text = (struct octets){
            (const uint8_t *)arena_dup_bytes(cure->arena, text_get(&out), out.length), out.length};
    text_clear(&out);
    return text;
}

/* "p=reject, rua=..." and "policy=reject": the tags that are meant. */
static struct octets with_tags_apart(struct cure *cure, struct octets text)
{
    static const char *const names[] = {
        "p=", "sp=", "np=", "rua=", "ruf=", "adkim=", "aspf=", "fo="};
    struct text out = {0};
    struct octets octets;

    for (size_t i = 0; i < text.length; i++) {
        struct octets behind = octets_trim(octets_part(text, i + 1, text.length));
        bool begins = false;

        for (size_t k = 0; k < sizeof names / sizeof names[0] && text.bytes[i] == ','; k++)
            begins |= octets_begin(behind, names[k]);
        text_add_char(&out, begins ? ';' : (char)text.bytes[i]);
    }
    octets = (struct octets){
        (const uint8_t *)arena_dup_bytes(cure->arena, text_get(&out), out.length), out.length};
    text_clear(&out);
    return text.length == 0 || memcmp(octets.bytes, text.bytes, text.length) == 0 ? text : octets;
}

static struct octets with_policy_named(struct cure *cure, struct octets text)
{
    struct tags tags = tags_parse(cure->arena, text);
    const struct tag *tag = tags_find_any_case(&tags, "policy");
    size_t begin;

    if (!tag || !is_policy(tag->value) || tags_find_any_case(&tags, "p"))
        return text;
    begin = (size_t)(tag->name.bytes - text.bytes);
    return cure_splice(cure->arena, text, begin, begin + tag->name.length, "p");
}

/* p= stands next to v=. */
static void add_policy(struct cure *cure, struct octets *text)
{
    struct tags tags = tags_parse(cure->arena, *text);
    size_t end;

    if (tags.count == 0 || tags_find_any_case(&tags, "p"))
        return;
    end = (size_t)(tags.tags[0].value.bytes - text->bytes) + tags.tags[0].value.length;
    *text = cure_splice(cure->arena, *text, end, end, "; p=none");
}

/* Of two values of a tag: the stricter policy, else the first. */
static bool is_stricter(struct octets value, struct octets than)
{
    static const char *const order[] = {"none", "quarantine", "reject"};
    int rank = -1, other = -1;

    for (int i = 0; i < 3; i++) {
        rank = octets_equal(value, order[i]) ? i : rank;
        other = octets_equal(than, order[i]) ? i : other;
    }
    return rank > other;
}

/* The text with each tag once: of policies the strictest, of others the first. */
static struct octets with_tags_once(struct cure *cure, struct octets text)
{
    struct tags tags = tags_parse(cure->arena, text);
    struct tags once = {.tags = tags.tags};
    struct tag *kept = arena_alloc(cure->arena, tags.count + 1, sizeof *kept);
    struct text out = {0};
    struct octets octets;

    if (!tags_repeated(&tags, true))
        return text;
    once.tags = kept;
    for (size_t i = 0; i < tags.count; i++) {
        size_t at = 0;

        const char *name =
            arena_dup_bytes(cure->arena, tags.tags[i].name.bytes, tags.tags[i].name.length);

        while (at < once.count && !octets_equal(kept[at].name, name))
            at++;
        if (at == once.count)
            kept[once.count++] = tags.tags[i];
        else if (is_stricter(tags.tags[i].value, kept[at].value))
            kept[at].value = tags.tags[i].value;
    }
    tags_print(&once, &out);
    octets = (struct octets){
        (const uint8_t *)arena_dup_bytes(cure->arena, text_get(&out), out.length), out.length};
    text_clear(&out);
    return octets;
}

static bool is_tag(const struct tag *tag, const char *name)
{
    return octets_equal(tag->name, name);
}

/* Has it a value that is known, for those who ask for reports about single messages? */
static bool is_known_option(struct cure *cure, const struct tag *tag)
{
    const char *text = arena_format(cure->arena, "v=DMARC1; p=none; ruf=mailto:a@b.test; fo=%s",
                                    octets_shown(cure->arena, tag->value));

    return dmarc_record_parse(cure->arena, octets_of(text))->note_count == 0;
}

/* Is the tag one that says nothing: given up by RFC 9989, or about reports that nobody gets? A part
 * of the mail is left to old receivers: only the owner knows how far the policy is tried out. */
static bool is_idle(struct cure *cure, const struct tags *tags, const struct tag *tag)
{
    if (is_tag(tag, "pct"))
        return !octets_equal(tag->value, "0");
    if (is_tag(tag, "fo"))
        return !tags_find_any_case(tags, "ruf") || !is_known_option(cure, tag);
    return is_tag(tag, "rf") || is_tag(tag, "ri");
}

static struct octets without_idle(struct cure *cure, struct octets text)
{
    struct tags tags = tags_parse(cure->arena, text);
    struct tag *list = arena_alloc(cure->arena, tags.count + 1, sizeof *list);
    struct tags kept = {.tags = list};
    struct text out = {0};
    struct octets octets;

    for (size_t i = 0; i < tags.count; i++) {
        if (!is_idle(cure, &tags, &tags.tags[i]))
            list[kept.count++] = tags.tags[i];
        else
            cure->optional |=
                is_tag(&tags.tags[i], "pct") && !octets_equal(tags.tags[i].value, "100");
    }
    if (kept.count == tags.count)
        return text;
    tags_print(&kept, &out);
    octets = (struct octets){
        (const uint8_t *)arena_dup_bytes(cure->arena, text_get(&out), out.length), out.length};
    text_clear(&out);
    return octets;
}

/* A record below that counts makes the names above it another organisation: with a record there, it
 * is not any more. */
static bool has_record_below(const struct cure *cure, const struct dmarc_step *step)
{
    for (size_t i = 0; i < dmarc_of(cure)->step_count && &dmarc_of(cure)->steps[i] != step; i++)
        if (dmarc_of(cure)->steps[i].state == POLICY_FOUND)
            return true;
    return false;
}

static void cure_syntax(struct cure *cure)
{
    const struct dmarc_step *step = step_of(cure, cure->finding->subject);
    const struct record *record = step ? step->found : NULL;
    struct octets text;

    if (!record || has_record_below(cure, step))
        return;
    text = with_tags_apart(cure, with_signs(cure, cure_meant_text(cure, NEAR_DMARC, record)));
    text = without_idle(cure, with_policy_named(cure, with_tags_once(cure, text)));
    if (text.length == 0 || !correct_policy(cure, &text, "p") ||
        !correct_policy(cure, &text, "sp") || !correct_policy(cure, &text, "np"))
        return;
    add_policy(cure, &text);
    if (text.bytes == record->txt.joined.bytes)
        return;
    cure_replace_text(cure, record, text);
    if (cure->finding->severity <= SEVERITY_WARNING)
        cure_tell(cure, "Publish \"%s\" instead.", octets_shown(cure->arena, text));
}

static enum dmarc_policy policy_of(struct cure *cure, const struct record *record)
{
    return dmarc_record_parse(cure->arena, record->txt.joined)->p;
}

/* The strictest of several records stays. */
static void cure_multiple(struct cure *cure)
{
    const struct dmarc_step *step = step_of(cure, cure->finding->subject);
    const struct record *kept = NULL;

    for (size_t i = 0; step && i < step->reply->record_count; i++) {
        const struct record *record = step->reply->records[i];

        if (dmarc_record_is(record->txt.joined) &&
            (!kept || policy_of(cure, record) > policy_of(cure, kept)))
            kept = record;
    }
    for (size_t i = 0; kept && i < step->reply->record_count; i++)
        if (step->reply->records[i] != kept && dmarc_record_is(step->reply->records[i]->txt.joined))
            cure_remove(cure, step->reply->records[i]);
    cure->asks = true; /* about those who shall get the reports */
    if (kept)
        cure_say(cure, "Keep one of them: \"%s\".", octets_shown(cure->arena, kept->txt.joined));
}

/* The next stricter policy, and reports, without which nobody sees what it does. */
static void raise_policy(struct cure *cure, const struct dmarc_step *step)
{
    const struct record *record = record_of(step);
    const struct tag *tag =
        record ? tags_find_any_case(&step->record->tags, dmarc_of(cure)->policy_tag) : NULL;
    struct octets text;
    struct tags tags;

    if (!tag)
        return;
    text = with_value(cure, record->txt.joined, tag, "quarantine");
    tags = tags_parse(cure->arena, text);
    tag = tags_find_any_case(&tags, dmarc_of(cure)->policy_tag);
    if (tag && !tags_find_any_case(&tags, "rua") && organisation_takes_mail(cure)) {
        size_t end = (size_t)(tag->value.bytes - text.bytes) + tag->value.length;

        text = cure_splice(cure->arena, text, end, end,
                           arena_format(cure->arena, "; rua=mailto:dmarc@%s",
                                        name_shown(cure->arena, organisational(cure))));
    }
    cure_replace_text(cure, record, text);
}

/* A policy that is misspelt is what makes it none. */
static void cure_policy_none(struct cure *cure)
{
    const struct dmarc_step *step = step_of(cure, cure->finding->subject);

    cure_syntax(cure);
    cure->optional = cure->added_count == 0;
    if (step && cure->optional)
        raise_policy(cure, step);
}

/* Without sp= and np= the names below have the policy of p=. */
static void cure_subdomains_none(struct cure *cure)
{
    const struct record *record = record_of(step_of(cure, cure->finding->subject));
    static const char *const names[] = {"sp", "np"};
    struct octets text;

    cure->optional = true;
    if (!record)
        return;
    text = record->txt.joined;
    for (size_t i = 0; i < 2; i++) {
        struct tags tags = tags_parse(cure->arena, text);
        const struct tag *tag = tags_find_any_case(&tags, names[i]);

        if (tag && octets_equal(tag->value, "none"))
            text = cure_without_tag(cure->arena, text, tag->value);
    }
    if (text.bytes != record->txt.joined.bytes)
        cure_replace_text(cure, record, text);
}

void cure_reject_all(struct cure *cure)
{
    const struct dmarc *dmarc = dmarc_of(cure);
    const struct dmarc_step *step = dmarc->step_count > 0 ? &dmarc->steps[0] : NULL;
    const struct record *record = record_of(step);

    if (dmarc->state == POLICY_FOUND && dmarc->policy == DMARC_REJECT)
        return;
    if (record)
        change_tag(cure, step, "p", "reject");
    else if (step)
        cure_add_text(cure, step->name, CURE_TTL, octets_of("v=DMARC1; p=reject"));
}

const struct cure_maker cure_makers_dmarc[] = {
    {"dmarc-none", cure_none},
    {"dmarc-multiple", cure_multiple},
    {"dmarc-syntax", cure_syntax},
    {"dmarc-subdomains-none", cure_subdomains_none},
    {"dmarc-report-uri", cure_report_address},
    {"dmarc-policy-none", cure_policy_none},
    {NULL, NULL},
};
