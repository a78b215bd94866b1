/* The MX answer as nslookup prints it: app/actions/perform.h. */
#include "app/actions/perform.h"
#include "app/state/list.h"

#include "base/message.h"
#include "sheet/lessons/nslookup_sheet.h"

/* Of the row under the cursor, else of the MX lookup. */
static const struct reply *reply_shown(struct ui *ui)
{
    const struct row *row = ui_row(ui);
    const struct facts *facts = ui_visit(ui)->page.facts;

    if (row && row->reply)
        return row->reply;
    return facts ? facts->mx.reply : NULL;
}

static void build(struct ui *ui, struct window *window)
{
    const struct reply *reply = reply_shown(ui);
    const struct facts *facts = ui_visit(ui)->page.facts;
    struct sheet *sheet = list_sheet(ui, window, "As nslookup shows it", NULL);

    if (reply)
        nslookup_draw(sheet, reply, facts ? facts->ns.reply : NULL);
    else
        sheet_pair(sheet, "", 0, ROLE_DIM, tr("Waiting for the response."));
}

const struct window_kind window_nslookup = {
    .id = "nslookup",
    .context = CONTEXT_VIEW,
    .place = OVERLAY_BESIDE,
    .help = "help/message.txt",
    .build = build,
    .every_reply = true,
};
