#include "sheet/services/directory_sheet.h"

#include "base/message.h"
#include "dns/name.h"

#include <string.h>

enum { HOST_COLUMNS = 18, CELL = 8 };

static const struct {
    const char *glyph;
    enum role role;
} looks[DIRECTORY_MARKS] = {
    [MARK_NONE] = {"-", ROLE_DIM},       [MARK_THERE] = {"✓", ROLE_OK},
    [MARK_MISSING] = {"✗", ROLE_ERROR},  [MARK_DIFFERS] = {"≠", ROLE_WARN},
    [MARK_GONE] = {"†", ROLE_WARN},      [MARK_UNASKED] = {"?", ROLE_UNKNOWN},
    [MARK_FAILED] = {"!", ROLE_UNKNOWN}, [MARK_WAITING] = {"…", ROLE_WAITING},
};

const char *directory_title(struct arena *arena, const struct directory *directory)
{
    return arena_format(arena, "%s  %s", directory_kind_text(directory->kind),
                        name_shown(arena, directory->domain));
}

/* ---- what it is ---- */

static const char *role_words(struct arena *arena, const struct directory *directory,
                              const struct directory_host *host)
{
    const char *words[5], *text;
    struct text list = {0};
    size_t count = 0;

    if (host->standing == STANDING_GONE)
        words[count++] = tr("no address");
    if (directory->kind == DIRECTORY_AD)
        words[count++] = host->read_only ? tr("read-only") : tr("writable");
    if (host->primary)
        words[count++] = tr("primary (PDC)");
    if (host->global_catalog)
        words[count++] = tr("global catalog");
    if (host->ranked)
        words[count++] = arena_format(arena, tr("prio %u weight %u"), host->priority, host->weight);
    for (size_t i = 0; i < count; i++)
        text_format(&list, "%s%s", i ? message_comma() : "", words[i]);
    text = arena_dup(arena, text_get(&list));
    text_clear(&list);
    return text;
}

static void add_hosts(struct sheet *sheet, const struct directory *directory)
{
    for (size_t i = 0; i < directory->host_count; i++) {
        const struct directory_host *host = &directory->hosts[i];
        sheet_line(sheet);
        sheet_cell(sheet, 2, HOST_COLUMNS - 2,
                   host->standing == STANDING_GONE ? ROLE_WARN : ROLE_NAME,
                   sheet_name(sheet, host->name, directory->domain));
        sheet_tab(sheet, HOST_COLUMNS + 1);
        sheet_wrap(sheet, HOST_COLUMNS + 1, ROLE_TEXT, role_words(sheet->arena, directory, host));
    }
}

static void add_places(struct sheet *sheet, const struct directory *directory)
{
    bool freeipa = directory->kind == DIRECTORY_FREEIPA;
    struct text words = {0};

    for (size_t i = 0; i < directory->site_count; i++) {
        text_add(&words, i ? message_comma() : "");
        text_format(&words, directory->sites[i].guessed ? tr("%s (a guess)") : "%s",
                    directory->sites[i].name);
    }
    if (!directory->all_known && words.length)
        text_add(&words, ". ");
    if (!directory->all_known)
        text_add(&words, tr("DNS cannot list others; type them: :site NAME"));
    sheet_pair(sheet, freeipa ? "Locations" : "Sites", 0, ROLE_TEXT, text_get(&words));
    text_clear(&words);
    if (directory->kind != DIRECTORY_AD)
        return;
    sheet_pair(sheet, "Forest root", 0, ROLE_NAME, name_shown(sheet->arena, directory->forest));
    sheet_pair(sheet, "Domain GUID", 0, directory->guid ? ROLE_TEXT : ROLE_DIM,
               directory->guid ? directory->guid : tr("not known, so its name was not queried"));
}

/* ---- the table ---- */

struct block { /* columns of one place, as many as fit */
    const struct directory_name *names;
    size_t count;
};

static void add_heads(struct sheet *sheet, const struct block *block)
{
    sheet_line(sheet);
    for (size_t i = 0; i < block->count; i++)
        sheet_cell(sheet, HOST_COLUMNS + (int)i * CELL, CELL - 1, ROLE_DIM,
                   block->names[i].rule->head);
}

/* Is it of no interest here: in none of the names, and need not be? */
static bool is_elsewhere(const struct directory *directory, const struct block *block,
                         const struct directory_host *host)
{
    size_t first = (size_t)(block->names - directory->names);

    for (size_t i = 0; i < block->count; i++)
        if (host->marks[first + i] != MARK_NONE)
            return false;
    return true;
}

/* The name of the block where the host stands by a record; else the first. */
static size_t name_with(const struct directory *directory, const struct block *block, size_t host)
{
    for (size_t i = 0; i < block->count; i++)
        if (directory_record(directory, &block->names[i], host))
            return (size_t)(block->names - directory->names) + i;
    return (size_t)(block->names - directory->names);
}

static void add_host(struct sheet *sheet, const struct directory *directory,
                     const struct block *block, size_t place)
{
    const struct directory_host *host = &directory->hosts[place];
    size_t first = (size_t)(block->names - directory->names);

    if (block->names->place && is_elsewhere(directory, block, host))
        return;
    sheet_line(sheet);
    sheet_select(sheet, (int)name_with(directory, block, place), host->name);
    sheet_cell(sheet, 0, HOST_COLUMNS - 1, host->standing == STANDING_GONE ? ROLE_WARN : ROLE_NAME,
               sheet_name(sheet, host->name, directory->domain));
    for (size_t i = 0; i < block->count; i++)
        sheet_cell(sheet, HOST_COLUMNS + (int)i * CELL, CELL - 1,
                   looks[host->marks[first + i]].role, looks[host->marks[first + i]].glyph);
}

