/* The authoritative view: what every address of every name server says when it is asked directly,
 * and which name servers the parent names. */
#ifndef SHEET_AUTHORITY_SHEET_H
#define SHEET_AUTHORITY_SHEET_H

#include "policy/servers/authority.h"
#include "sheet/sheet.h"

/* A line that can be stood on for each address; its value is the address. */
void authority_draw(struct sheet *sheet, const struct authority *authority);

/* The sign of a server's state; `differs`: from the first server that answers. */
struct authority_look {
    const char *glyph;
    enum role role;
};
struct authority_look authority_look(const struct authority_server *server, bool differs);

#endif
