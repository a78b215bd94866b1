/* Every name server asked directly, side by side: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/memory.h"
#include "base/message.h"
#include "policy/setup/setup.h"
#include "sheet/authority_sheet.h"
#include "sheet/words.h"

static const char *title_of(const struct authority *authority, struct arena *arena)
{
    struct text name = {0};
    const char *title = tr("Name servers, queried directly");

    if (authority->zone) {
        words_name(authority->zone, false, &name);
        title = arena_format(arena, tr("Name servers of %s, queried directly"), text_get(&name));
    }
    text_clear(&name);
    return title;
}

static void build_authority(struct ui *ui, struct window *window)
{
    const struct setup *setup = ui_visit(ui)->page.facts->zone;

    if (setup)
        authority_draw(
            list_sheet(ui, window, title_of(setup->authority, window->arena), "without recursion"),
            setup->authority);
    else
        sheet_pair(list_sheet(ui, window, "Name servers", NULL), "", 0, ROLE_DIM,
                   tr("Queried for domains only."));
}

const struct window_kind window_authority = {
    .id = "servers",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_WHOLE,
    .help = "help/authority.txt",
    .build = build_authority,
    .every_reply = true,
};
