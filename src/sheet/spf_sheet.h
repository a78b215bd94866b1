/* The verdict of SPF on one sender, and the way through the records that led to it. */
#ifndef SHEET_SPF_SHEET_H
#define SHEET_SPF_SHEET_H

#include "policy/spf/spf.h"
#include "sheet/sheet.h"

void spf_verdict_draw(struct sheet *sheet, const struct spf_verdict *verdict);

#endif
