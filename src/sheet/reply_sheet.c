#include "sheet/reply_sheet.h"

#include "base/message.h"
#include "dns/encrypted.h"
#include "dns/formats/edns.h"
#include "dns/formats/reply_why.h"
#include "dns/name.h"
#include "dns/type.h"
#include "sheet/words.h"

#include <stdio.h>
#include <string.h>

static void add_flag(struct sheet *sheet, bool set, const char *words)
{
    if (set)
        sheet_format(sheet, ROLE_TEXT, "  %s", words);
}

static void add_flags(struct sheet *sheet, const struct reply *reply)
{
    char rcode[RCODE_TEXT];

    sheet_line(sheet);
    sheet_cell(sheet, 0, 9, ROLE_DIM, tr("code"));
    sheet_tab(sheet, 10);
    sheet_add(sheet, words_outcome(reply->outcome).role,
              reply->rcode >= 0 ? type_rcode_text(reply->rcode, rcode) : tr("no message"));
    add_flag(sheet, reply->aa, tr("AA authoritative"));
    add_flag(sheet, reply->ad, tr("AD validated"));
    add_flag(sheet, reply->ra, tr("RA recursion offered"));
    add_flag(sheet, reply->tc, tr("TC truncated"));
}

/* One more thing of a list. */
static void add_part(struct sheet *sheet, enum role role, const char *part)
{
    sheet_add(sheet, role, message_comma());
    sheet_add(sheet, role, part);
}

static void add_source(struct sheet *sheet, const struct reply *reply)
{
    char server[WORD_SERVER];
    char elapsed[WORD_SIZE];

    sheet_pair(sheet, "from", 10, ROLE_TEXT,
               *reply->server ? words_server(reply->server, server) : tr("nobody"));
    sheet_line(sheet);
    sheet_cell(sheet, 0, 9, ROLE_DIM, tr("by"));
    sheet_tab(sheet, 10);
    sheet_add(sheet, ROLE_TEXT, transport_word(reply->transport));
    if (reply->rtt_us)
        add_part(sheet, ROLE_TEXT, words_elapsed(reply->rtt_us, elapsed));
    if (reply->tries)
        add_part(sheet, ROLE_TEXT,
                 arena_format(sheet->arena, tr_plural("%u attempt", "%u attempts", reply->tries),
                              reply->tries));
    if (reply->wire.length)
        add_part(sheet, ROLE_TEXT, arena_format(sheet->arena, tr("%zu bytes"), reply->wire.length));
    if (reply->unmatched)
        add_part(sheet, ROLE_WARN,
                 arena_format(sheet->arena,
                              tr_plural("%u message did not match", "%u messages did not match",
                                        reply->unmatched),
                              reply->unmatched));
    if (reply->why)
        sheet_pair(sheet, "why", 10, words_outcome(reply->outcome).role,
                   reply_why(sheet->arena, reply));
}

/* What the server says beside the answer (RFC 6891). */
static void add_edns(struct sheet *sheet, const struct reply *reply)
{
    struct edns edns;
    struct edns_option option;

    if (!edns_read(&reply->wire, &edns))
        return;
    sheet_pair(sheet, "EDNS", 10, ROLE_TEXT,
               arena_format(sheet->arena,
                            edns.dnssec_ok ? tr("datagrams of up to %u octets, DO")
                                           : tr("datagrams of up to %u octets"),
                            edns.payload));
    while (edns_next(&edns, &option)) {
        struct text line = {0};
        edns_print_name(&option, &line);
        text_add(&line, " ");
        edns_print_value(&option, &line);
        sheet_pair(sheet, "", 10, option.code == EDNS_ERROR ? ROLE_NOTICE : ROLE_TEXT,
                   arena_dup(sheet->arena, text_get(&line)));
        text_clear(&line);
    }
}

