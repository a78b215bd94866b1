/* The lesson that is played, as a panel beside the panes. */
#ifndef APP_STATE_LECTURE_VIEW_H
#define APP_STATE_LECTURE_VIEW_H

#include "app/state/state.h"

/* Makes ui->scene.panel anew for the size of the screen: NULL where none is played, or its page
 * is put away. */
void lecture_view_refresh(struct ui *ui);
/* To the next line to stand on, or one line further. */
void lecture_view_move(struct ui *ui, int direction);
/* Scrolls the page by that many lines. */
void lecture_view_scroll(struct ui *ui, long lines);

#endif