static void add_totals(struct sheet *sheet, const struct block *block)
{
    sheet_line(sheet);
    sheet_cell(sheet, 0, HOST_COLUMNS - 1, ROLE_DIM, tr("there / should"));
    for (size_t i = 0; i < block->count; i++) {
        const struct directory_name *name = &block->names[i];
        sheet_cell(sheet, HOST_COLUMNS + (int)i * CELL, CELL - 1,
                   name->there < name->expected ? ROLE_WARN : ROLE_DIM,
                   name->owner || name->rule->scope == SCOPE_DSA
                       ? arena_format(sheet->arena, "%zu/%zu", name->there, name->expected)
                       : "?");
    }
}

static void add_block(struct sheet *sheet, const struct directory *directory,
                      const struct block *block)
{
    add_heads(sheet, block);
    for (size_t i = 0; i < directory->host_count; i++)
        add_host(sheet, directory, block, i);
    add_totals(sheet, block);
}

static bool are_of_one_place(const struct directory_name *a, const struct directory_name *b)
{
    bool here = a->rule->scope == SCOPE_SITE || a->rule->scope == SCOPE_LOCATION;
    bool there = b->rule->scope == SCOPE_SITE || b->rule->scope == SCOPE_LOCATION;

    return here == there && (!here || strcmp(a->place, b->place) == 0);
}

static void add_table(struct sheet *sheet, const struct directory *directory, size_t first,
                      size_t end)
{
    int fit = (sheet->width - HOST_COLUMNS + 1) / CELL;
    size_t most = fit < 2 ? 2 : (size_t)fit;

    for (size_t i = first; i < end; i += most) {
        struct block block = {&directory->names[i], end - i < most ? end - i : most};
        if (i > first)
            sheet_gap(sheet);
        add_block(sheet, directory, &block);
    }
}

static void add_tables(struct sheet *sheet, const struct directory *directory)
{
    for (size_t first = 0, end; first < directory->name_count; first = end) {
        const struct directory_name *name = &directory->names[first];
        bool place = name->rule->scope == SCOPE_SITE || name->rule->scope == SCOPE_LOCATION;
        for (end = first + 1; end < directory->name_count; end++)
            if (!are_of_one_place(name, &directory->names[end]))
                break;
        sheet_heading(sheet,
                      place ? arena_format(sheet->arena,
                                           name->rule->scope == SCOPE_SITE ? tr("Site %s")
                                                                           : tr("Location %s"),
                                           name->place)
                            : "Names of the whole domain",
                      NULL);
        add_table(sheet, directory, first, end);
    }
}

/* ---- signs, and what is missing ---- */

static void add_legend(struct sheet *sheet)
{
    static const enum directory_mark told[] = {MARK_THERE, MARK_MISSING, MARK_DIFFERS,
                                               MARK_GONE,  MARK_UNASKED, MARK_NONE};
    static const char *const words[DIRECTORY_MARKS] = {
        [MARK_THERE] = N_("there"),         [MARK_MISSING] = N_("missing"),
        [MARK_DIFFERS] = N_("other rank"),  [MARK_GONE] = N_("address gone"),
        [MARK_UNASKED] = N_("not queried"), [MARK_NONE] = N_("need not be"),
    };

    sheet_gap(sheet);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (i % 3 == 0)
            sheet_line(sheet);
        sheet_tab(sheet, 2 + (int)(i % 3) * 20);
        sheet_add(sheet, looks[told[i]].role, looks[told[i]].glyph);
        sheet_format(sheet, ROLE_DIM, " %s", tr(words[told[i]]));
    }
}

static void add_record(struct sheet *sheet, const char *line, size_t length)
{
    sheet_line(sheet);
    sheet_last(sheet)->value = arena_dup_bytes(sheet->arena, line, length);
    sheet_tab(sheet, 2);
    sheet_add(sheet, ROLE_TEXT, sheet_last(sheet)->value);
}

static void add_missing(struct sheet *sheet, const struct directory *directory)
{
    bool any = false;

    for (size_t i = 0; i < directory->name_count; i++)
        for (size_t k = 0; k < directory->host_count; k++) {
            const char *lines =
                directory_missing_lines(sheet->arena, directory, &directory->names[i], k);
            if (lines && !any)
                sheet_heading(sheet, "Missing, to publish (better: let the server register again)",
                              NULL);
            any = any || lines;
            for (; lines && *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n')
                add_record(sheet, lines, strcspn(lines, "\n"));
        }
}

void directory_draw(struct sheet *sheet, const struct directory *directory)
{
    if (!directory->complete) {
        sheet_pair(sheet, "", 0, ROLE_WAITING, tr("Not all answers are here yet."));
        sheet_gap(sheet);
    }
    add_hosts(sheet, directory);
    sheet_gap(sheet);
    add_places(sheet, directory);
    add_tables(sheet, directory);
    add_legend(sheet);
    add_missing(sheet, directory);
}
