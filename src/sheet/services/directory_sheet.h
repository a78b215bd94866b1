/* A directory as a table: its servers, and the names that each should have registered. */
#ifndef SHEET_SERVICES_DIRECTORY_SHEET_H
#define SHEET_SERVICES_DIRECTORY_SHEET_H

#include "policy/directory/directory.h"
#include "sheet/sheet.h"

/* Blocks of columns for the whole domain and for each site or location; a line that can be stood on
 * for each server: its key is the server, its number the first name of the block in the directory.
 * Below, what to publish: lines whose value is the record. */
void directory_draw(struct sheet *sheet, const struct directory *directory);
/* "2 of 3": how many of the marks of a column are there, as in the last line of a block. In the
 * arena. */
const char *directory_title(struct arena *arena, const struct directory *directory);

#endif
