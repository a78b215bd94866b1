/* Where everything goes on a screen of a given size. Pure: the same answer for drawing and for the
 * mouse. */
#ifndef VIEW_SCREEN_LAYOUT_H
#define VIEW_SCREEN_LAYOUT_H

#include "view/panes/page.h"

enum { LAYOUT_LEAST_COLUMNS = 40, LAYOUT_LEAST_ROWS = 10 };
enum { LAYOUT_COLUMNS = 3, LAYOUT_BANDS = PANE_COUNT };

/* Where the page of a lesson goes: taken off first, all else is laid out in what is left. */
enum lesson_place { LESSON_NONE, LESSON_BESIDE, LESSON_BELOW, LESSON_STRIP, LESSON_OVER };

struct layout {
    bool too_small; /* nothing but one plain line */
    bool tabs;      /* one pane, and a strip with the names of all */
    struct area title, prompt, strip, body, detail, bar;
    /* The inside of each pane, between its lines; height 0: only its title is shown, width 0: it is
     * not shown at all. */
    struct area panes[PANE_COUNT];
    int column_count, band_count;
    int column_x[LAYOUT_COLUMNS + 1]; /* of the upright lines; the last one closes */
    int band_y[LAYOUT_BANDS + 1];     /* of the level lines; the last is the top of the detail */
    enum lesson_place lesson_place;
    struct area lesson; /* with its frame, which it shares; width 0: none is shown */
    /* Where windows go: beside or below what one came from, and over all panes. */
    struct area window, whole;
};

void layout_compute(const struct scene *scene, int width, int height, struct layout *layout);

/* The pane whose inside or title has this cell; PANE_COUNT for none. */
enum pane layout_pane_at(const struct layout *layout, int x, int y);

#endif
