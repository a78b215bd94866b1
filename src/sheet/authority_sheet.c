#include "sheet/authority_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "sheet/words.h"

#include <string.h>

enum { GLYPH = 2, SET_COLUMNS = 5, SERIAL_COLUMNS = 11 };
enum { NAME_MOST = 32, RECORDS_MOST = 20 };

/* Where the columns of the table begin. */
struct columns {
    int address, state, serial, sets;
};

/* "ok 20 ms": and how long it took to answer for the SOA, where the network was in between. */
static const char *state_and_time(struct sheet *sheet, const struct authority_server *server)
{
    char elapsed[WORD_SIZE];

    if (!server->soa || !server->soa->rtt_us || !reply_was_heard(server->soa))
        return authority_word(server);
    return arena_format(sheet->arena, "%s %s", authority_word(server),
                        words_elapsed(server->soa->rtt_us, elapsed));
}

static struct columns columns_of(struct sheet *sheet, const struct authority *authority)
{
    int names = 6, addresses = 7, states = 8, serial;
    char text[ADDRESS_TEXT];

    for (size_t i = 0; i < authority->count; i++) {
        int name = utf8_columns(name_shown(sheet->arena, authority->servers[i].name));
        int address = utf8_columns(address_text(&authority->servers[i].address, text));
        names = name > names && name <= NAME_MOST ? name : names;
        int state = utf8_columns(state_and_time(sheet, &authority->servers[i]));
        addresses = address > addresses ? address : addresses;
        states = state > states ? state : states;
    }
    serial = GLYPH + names + 2 + addresses + 2 + states + 2;
    return (struct columns){
        .address = GLYPH + names + 2,
        .state = GLYPH + names + 2 + addresses + 2,
        .serial = serial,
        .sets = serial + SERIAL_COLUMNS,
    };
}

/* ---- the table ---- */

static void add_set(struct sheet *sheet, int column, const struct reply *reply, bool differs)
{
    sheet_tab(sheet, column);
    if (differs)
        sheet_add(sheet, ROLE_WARN, tr("diff"));
    else if (reply && reply->aa && !outcome_is_temporary(reply->outcome))
        sheet_add(sheet, ROLE_OK, reply->record_count ? tr("same") : tr("none"));
    else
        sheet_add(sheet, ROLE_DIM, "-");
}

struct authority_look authority_look(const struct authority_server *server, bool differs)
{
    static const struct authority_look looks[] = {
        [AUTHORITY_PENDING] = {"↻", ROLE_WAITING}, [AUTHORITY_OK] = {"✓", ROLE_OK},
        [AUTHORITY_LAME] = {"✗", ROLE_ERROR},      [AUTHORITY_REFUSED] = {"✗", ROLE_REFUSED},
        [AUTHORITY_SILENT] = {"?", ROLE_TIMEOUT},  [AUTHORITY_FAILED] = {"?", ROLE_MALFORMED},
        [AUTHORITY_NOWHERE] = {"-", ROLE_UNKNOWN}, [AUTHORITY_INTERCEPTED] = {"?", ROLE_UNKNOWN},
    };

    if (differs && server->state == AUTHORITY_OK)
        return (struct authority_look){"!", ROLE_WARN};
    return looks[server->state];
}

/* Of A and AAAA the one that says more. */
static const struct reply *address_reply(const struct authority_server *server)
{
    return server->a && server->a->record_count == 0 ? server->aaaa : server->a;
}

static void add_server(struct sheet *sheet, const struct columns *at,
                       const struct authority_server *server,
                       const struct authority_server *reference, bool services)
{
    bool serial_differs = server->has_serial && reference && server->serial != reference->serial;
    struct authority_look look =
        authority_look(server, serial_differs || authority_server_differs(server));
    char address[ADDRESS_TEXT];

    address_text(&server->address, address);
    sheet_line(sheet);
    sheet_format(sheet, look.role, "%s ", look.glyph);
    sheet_add(sheet, ROLE_NAME, name_shown(sheet->arena, server->name));
    sheet_tab(sheet, at->address);
    sheet_add(sheet, ROLE_ADDRESS, address);
    sheet_tab(sheet, at->state);
    sheet_add(sheet, server->state == AUTHORITY_OK ? ROLE_OK : ROLE_WARN,
              state_and_time(sheet, server));
    sheet_tab(sheet, at->serial);
    if (server->has_serial)
        sheet_format(sheet, serial_differs ? ROLE_WARN : ROLE_TEXT, "%lu",
                     (unsigned long)server->serial);
    add_set(sheet, at->sets, server->mx, server->mx_differs);
    add_set(sheet, at->sets + SET_COLUMNS, server->ns, server->ns_differs);
    add_set(sheet, at->sets + 2 * SET_COLUMNS, server->txt, server->txt_differs);
    add_set(sheet, at->sets + 3 * SET_COLUMNS, address_reply(server), server->address_differs);
    if (services)
        add_set(sheet, at->sets + 4 * SET_COLUMNS, server->srv ? server->srv[0] : NULL,
                server->srv_differs);
    sheet_select(sheet, -1, NULL);
    sheet_last(sheet)->value = arena_dup(sheet->arena, address);
}

