/* The verdict of SPF on one sender, and the way through the records that led to it. */
#ifndef VIEW_SPF_SHEET_H
#define VIEW_SPF_SHEET_H

#include "mail/spf.h"
#include "view/sheet.h"

void spf_verdict_draw(struct sheet *sheet, const struct spf_verdict *verdict);

#endif
