/* The strips around the panes: title bar, prompt, tabs, detail of the focused row, key bar. */
#ifndef VIEW_SCREEN_STRIPS_H
#define VIEW_SCREEN_STRIPS_H

#include "view/panes/page.h"

void title_draw(const struct scene *scene, struct canvas *canvas, struct area area);
void prompt_draw(const struct scene *scene, struct canvas *canvas, struct area area);
void tabs_draw(const struct scene *scene, struct canvas *canvas, struct area area);
/* The pane whose tab has column x; PANE_COUNT for none. */
enum pane strips_pane_at(const struct scene *scene, struct area area, int x);
/* The record of the focused row as a zone-file line and what it means; who answered and how stands
 * in the line above the area, which is `line`. */
void detail_draw(const struct scene *scene, struct canvas *canvas, struct area line,
                 struct area area);
/* Keys, or the command being typed, or the message. */
void key_bar_draw(const struct scene *scene, struct canvas *canvas, struct area area);
/* The key shown at column x; NULL for none. */
const struct hint *strips_hint_at(const struct scene *scene, struct area area, int x);

#endif
