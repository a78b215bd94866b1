/* Before and after an edit of the records: who is tried first, who takes the message, as a sheet.
 */
#ifndef VIEW_WHATIF_SHEET_H
#define VIEW_WHATIF_SHEET_H

#include "mail/simulation.h"
#include "view/sheet.h"

struct whatif_side {
    const struct route *route;
    const struct simulation_result *result;
};

void whatif_draw(struct sheet *sheet, const struct whatif_side *before,
                 const struct whatif_side *after);

#endif
