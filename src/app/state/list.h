/* What the lists to choose from have in common. */
#ifndef APP_STATE_LIST_H
#define APP_STATE_LIST_H

#include "app/state/state.h"

/* A fresh sheet for the left side of a window, in its width. What is said in its frame is a
 * message. */
struct sheet *list_sheet(struct ui *ui, struct window *window, const char *title,
                         const char *right);
/* The same for one of its sides. */
struct sheet *list_side(struct ui *ui, struct window *window, int side, const char *title,
                        const char *right);
/* Puts the cursor on the line of that key, if there is one. */
void list_place(struct ui *ui, struct window *window, const char *key);

#endif
