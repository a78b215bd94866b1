#include "sheet/servers/trace_sheet.h"

#include "base/message.h"
#include "base/utf8.h"
#include "dns/name.h"
#include "policy/servers/trace_words.h"
#include "sheet/words.h"

enum { GLYPH = 2, NAME_MOST = 28, GAP = 2, WORDS_LEAST = 20 };

/* Where the columns begin; the same for all zones. */
struct columns {
    int address, words;
    bool narrow; /* what a server says is on a line of its own */
};

static struct columns columns_of(struct sheet *sheet, const struct trace *trace)
{
    int names = 6, addresses = 7;
    struct columns at;

    for (size_t i = 0; i < trace->count; i++)
        for (size_t k = 0; k < trace->steps[i].count; k++) {
            const struct trace_server *server = &trace->steps[i].servers[k];
            char literal[ADDRESS_TEXT] = "";
            int name = server->name ? utf8_columns(name_shown(sheet->arena, server->name)) : 0;
            int address = server->address.family && server->state != TRACE_SPARED
                              ? utf8_columns(address_text(&server->address, literal))
                              : 0;
            names = name > names ? name : names;
            addresses = address > addresses ? address : addresses;
        }
    names = names > NAME_MOST ? NAME_MOST : names;
    at.address = GLYPH + names + GAP;
    at.words = at.address + addresses + GAP;
    at.narrow = at.words + WORDS_LEAST > sheet->width;
    return at;
}

struct trace_look {
    const char *glyph;
    enum role role;
};

static struct trace_look look_of(enum trace_state state)
{
    static const struct trace_look looks[] = {
        [TRACE_PENDING] = {"↻", ROLE_WAITING},   [TRACE_REFERRAL] = {"✓", ROLE_OK},
        [TRACE_ANSWER] = {"✓", ROLE_ANSWERED},   [TRACE_NODATA] = {"✓", ROLE_NODATA},
        [TRACE_NXDOMAIN] = {"✓", ROLE_NXDOMAIN}, [TRACE_LAME] = {"✗", ROLE_ERROR},
        [TRACE_REFUSED] = {"✗", ROLE_REFUSED},   [TRACE_SILENT] = {"?", ROLE_TIMEOUT},
        [TRACE_FAILED] = {"?", ROLE_MALFORMED},  [TRACE_NOT_ASKED] = {"-", ROLE_UNKNOWN},
        [TRACE_SPARED] = {"-", ROLE_DIM},        [TRACE_NO_GLUE] = {"✗", ROLE_ERROR},
        [TRACE_NO_ADDRESS] = {"✗", ROLE_ERROR},  [TRACE_NOT_KNOWN] = {"?", ROLE_UNKNOWN},
    };

    return looks[state];
}

/* "glue  12 ms" */
static void add_right(struct sheet *sheet, const struct trace_server *server)
{
    static const char *const origins[] = {[TRACE_BY_HINT] = N_("hint"),
                                          [TRACE_BY_GLUE] = N_("glue"),
                                          [TRACE_BY_LOOKUP] = N_("lookup")};
    char elapsed[WORD_SIZE] = "";

    if (!server->address.family)
        return;
    if (server->reply && server->reply->rtt_us)
        words_elapsed(server->reply->rtt_us, elapsed);
    sheet_right(sheet, ROLE_DIM,
                arena_format(sheet->arena, *elapsed ? "%s %8s" : "%s%s",
                             tr(origins[server->origin]), elapsed));
}

static void add_server(struct sheet *sheet, const struct columns *at, const char *zone,
                       const struct trace_server *server)
{
    struct trace_look look = look_of(server->state);
    char literal[ADDRESS_TEXT] = "";

    if (server->address.family)
        address_text(&server->address, literal);
    sheet_line(sheet);
    sheet_format(sheet, look.role, "%s", look.glyph);
    sheet_cell(sheet, GLYPH, at->address - GLYPH - 1, ROLE_NAME,
               server->name ? name_shown(sheet->arena, server->name) : "");
    sheet_tab(sheet, at->address);
    sheet_add(sheet, ROLE_ADDRESS, literal);
    sheet_select(
        sheet, -1,
        arena_format(sheet->arena, "%s %s %s", zone, server->name ? server->name : "", literal));
    sheet_last(sheet)->value = arena_dup(sheet->arena, literal);
    if (at->narrow)
        sheet_line(sheet);
    sheet_tab(sheet, at->narrow ? 2 * GLYPH : at->words);
    sheet_add(sheet, look.role, trace_server_words(sheet->arena, server));
    add_right(sheet, server);
    if (server->why)
        sheet_pair(sheet, "", 2 * GLYPH, ROLE_TEXT, server->why);
}

static void add_spared(struct sheet *sheet, const struct trace_step *step)
{
    size_t spared = step->left_out;

    for (size_t i = 0; i < step->count; i++)
        spared += step->servers[i].state == TRACE_SPARED;
    if (spared)
        sheet_pair(sheet, "", GLYPH, ROLE_DIM,
                   arena_format(sheet->arena,
                                tr_plural("and %zu more address, not queried",
                                          "and %zu more addresses, not queried", spared),
                                spared));
}

/* "example.com     delegated by com, no DS" */
static void add_head(struct sheet *sheet, const struct trace_step *step)
{
    sheet_gap(sheet);
    sheet_line(sheet);
    sheet_add(sheet, ROLE_TITLE, trace_zone_words(sheet->arena, step->zone));
    sheet_add(sheet, ROLE_TEXT, "  ");
    if (!step->parent && !name_is_root(step->zone))
        sheet_wrap(sheet, GLYPH, ROLE_DIM, tr("the first zone of which a server is known"));
    if (!step->parent)
        return;
    sheet_wrap(sheet, GLYPH, trace_ds_is_broken(step->ds) ? ROLE_ERROR : ROLE_DIM,
               arena_format(sheet->arena,
                            step->same_servers ? tr("on a server of %s as well; %s")
                                               : tr("delegated by %s; %s"),
                            trace_zone_words(sheet->arena, step->parent),
                            trace_ds_words(step->ds)));
}

static void add_end(struct sheet *sheet, const struct trace *trace)
{
    static const enum role roles[] = {
        [TRACE_END_PENDING] = ROLE_WAITING, [TRACE_END_ANSWER] = ROLE_OK,
        [TRACE_END_NODATA] = ROLE_OK,       [TRACE_END_NXDOMAIN] = ROLE_OK,
        [TRACE_END_BROKEN] = ROLE_ERROR,    [TRACE_END_UNKNOWN] = ROLE_UNKNOWN,
    };
    const char *unsafe = trace_unsafe_sentence(sheet->arena, trace);

    sheet_pair(sheet, "", 0, roles[trace->end], trace_sentence(sheet->arena, trace));
    if (unsafe)
        sheet_pair(sheet, "", 0, ROLE_ERROR, unsafe);
}

void trace_draw(struct sheet *sheet, const struct trace *trace)
{
    struct columns at = columns_of(sheet, trace);

    add_end(sheet, trace);
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_step *step = &trace->steps[i];
        add_head(sheet, step);
        for (size_t k = 0; k < step->count; k++)
            if (step->servers[k].state != TRACE_SPARED)
                add_server(sheet, &at, step->zone, &step->servers[k]);
        add_spared(sheet, step);
    }
}
