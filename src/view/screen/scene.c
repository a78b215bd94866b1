#include "view/screen/scene.h"

#include "base/message.h"
#include "base/utf8.h"
#include "sheet/words.h"
#include "view/canvas/frame.h"
#include "view/panes/pane.h"
#include "view/screen/layout.h"
#include "view/screen/overlay.h"
#include "view/screen/strips.h"

#include <stdio.h>

static void draw_too_small(struct canvas *canvas)
{
    char text[WORD_SIZE * 3];
    int width = canvas_width(canvas);

    snprintf(text, sizeof text, tr("mxtrail needs %dx%d cells; this terminal has %dx%d"),
             LAYOUT_LEAST_COLUMNS, LAYOUT_LEAST_ROWS, width, canvas_height(canvas));
    canvas_put_fit(canvas, canvas_area(canvas), 0, 0, width, ROLE_TEXT, text);
    canvas_cursor_set(canvas, 0, 0);
}

static void draw_grid(const struct layout *layout, struct canvas *canvas)
{
    int ys[LAYOUT_BANDS + 2], bottom = layout->detail.y + layout->detail.height;
    size_t count = 0;

    for (int band = 0; band <= layout->band_count; band++)
        ys[count++] = layout->band_y[band];
    ys[count++] = bottom;
    frame_grid(canvas, layout->column_x, (size_t)layout->column_count + 1, ys, count, true,
               ROLE_FRAME);
}

/* Between the title and what stands at its right, where there is room. */
static void draw_heads(const struct scene *scene, const struct pane_kind *kind,
                       struct canvas *canvas, struct area line, int from, int until)
{
    struct area inner = {line.x + 2, line.y, line.width - 3, 1};
    int x = 0;
    const char *heads = kind->heads ? kind->heads(scene, inner, &x) : NULL;

    if (heads && x + 1 > from && x + 3 + utf8_columns(heads) < until)
        frame_title(canvas, line, x + 1, utf8_columns(heads) + 2, ROLE_DIM, heads);
}

static void draw_titles(const struct scene *scene, enum pane pane, struct canvas *canvas,
                        struct area inside)
{
    const struct pane_state *state = &scene->page->panes[pane];
    const struct pane_kind *kind = pane_kind(pane);
    bool focused = scene->page->focus == pane;
    enum role role = focused ? ROLE_PANE_TITLE_FOCUS : ROLE_PANE_TITLE;
    struct area line = {inside.x, inside.y - 1, inside.width, 1};
    struct text title = {0}, summary = {0};
    int place = 0, used, right = 0;

    while (scene->page->places[place] != pane)
        place++;
    text_format(&title, "%d %s", place + 1, tr_in("title", kind->title));
    if ((state->sort || state->reversed) && kind->orders) {
        text_add_char(&title, ' ');
        text_format(&title, state->reversed ? tr("by %s ▾") : tr("by %s"),
                    tr(kind->orders[state->sort]));
    }
    if (state->filter) {
        text_add_char(&title, ' ');
        text_format(&title, tr("with \"%s\", %zu hidden"), state->filter, state->rows.hidden);
    }
    used = frame_title(canvas, line, 1, line.width - 2, role, text_get(&title));
    pane_hidden(state, inside.height, &summary);
    kind->summary(scene, &summary);
    if (line.width - used - 4 >= 3)
        right = frame_title(canvas, line, -1, line.width - used - 4, role, text_get(&summary));
    draw_heads(scene, kind, canvas, line, used + 2, line.width - right - 2);
    text_clear(&title);
    text_clear(&summary);
}

static void draw_panes(const struct scene *scene, const struct layout *layout,
                       struct canvas *canvas)
{
    struct area line = {0, layout->detail.y - 1, layout->body.width, 1};
    enum pane focus = scene->page->focus;

    draw_grid(layout, canvas);
    if (layout->panes[focus].width && !scene->prompt.active && !scene->overlay_count &&
        !(scene->panel && scene->panel->focused))
        frame_highlight(canvas, layout->panes[focus], ROLE_FRAME_FOCUS);
    detail_draw(scene, canvas, line, layout->detail);
    for (int pane = 0; pane < PANE_COUNT; pane++)
        if (layout->panes[pane].width) {
            draw_titles(scene, (enum pane)pane, canvas, layout->panes[pane]);
            pane_draw(scene, (enum pane)pane, canvas, layout->panes[pane]);
        }
}

static void draw_welcome(const struct layout *layout, struct canvas *canvas)
{
    static const struct {
        const char *example, *words;
    } lines[] = {
        {NULL, N_("Where does mail for a name go?")},
        {NULL, ""},
        {NULL, N_("Type it above and press Enter:")},
        {NULL, ""},
        {"example.com", N_("a domain")},
        {"user@example.com", N_("only the part after the @ matters")},
        {"192.0.2.25", N_("an IP address")},
        {"_ldap._tcp.example.com", N_("a service")},
        {NULL, ""},
        {NULL, N_("Press F1 for help at any time. :lessons needs no network.")},
    };
    int count = (int)(sizeof lines / sizeof *lines), wide = 58;
    struct area area = layout->body;
    int y;

    area.height += layout->detail.height + 2;
    y = area.height > count + 2 ? (area.height - count) / 3 : 0;
    area.x += area.width > wide ? (area.width - wide) / 2 : 2;
    area.width -= area.x;
    for (int i = 0; i < count && y + i < area.height; i++) {
        int x = lines[i].example ? 29 : 0;
        if (x)
            canvas_put_fit(canvas, area, 4, y + i, x - 4, ROLE_TEXT, lines[i].example);
        if (*lines[i].words)
            canvas_put_fit(canvas, area, x, y + i, area.width - x, i ? ROLE_TEXT : ROLE_MX_BEST,
                           tr(lines[i].words));
    }
}

void scene_draw(const struct scene *scene, struct canvas *canvas)
{
    struct layout layout;

    canvas_fill(canvas, canvas_area(canvas), ROLE_TEXT);
    canvas_cursor_set(canvas, -1, -1);
    layout_compute(scene, canvas_width(canvas), canvas_height(canvas), &layout);
    if (layout.too_small) {
        draw_too_small(canvas);
        return;
    }
    title_draw(scene, canvas, layout.title);
    if (layout.strip.height)
        tabs_draw(scene, canvas, layout.strip);
    if (scene->page)
        draw_panes(scene, &layout, canvas);
    else
        draw_welcome(&layout, canvas);
    for (size_t i = 0; i < scene->overlay_count; i++)
        overlay_draw(scene, &scene->overlays[i], canvas, &layout);
    if (scene->panel && layout.lesson.width)
        overlay_draw(scene, scene->panel, canvas, &layout);
    prompt_draw(scene, canvas, layout.prompt);
    key_bar_draw(scene, canvas, layout.bar);
}
