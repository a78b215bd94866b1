/* The way from the root, zone by zone. */
#ifndef SHEET_SERVERS_TRACE_SHEET_H
#define SHEET_SERVERS_TRACE_SHEET_H

#include "policy/servers/trace.h"
#include "sheet/sheet.h"

void trace_draw(struct sheet *sheet, const struct trace *trace);

#endif