static void add_table_head(struct sheet *sheet, const struct columns *at, bool services)
{
    sheet_line(sheet);
    sheet_tab(sheet, GLYPH);
    sheet_add(sheet, ROLE_DIM, tr("server"));
    sheet_tab(sheet, at->address);
    sheet_add(sheet, ROLE_DIM, tr("address"));
    sheet_tab(sheet, at->state);
    sheet_add(sheet, ROLE_DIM, tr("state"));
    sheet_tab(sheet, at->serial);
    sheet_add(sheet, ROLE_DIM, tr("serial"));
    sheet_tab(sheet, at->sets);
    sheet_add(sheet, ROLE_DIM, "MX");
    sheet_tab(sheet, at->sets + SET_COLUMNS);
    sheet_add(sheet, ROLE_DIM, "NS");
    sheet_tab(sheet, at->sets + 2 * SET_COLUMNS);
    sheet_add(sheet, ROLE_DIM, "TXT");
    sheet_tab(sheet, at->sets + 3 * SET_COLUMNS);
    sheet_add(sheet, ROLE_DIM, "A");
    if (!services)
        return;
    sheet_tab(sheet, at->sets + 4 * SET_COLUMNS);
    sheet_add(sheet, ROLE_DIM, "SRV");
}

/* ---- what is different ---- */

/* "10 mx1.example.com": what a name at the end ends with is left out, but for the root. */
static int plain_length(const char *rdata)
{
    int length = (int)strlen(rdata);

    return length > 2 && rdata[length - 1] == '.' && rdata[length - 2] != ' ' ? length - 1 : length;
}

static void add_records(struct sheet *sheet, const char *label, enum role role,
                        const struct reply *reply)
{
    struct text text = {0};

    for (size_t i = 0; i < reply->record_count && i < RECORDS_MOST; i++)
        text_format(&text, "%s%.*s", i ? message_comma() : "",
                    plain_length(reply->records[i]->rdata), reply->records[i]->rdata);
    if (reply->record_count > RECORDS_MOST)
        message_more(&text, reply->record_count - RECORDS_MOST);
    sheet_pair(sheet, arena_format(sheet->arena, "    %s", label), 12, role,
               text.length ? text_get(&text) : tr("no record"));
    text_clear(&text);
}

static void add_difference(struct sheet *sheet, const char *type, bool differs,
                           const struct reply *reference, const struct reply *reply)
{
    if (!differs)
        return;
    sheet_line(sheet);
    sheet_format(sheet, ROLE_PREFERENCE, "  %s", type);
    add_records(sheet, tr_in("records", "here"), ROLE_CHANGED, reply);
    add_records(sheet, tr_in("records", "first"), ROLE_TEXT, reference);
}

static void add_details(struct sheet *sheet, const struct authority_server *server,
                        const struct authority_server *reference, size_t services)
{
    bool serial = server->has_serial && server->serial != reference->serial;
    char text[ADDRESS_TEXT], other[ADDRESS_TEXT];

    if (!serial && !authority_server_differs(server))
        return;
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_format(sheet, ROLE_NAME, tr("%s %s compared with %s %s"),
                 name_shown(sheet->arena, server->name), address_text(&server->address, text),
                 name_shown(sheet->arena, reference->name),
                 address_text(&reference->address, other));
    if (serial) {
        sheet_line(sheet);
        sheet_format(sheet, ROLE_PREFERENCE, "  SOA ");
        sheet_format(sheet, ROLE_WARN, tr("serial %lu, not %lu"), (unsigned long)server->serial,
                     (unsigned long)reference->serial);
    }
    add_difference(sheet, "MX", server->mx_differs, reference->mx, server->mx);
    add_difference(sheet, "NS", server->ns_differs, reference->ns, server->ns);
    add_difference(sheet, "TXT", server->txt_differs, reference->txt, server->txt);
    add_difference(sheet, "A", server->address_differs, reference->a, server->a);
    add_difference(sheet, "AAAA", server->address_differs, reference->aaaa, server->aaaa);
    for (size_t i = 0; server->srv_differs && i < services; i++)
        add_difference(sheet, "SRV", true, reference->srv[i], server->srv[i]);
}

