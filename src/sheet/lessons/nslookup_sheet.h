/* An answer in the shape nslookup gives it, for those who know it from there. */
#ifndef SHEET_LESSONS_NSLOOKUP_SHEET_H
#define SHEET_LESSONS_NSLOOKUP_SHEET_H

#include "dns/reply.h"
#include "sheet/sheet.h"

/* Server, answer, and what authority and additional section hold beside it. Where the authority
 * section is empty, the name servers are those of `ns`, the reply to a lookup of their own (NULL:
 * there is none), and it is said where they are from. */
void nslookup_draw(struct sheet *sheet, const struct reply *reply, const struct reply *ns);

#endif
