/* Pages of help and narration as sheets: "# title", "## heading", indented examples, *emphasis*. */
#ifndef SHEET_PAGE_SHEET_H
#define SHEET_PAGE_SHEET_H

#include "sheet/sheet.h"

#include <stdbool.h>

enum { PAGE_COLUMNS = 80 }; /* lines longer than this are hard to read */

/* Appends the page. `known` says whether a word is the name of another page: a line whose first
 * word is one (in a list of pages) can be selected, with that page as its key; NULL: none is. */
void page_draw(struct sheet *sheet, const char *text, size_t length,
               bool (*known)(const char *word));
/* The title of a page, without its mark: up to the first line end. Into the arena. */
const char *page_title(struct arena *arena, const char *text);

#endif