static void add_section(struct sheet *sheet, const char *title, const char *note,
                        const struct section *section)
{
    sheet_heading(sheet, title, section->count ? note : NULL);
    for (size_t i = 0; i < section->count; i++) {
        struct text line = {0};
        record_print(&section->records[i], &line);
        sheet_line(sheet);
        sheet_add(sheet, ROLE_NAME, text_get(&line));
        sheet_select(sheet, (int)i, title);
        sheet_last(sheet)->value = arena_dup(sheet->arena, text_get(&line));
        text_clear(&line);
    }
    if (!section->count)
        sheet_pair(sheet, "", 0, ROLE_DIM, tr("empty"));
}

void reply_draw(struct sheet *sheet, const struct reply *reply)
{
    add_flags(sheet, reply);
    add_source(sheet, reply);
    add_edns(sheet, reply);
    for (size_t i = 0; i < reply->alias_count; i++) {
        sheet_line(sheet);
        sheet_cell(sheet, 0, 9, ROLE_DIM, i ? "" : tr("aliases"));
        sheet_tab(sheet, 10);
        sheet_format(sheet, ROLE_NAME, "%s > %s", reply->aliases[i]->owner,
                     reply->aliases[i]->target);
    }
    if (reply->alias_loop)
        sheet_pair(sheet, "", 10, ROLE_ERROR, tr("the aliases form a loop"));
    add_section(sheet, N_("Answer"), NULL, &reply->answer);
    add_section(sheet, N_("Authority"), NULL, &reply->authority);
    add_section(sheet, N_("Additional"), tr("a hint, queried again"), &reply->additional);
}

void queries_draw(struct sheet *sheet, const struct answers *answers, size_t open)
{
    for (size_t i = 0; i < answers_count(answers); i++) {
        const struct reply *reply = answers_at(answers, i);
        const struct outcome_words words = words_outcome(reply->outcome);
        bool encrypted = encrypted_is_meant(reply->server); /* who it is says the title */
        char type[TYPE_TEXT], elapsed[WORD_SIZE], server[WORD_SERVER];
        struct text name = {0};
        sheet_line(sheet);
        sheet_format(sheet, words.role, "%s ", words.glyph);
        sheet_format(sheet, ROLE_PREFERENCE, "%-6s ", type_text(reply->question.type, type));
        words_name(reply->question.name, false, &name);
        sheet_add(sheet, ROLE_NAME, text_get(&name));
        sheet_tab(sheet, sheet->width > 90 ? 50 : 40);
        sheet_format(sheet, words.role, "%s", words.word);
        sheet_right(sheet, ROLE_DIM,
                    arena_format(sheet->arena, "%s %s %s",
                                 encrypted ? "" : words_server(reply->server, server),
                                 encrypted || reply->transport == TRANSPORT_TCP
                                     ? transport_word(reply->transport)
                                     : "",
                                 reply->rtt_us ? words_elapsed(reply->rtt_us, elapsed) : ""));
        sheet_select(sheet, (int)i, NULL);
        text_clear(&name);
    }
    if (open) {
        sheet_line(sheet);
        sheet_format(sheet, ROLE_WAITING, tr("↻ %zu more queried, not answered yet"), open);
    }
}

static void add_command(struct sheet *sheet, const char *command)
{
    sheet_line(sheet);
    sheet_select(sheet, (int)sheet->count, NULL);
    sheet_last(sheet)->value = command;
    sheet_example(sheet, 0, ROLE_PREFERENCE, command);
}

/* The policy that an MTA-STS record announces. */
static void add_policy(struct sheet *sheet, const struct question *question)
{
    static const char prefix[] = "_mta-sts.";
    const char *domain = question->name + sizeof prefix - 1;

    if (question->type == TYPE_TXT && strncmp(question->name, prefix, sizeof prefix - 1) == 0 &&
        name_is_host(domain))
        add_command(sheet,
                    arena_format(sheet->arena, "curl https://mta-sts.%s/.well-known/mta-sts.txt",
                                 name_shown(sheet->arena, domain)));
}

