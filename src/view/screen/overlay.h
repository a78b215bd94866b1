/* A window over the panes that shows one sheet, or two side by side. */
#ifndef VIEW_SCREEN_OVERLAY_H
#define VIEW_SCREEN_OVERLAY_H

#include "sheet/sheet.h"
#include "view/panes/page.h"
#include "view/screen/layout.h"

enum overlay_place {
    OVERLAY_BESIDE, /* beside the panes where there is room, else over them */
    OVERLAY_WHOLE,  /* over all panes */
    OVERLAY_LESSON, /* the page of a lesson: beside, below, or a strip */
    OVERLAY_SMALL,  /* no larger than the sheet, in the lower right corner */
};

enum { OVERLAY_SIDES = 2 };

struct overlay_side {
    const char *title, *right; /* in the line above; `right` may be NULL */
    struct sheet *sheet;       /* NULL: nothing to show yet */
    struct cursor cursor;      /* selected: the line with the cursor, when it is selectable */
};

struct overlay_view {
    enum overlay_place place;
    bool two_sided;
    bool stacked; /* the second side below the first, however wide the window is */
    struct overlay_side sides[OVERLAY_SIDES];
    int side; /* the one with the keys */
    bool zoomed;
    bool focused; /* of a lesson: it has the keys */
};

/* The insides of the sides; width 0: not shown now. */
void overlay_areas(const struct overlay_view *overlay, const struct layout *layout,
                   struct area out[OVERLAY_SIDES]);
/* There is room for one of two sides only: that of overlay->side. */
bool overlay_one_side(const struct overlay_view *overlay, const struct layout *layout);
/* The columns a sheet should be made for. */
int overlay_columns(const struct overlay_view *overlay, const struct layout *layout, int side);

void overlay_draw(const struct scene *scene, const struct overlay_view *overlay,
                  struct canvas *canvas, const struct layout *layout);

#endif
