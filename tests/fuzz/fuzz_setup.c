/* The whole setup of a domain whose name servers say anything at all: every judgement ends, asks a
 * bounded number of questions, and says nothing it cannot show. The bytes are the answers, one
 * after the other, and begin again when they are used up. */
#include "dns/type.h"
#include "policy/findings/findings.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* So many inputs of chance besides the corpus (driver.c). */
extern const unsigned fuzz_seeds;
const unsigned fuzz_seeds = 500;

enum { ROUNDS_MOST = 40, QUESTIONS_MOST = 3000, RECORDS_MOST = 12 };

struct world {
    const uint8_t *bytes;
    size_t length, at, asked;
    struct answers *answers;
    struct arena *arena;
    struct lookup lookup;
    struct setup_view view;
};

static uint8_t next_byte(struct world *world)
{
    return world->length ? world->bytes[world->at++ % world->length] : 0;
}

static const char *next_name(struct world *world)
{
    static const char *const names[] = {
        "example.com.",     "mx1.example.com.",
        "mx2.example.com.", ".",
        "localhost.",       "192.0.2.1.",
        "a.b.example.net.", "_spf.example.com.",
        "ns1.example.com.", "com.",
    };

    return names[next_byte(world) % (sizeof names / sizeof names[0])];
}

static struct octets next_text(struct world *world, struct arena *arena)
{
    size_t length = next_byte(world);
    uint8_t *text = arena_alloc(arena, length + 1, 1);

    for (size_t i = 0; i < length; i++)
        text[i] = next_byte(world);
    return (struct octets){text, length};
}

/* What stands where, in one word and its variants: bytes alone hardly ever write "v=DMARC1". */
static const struct template
{
    const char *owner; /* what the owner begins with; "": any */
    const char *texts[8];
}
templates[] = {
    {"_dmarc.",
     {"v=DMARC1; p=none", "v=dmarc1; rua=mailto:a@example.com", "v=DMARC1; p=reject; pct=%",
      "v=DMARC1; p=quarantine; sp=none; rua=mailto:d@collector.example.net!%", "v=DMARC1 p=none",
      "v=DMARC1; p=none; adkim=x; fo=1:%", "\"v=DMARC1; p=none\"", "v=DMARC1; rua=%; p=reject"}},
    {"_mta-sts.",
     {"v=STSv1; id=20260101", "v=STSv1; id=%", "v=STSv1", "v=STSv1; id=a; x=%", "STSv1; id=1",
      "v=STSv1;id=1;", "v=STSv2; id=1", "id=1; v=STSv1"}},
    {"_smtp._tls.",
     {"v=TLSRPTv1; rua=mailto:t@example.com", "v=TLSRPTv1; rua=https://example.net/%", "v=TLSRPTv1",
      "v=TLSRPTv1; rua=%", "v=TLSRPTv1;rua=mailto:a,mailto:b", "rua=mailto:a", "v=TLSRPTv2; rua=x",
      "v=TLSRPTv1; rua=mailto:a; rua=mailto:b"}},
    {"default._bimi.",
     {"v=BIMI1; l=https://example.com/a.svg", "v=BIMI1; l=; a=", "v=BIMI1; l=http://%", "v=BIMI1",
      "v=BIMI1; l=https://example.com/a.svg; a=https://example.com/%", "v=BIMI2; l=x", "l=x", "%"}},
    {"*._domainkey.",
     {"v=DKIM1; p=", "v=DKIM1; t=y; p=%",
      "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwI"
      "aaPcHURo=",
      "k=rsa; p=%", "v=DKIM1; h=sha1; p=AAAA", "v=DKIM1; s=%; p=AAAA", "p=AAAA", "%"}},
    {"",
     {"v=spf1 mx -all", "v=spf1 include:_spf.example.com ~all", "v=spf1 a:% ip4:192.0.2.0/% ?all",
      "v=spf1 redirect=%", "v=spf1 exists:%{i}.example.net mx:%/24 +all",
      "v=spf1 ptr ip6:%::/% -all",
      "v=spf1 include:% include:a.b.example.net include:mx1.example.com -all", "v=spf1  all mx %"}},
};

static bool is_for(const struct template *template, const char *owner)
{
    if (*template->owner == '*')
        return strstr(owner, template->owner + 1) != NULL;
    return strncmp(owner, template->owner, strlen(template->owner)) == 0;
}

/* The template with some octets in the place of each "%". */
static struct octets next_template(struct world *world, struct arena *arena, const char *owner)
{
    const struct template *template = templates;
    const char *from;
    struct text text = {0};
    struct octets octets;

    while (!is_for(template, owner))
        template ++;
    for (from = template->texts[next_byte(world) % 8]; *from; from++)
        for (int left = *from == '%' ? next_byte(world) % 5 : 1; left > 0; left--)
            text_add_char(&text, *from == '%' ? (char)next_byte(world) : *from);
    octets.length = text.length;
    octets.bytes = (const uint8_t *)arena_dup_bytes(arena, text_get(&text), text.length);
    text_clear(&text);
    return octets;
}

