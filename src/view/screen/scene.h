/* The whole screen, drawn from a scene. */
#ifndef VIEW_SCREEN_SCENE_H
#define VIEW_SCREEN_SCENE_H

#include "view/panes/page.h"

void scene_draw(const struct scene *scene, struct canvas *canvas);

#endif