/* " +tls-ca +tls-hostname=dns.example", " +https=/dns-query ..." */
static const char *encrypted_options(struct arena *arena, const struct encrypted *encrypted)
{
    const char *name =
        *encrypted->name ? arena_format(arena, " +tls-hostname=%s", encrypted->name) : "";

    if (encrypted->protocol == ENCRYPTED_TLS)
        return arena_format(arena, "+tls +tls-ca%s", name);
    return arena_format(arena, "+https=%s +tls-ca%s", encrypted->path, name);
}

void confirm_encrypted_draw(struct sheet *sheet, const struct question *question,
                            const char *server)
{
    static const char *const programs[] = {"kdig", "dig"};
    char type[TYPE_TEXT], literal[ADDRESS_TEXT];
    struct encrypted_spec spec;
    const char *options, *why;

    if (encrypted_parse(server, &spec, &why) || !spec.address.family)
        return;
    options = encrypted_options(sheet->arena, encrypted_at(spec.number));
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        add_command(sheet, arena_format(sheet->arena, "%s @%s -p %u %s %s %s", programs[i],
                                        address_text(&spec.address, literal), spec.port, options,
                                        question->name, type_text(question->type, type)));
    add_policy(sheet, question);
}

void confirm_draw(struct sheet *sheet, const struct question *question, const char *server,
                  const char *port)
{
    bool norec = question->flags & QUESTION_NO_RECURSION;
    char type[TYPE_TEXT];
    const char *options = *port ? arena_format(sheet->arena, " -p %s", port) : "";

    type_text(question->type, type);
    add_command(sheet, arena_format(sheet->arena, "dig%s%s%s%s%s %s %s", *server ? " @" : "",
                                    server, options, norec ? " +norecurse" : "",
                                    question->flags & QUESTION_CHECKING_DISABLED ? " +cd" : "",
                                    question->name, type));
    add_command(sheet,
                arena_format(sheet->arena, "drill%s%s %s%s%s %s", options, norec ? " -o rd" : "",
                             question->name, *server ? " @" : "", server, type));
    add_command(sheet, arena_format(sheet->arena, "nslookup%s%s -type=%s %s %s",
                                    *port ? " -port=" : "", port, type, question->name, server));
    add_policy(sheet, question);
}

void confirm_host_draw(struct sheet *sheet, const char *host, const char *domain)
{
    const char *host_name, *domain_name;

    if (!name_is_host(host) || !name_is_host(domain))
        return;
    host_name = name_shown(sheet->arena, host);
    domain_name = name_shown(sheet->arena, domain);
    sheet_heading(sheet, "The MX host itself", tr("run on a machine that may send mail"));
    add_command(sheet, arena_format(sheet->arena, "dig +dnssec _25._tcp.%s TLSA", host_name));
    add_command(sheet, arena_format(sheet->arena,
                                    "openssl s_client -starttls smtp -connect %s:25 -servername %s",
                                    host_name, host_name));
    add_command(
        sheet, arena_format(sheet->arena,
                            "swaks --to postmaster@%s --server %s --tls-optional --quit-after RCPT",
                            domain_name, host_name));
    add_command(sheet, arena_format(sheet->arena, "posttls-finger -c -l dane %s", domain_name));
    add_command(sheet, arena_format(sheet->arena, "exim -bt postmaster@%s", domain_name));
}

void absence_draw(struct sheet *sheet, const struct reply *reply, const char *none)
{
    const struct outcome_words words = words_reply(reply);

    sheet_line(sheet);
    if (reply && !outcome_is_temporary(reply->outcome)) {
        sheet_wrap(sheet, 0, ROLE_DIM, none);
        return;
    }
    sheet_format(sheet, words.role, "%s %s  ", words.glyph, words.word);
    sheet_wrap(sheet, 2, ROLE_DIM, words.sentence);
}
