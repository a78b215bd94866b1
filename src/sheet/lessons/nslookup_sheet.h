/* An answer in the shape nslookup gives it, for those who know it from there. */
#ifndef SHEET_LESSONS_NSLOOKUP_SHEET_H
#define SHEET_LESSONS_NSLOOKUP_SHEET_H

#include "dns/reply.h"
#include "sheet/sheet.h"

/* Server, answer, and what authority and additional section hold beside it. */
void nslookup_draw(struct sheet *sheet, const struct reply *reply);

#endif