/* Three of four are of a template. */
static struct octets next_words(struct world *world, struct arena *arena, const char *owner)
{
    return next_byte(world) % 4 ? next_template(world, arena, owner) : next_text(world, arena);
}

static void fill(struct world *world, struct arena *arena, struct record *record)
{
    switch (record->type) {
    case TYPE_A:
    case TYPE_AAAA:
        record->address.family = record->type == TYPE_A ? 4 : 6;
        for (int i = 0; i < (record->type == TYPE_A ? 4 : 16); i++)
            record->address.bytes[i] = next_byte(world);
        break;
    case TYPE_MX:
        record->mx.preference = next_byte(world);
        record->mx.exchange = next_name(world);
        break;
    case TYPE_SRV:
        record->srv.priority = next_byte(world) % 3;
        record->srv.weight = (uint16_t)(next_byte(world) * 257);
        record->srv.port = next_byte(world);
        record->srv.target = next_name(world);
        break;
    case TYPE_TXT:
    case TYPE_SPF:
        record->txt.joined = next_words(world, arena, record->owner);
        break;
    case TYPE_TLSA:
        record->tlsa.usage = next_byte(world) % 5;
        record->tlsa.matching = next_byte(world) % 4;
        record->tlsa.association = next_text(world, arena);
        break;
    case TYPE_SOA:
        record->soa.mname = record->soa.rname = next_name(world);
        break;
    case TYPE_DNSKEY:
    case TYPE_DS:
        break;
    default:
        record->target = next_name(world);
    }
}

static void answer(struct world *world, struct reply *reply)
{
    size_t count = 1 + next_byte(world) % RECORDS_MOST;
    struct record *records = arena_alloc(reply->arena, count + 1, sizeof *records);
    const struct record **list = arena_alloc(reply->arena, count + 1, sizeof *list);

    for (size_t i = 0; i < count; i++) {
        records[i].owner = reply->question.name;
        records[i].type = reply->question.type;
        records[i].rdata = "";
        fill(world, reply->arena, &records[i]);
        list[i] = &records[i];
    }
    reply->answer = (struct section){records, count};
    reply->records = list;
    reply->record_count = count;
}

static struct reply *reply_to(struct world *world, const struct question *question)
{
    struct reply *reply = reply_new(question);
    uint8_t what = next_byte(world);

    reply->outcome = (enum outcome)(what % (OUTCOME_INVALID + 1));
    reply->aa = what & 16;
    reply->ad = what & 32;
    if (what & 64)
        reply->outcome = OUTCOME_ANSWERED;
    if (reply->outcome == OUTCOME_ANSWERED)
        answer(world, reply);
    return reply;
}

/* Printable ASCII only: what comes from outside was escaped. */
static void check_shown(const char *text)
{
    for (; *text; text++)
        assert((*text >= ' ' && *text <= '~') || *text == '\n');
}

static void check(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        check_shown(findings->findings[i].text);
        check_shown(findings->findings[i].fix);
        check_shown(findings->findings[i].publish);
    }
}

static bool go_on(struct world *world)
{
    struct wants *wants = world->lookup.wants;
    size_t count = wants_count(wants);

    for (size_t i = 0; i < count; i++)
        answers_put(world->answers, reply_to(world, &wants_at(wants, i)->question));
    world->asked += count;
    wants_free(wants);
    world->lookup.wants = wants_new();
    return count > 0;
}

static void judge(struct world *world)
{
    static const char *const owners[] = {"_ldap._tcp.example.com."};
    struct spf_sender sender = {.from = "a-b+c@example.com", .helo = "mx1.example.com"};

    address_parse("192.0.2.1", &sender.ip);
    world->view = (struct setup_view){
        .lookup = &world->lookup,
        .domain = "example.com.",
        .now = 1700000000,
        .probe = "nobody",
        .ask_servers = REACH_HOSTS,
        .sender = &sender,
        .srv_owners = owners,
        .srv_count = 1,
    };
    for (int round = 0;; round++) {
        const struct findings *findings;

        assert(round < ROUNDS_MOST && world->asked < QUESTIONS_MOST);
        arena_free(world->arena);
        world->arena = arena_new();
        findings = findings_build(setup_build(&world->view, world->arena), world->arena);
        check(findings);
        if (!go_on(world)) {
            assert(findings->complete);
            return;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct world world = {.bytes = bytes, .length = length};

    world.answers = answers_new();
    world.lookup.answers = world.answers;
    world.lookup.wants = wants_new();
    judge(&world);
    arena_free(world.arena);
    wants_free(world.lookup.wants);
    answers_free(world.answers);
    return 0;
}