static void add_troubles(struct sheet *sheet, const struct authority *authority)
{
    const struct authority_server *reference = authority->reference;
    char text[ADDRESS_TEXT];

    for (size_t i = 0; i < authority->count; i++) {
        const struct authority_server *server = &authority->servers[i];
        if (server->state == AUTHORITY_OK) {
            add_details(sheet, server, reference, authority->srv_count);
        } else if (server->state != AUTHORITY_PENDING) {
            sheet_gap(sheet);
            sheet_line(sheet);
            sheet_add(sheet, ROLE_NAME, name_shown(sheet->arena, server->name));
            sheet_format(sheet, ROLE_ADDRESS, " %s ", address_text(&server->address, text));
            sheet_wrap(sheet, 2, ROLE_TEXT, server->why);
        }
    }
}

/* ---- the parent ---- */

static void add_names(struct sheet *sheet, const char *what, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sheet_line(sheet);
        sheet_add(sheet, ROLE_WARN, "! ");
        sheet_add(sheet, ROLE_CHANGED, name_shown(sheet->arena, names[i]));
        sheet_format(sheet, ROLE_TEXT, "  %s", what);
    }
}

static void add_parent(struct sheet *sheet, const struct authority_parent *parent)
{
    char text[ADDRESS_TEXT];

    sheet_heading(sheet, "The delegation by the parent", "RFC 1034 4.2.2");
    if (!parent->server) {
        sheet_pair(sheet, "", 0, ROLE_DIM, tr("No server of the parent zone is known."));
        return;
    }
    sheet_line(sheet);
    sheet_wrap(sheet, 2, ROLE_DIM,
               arena_format(sheet->arena, tr("queried %s (%s) of the zone %s"),
                            name_shown(sheet->arena, parent->server),
                            address_text(&parent->address, text),
                            name_shown(sheet->arena, parent->zone)));
    if (!parent->known) {
        const struct outcome_words words = words_reply(parent->ns);
        bool no_ns = parent->ns && !outcome_is_temporary(parent->ns->outcome);
        sheet_pair(sheet, "? ", 2, ROLE_UNKNOWN,
                   no_ns ? tr("it lists no server for this zone") : words.word);
        return;
    }
    if (!parent->only_parent_count && !parent->only_child_count)
        sheet_pair(sheet, "✓ ", 2, ROLE_OK, tr("It lists the same servers as the zone itself."));
    add_names(sheet, tr("listed by the parent, not by the zone"), parent->only_parent,
              parent->only_parent_count);
    add_names(sheet, tr("listed by the zone, not by the parent"), parent->only_child,
              parent->only_child_count);
    for (size_t i = 0; i < parent->glue_count; i++)
        if (parent->glue[i].differs)
            add_names(sheet,
                      arena_format(sheet->arena,
                                   tr("has the address %s at the parent, not in the zone"),
                                   address_text(&parent->glue[i].address, text)),
                      &parent->glue[i].name, 1);
}

void authority_draw(struct sheet *sheet, const struct authority *authority)
{
    const struct authority_server *reference = authority->reference;
    struct columns at = columns_of(sheet, authority);

    if (!authority->asked) {
        sheet_pair(sheet, "", 0, ROLE_DIM,
                   tr("This zone file or lesson defines no server to query."));
        return;
    }
    if (!authority->count) {
        sheet_pair(sheet, "", 0, authority->complete ? ROLE_DIM : ROLE_WAITING,
                   authority->complete ? tr("No name server of the zone has an address.")
                                       : tr("waiting for the name servers of the zone"));
        return;
    }
    add_table_head(sheet, &at, authority->srv_count > 0);
    for (size_t i = 0; i < authority->count; i++)
        add_server(sheet, &at, &authority->servers[i], reference, authority->srv_count > 0);
    if (authority->left_out)
        sheet_pair(
            sheet, "", 2, ROLE_DIM,
            arena_format(sheet->arena,
                         tr_plural("and %zu more address, not queried",
                                   "and %zu more addresses, not queried", authority->left_out),
                         authority->left_out));
    add_troubles(sheet, authority);
    add_parent(sheet, &authority->parent);
}
