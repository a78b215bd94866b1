/* Two senders on the same draw, and all senders over one domain, as sheets. */
#ifndef SHEET_COMPARE_SHEET_H
#define SHEET_COMPARE_SHEET_H

#include "mail/simulation/comparison.h"
#include "mail/simulation/matrix.h"
#include "sheet/sheet.h"

/* Rows of two columns; what differs is marked, with the sentence why. */
void comparison_draw(struct sheet *sheet, const struct comparison *comparison);
/* A block for each profile: verdict, tries, first choice, and what it would be with DANE and
 * MTA-STS. Lines are numbered by the profile. */
void matrix_draw(struct sheet *sheet, const struct matrix *matrix, const char *domain);

#endif
