/* A client's choice among SRV records, as a sheet: nominal, exact and drawn side by side. */
#ifndef SHEET_SRV_SHEET_H
#define SHEET_SRV_SHEET_H

#include "dns/reply.h"
#include "mail/clients/srv_draw.h"
#include "sheet/sheet.h"

/* The targets by priority and what each algorithm gives them; the key of a line is the target. Of a
 * set that is NULL or empty the reply says why: NULL, it is waited for. */
void srv_shares_draw(struct sheet *sheet, const struct srv_set *set, const struct srv_draw *draw,
                     const struct reply *reply);
/* Weight and exact share of each target before and after an edit, side by side; nothing where the
 * sets are the same. Either may be NULL: no records. */
void srv_change_draw(struct sheet *sheet, const struct srv_set *before, const struct srv_set *after,
                     enum srv_algorithm algorithm);
/* The orders drawn, the algorithms in a sentence each. */
void srv_orders_draw(struct sheet *sheet, const struct srv_set *set, const struct srv_draw *draw);

#endif
