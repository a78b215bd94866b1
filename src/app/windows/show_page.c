/* Windows about the domain as a whole: journey, when a change is noticed, SPF, more names. */
#include "app/actions/perform.h"
#include "app/settings/places.h"
#include "app/state/list.h"
#include "app/state/visit.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/name.h"
#include "policy/setup/setup.h"
#include "sheet/journey_sheet.h"
#include "sheet/names_sheet.h"
#include "sheet/spf_sheet.h"
#include "sheet/words.h"

#include <stdlib.h>
#include <string.h>

enum { READABLE = 116 };

static struct sheet *readable(struct sheet *sheet)
{
    if (sheet->width > READABLE)
        sheet->width = READABLE;
    return sheet;
}

static void build_journey(struct ui *ui, struct window *window)
{
    journey_draw(readable(list_sheet(ui, window, "A message's journey", NULL)),
                 ui_visit(ui)->page.facts);
}

const struct window_kind window_journey = {
    .id = "journey",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/journey.txt",
    .build = build_journey,
    .every_reply = true,
};

static void build_ttls(struct ui *ui, struct window *window)
{
    ttl_axis_draw(readable(list_sheet(ui, window, "How long until a change is seen?", "by TTL")),
                  ui_visit(ui)->page.facts);
}

const struct window_kind window_ttls = {
    .id = "ttl",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_BESIDE,
    .help = "help/ttl.txt",
    .build = build_ttls,
    .every_reply = true,
};

/* ---- SPF for a sender ---- */

static void build_spf(struct ui *ui, struct window *window)
{
    const struct setup *setup = ui_visit(ui)->page.facts->setup;
    struct sheet *sheet = readable(list_sheet(ui, window, "SPF check", "RFC 7208"));

    if (setup && setup->verdict)
        spf_verdict_draw(sheet, setup->verdict);
    else
        sheet_pair(sheet, "", 0, ROLE_DIM, tr(":spf ADDRESS [FROM [HELO]] checks a sender."));
}

static const struct window_kind window_spf = {
    .id = "spf",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/spf.txt",
    .build = build_spf,
    .every_reply = true,
};

/* The tree of the record, in its pane. */
static void open_tree(struct ui *ui, struct visit *visit, struct effects *effects)
{
    struct pane_state *state = &visit->page.panes[PANE_MAIL];

    windows_close_all(ui, effects);
    visit->page.focus = PANE_MAIL;
    state->all_unfolded = true;
    visit->stale = true;
    visit_refresh(ui, visit);
    state->cursor.selected = 0;
    for (size_t i = state->rows.count; i-- > 0;)
        if (state->rows.rows[i].depth == 0 && state->rows.rows[i].words &&
            strcmp(state->rows.rows[i].words, "SPF") == 0)
            state->cursor.selected = i;
    visit_note_cursor(visit, PANE_MAIL);
}

void show_spf(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    char *words = memory_dup(argument ? argument : ""), *from, *helo;
    struct spf_sender sender = {.now = ui->settings.survey.now};
    struct text name = {0};

    if ((from = strchr(words, ' ')))
        *from++ = '\0';
    if (from && (helo = strchr(from, ' '))) {
        *helo++ = '\0';
        sender.helo = helo;
    }
    if (!visit || !visit->page.facts->setup) {
        ui_say(ui, ROLE_NOTICE, "SPF is checked for domains only");
    } else if (!*words && visit->page.facts->setup->verdict) {
        window_open(ui, &window_spf, NULL, effects);
    } else if (!*words) {
        open_tree(ui, visit, effects);
    } else if (!address_parse(words, &sender.ip)) {
        ui_say(ui, ROLE_ERROR, "an address is missing: :spf ADDRESS [FROM [HELO]]");
    } else {
        text_add(&name, "postmaster@");
        words_name(visit->page.name, false, &name);
        sender.from = from && *from ? from : text_get(&name);
        survey_set_spf(visit->survey, &sender);
        visit->stale = true;
        window_open(ui, &window_spf, NULL, effects);
    }
    text_clear(&name);
    free(words);
}

/* ---- more names ---- */

static void build_names(struct ui *ui, struct window *window)
{
    names_draw(list_sheet(ui, window, "Names used in mail addresses", "each needs its own MX"),
               ui_visit(ui)->page.facts);
}

static const struct window_kind window_names = {
    .id = "names",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_BESIDE,
    .help = "help/compare.txt",
    .build = build_names,
    .every_reply = true,
};

/* "sub1,sub2 other.example.com": labels are completed by the domain. */
static size_t parse_names(struct ui *ui, const char *argument, const char *domain,
                          struct arena *arena, const char **names, size_t most)
{
    size_t count = 0;

    while (*argument && count < most) {
        size_t length = strcspn(argument, ", ");
        char *word = arena_dup_bytes(arena, argument, length), name[NAME_TEXT];
        const char *why;
        argument += length + (argument[length] != '\0');
        if (!length)
            continue;
        if (strchr(word, '.') ? name_canonical(word, name, &why) : name_join(word, domain, name))
            ui_say(ui, ROLE_ERROR, "%s is not a name", word);
        else
            names[count++] = arena_dup(arena, name);
    }
    return count;
}

enum { NAMES_MOST = 16 };

/* The keys appear in the mail policy pane, in front of the others. */
void judge_selectors(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const char *selectors[NAMES_MOST];
    struct arena *arena;
    size_t count = 0;

    (void)effects;
    if (!visit)
        return;
    if (!argument || !*argument) {
        ui_say(ui, ROLE_ERROR, "a selector is missing: :dkim SELECTOR[,SELECTOR...]");
        return;
    }
    arena = arena_new();
    while (*(argument += strspn(argument, ", ")) && count < NAMES_MOST) {
        size_t length = strcspn(argument, ", ");
        selectors[count++] = arena_dup_bytes(arena, argument, length);
        argument += length;
    }
    survey_set_selectors(visit->survey, selectors, count);
    visit->stale = true;
    ui_say(ui, ROLE_NOTICE,
           tr_plural("%zu selector is checked in the mail policy pane",
                     "%zu selectors are checked in the mail policy pane", count),
           count);
    arena_free(arena);
}

/* Sites that DNS cannot list: those known stay. */
void ask_sites(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct strings places = {0};
    const char *wrong = NULL, *why = NULL;
    struct arena *arena;

    (void)effects;
    if (!visit)
        return;
    arena = arena_new();
    visit_places(visit, &places, arena);
    if (!argument || !*argument) {
        ui_say(ui, ROLE_ERROR, "a name is missing: :site NAME[,NAME...]");
    } else if (!places_add_list(&places, argument, arena, &wrong, &why)) {
        ui_say(ui, ROLE_ERROR, "%s: %s", wrong, why);
    } else {
        survey_set_places(visit->survey, places.list, places.count);
        visit->stale = true;
        ui_say(ui, ROLE_NOTICE,
               visit->page.facts->directory ? "queried as well: %s"
                                            : "queried when a directory is found: %s",
               argument);
    }
    arena_free(arena);
}

void show_names(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    const char *names[NAMES_MOST];
    struct arena *arena;
    size_t count;

    if (!visit)
        return;
    if (argument && *argument) {
        arena = arena_new();
        count = parse_names(ui, argument, visit->page.name, arena, names, NAMES_MOST);
        survey_set_names(visit->survey, names, count);
        visit->stale = true;
        arena_free(arena);
    }
    window_open(ui, &window_names, NULL, effects);
}
