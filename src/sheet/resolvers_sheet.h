/* What several resolvers answer, one record after the other. */
#ifndef SHEET_RESOLVERS_SHEET_H
#define SHEET_RESOLVERS_SHEET_H

#include "policy/servers/resolvers.h"
#include "sheet/sheet.h"

/* `domain` is what the names are told without. */
void resolvers_draw(struct sheet *sheet, const struct resolvers *resolvers, const char *domain);
/* "192.0.2.53#5353", "[2001:db8::53]#5353", "192.0.2.53"; in the arena. */
const char *resolver_name(struct arena *arena, const struct compared_resolver *resolver);

#endif
