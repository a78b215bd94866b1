/* Two senders on the same draw, and all senders over one domain, as sheets. */
#ifndef SHEET_COMPARE_SHEET_H
#define SHEET_COMPARE_SHEET_H

#include "mail/simulation/comparison.h"
#include "mail/simulation/matrix.h"
#include "sheet/sheet.h"

/* Rows of two columns; what differs is marked, with the sentence why. */
void comparison_draw(struct sheet *sheet, const struct comparison *comparison);
/* A block for each profile: verdict, tries, first choice. Lines are numbered by the profile. */
/* "with DANE: deliver to mx2 in clear" in the arena; NULL where the sender cannot. */
const char *matrix_mode_words(const char *what, const struct matrix_mode *mode, const char *domain,
                              struct arena *arena);
void matrix_draw(struct sheet *sheet, const struct matrix *matrix, const char *domain);

#endif
