/* Where things go: for every size of the screen, every pane with the focus. */
#include "unit/check.h"
#include "view/screen/layout.h"

static void page_of(struct page *page, enum pane focus, size_t rows)
{
    *page = (struct page){.focus = focus};
    for (int i = 0; i < PANE_COUNT; i++) {
        page->places[i] = (enum pane)i;
        page->panes[i].rows.count = rows * (size_t)(i + 1);
    }
}

static bool inside(const struct area *area, int width, int height)
{
    return area->x >= 0 && area->y >= 0 && area->width >= 0 && area->height >= 0 &&
           area->x + area->width <= width && area->y + area->height <= height;
}

static bool overlap(const struct area *a, const struct area *b)
{
    return a->width && a->height && b->width && b->height && a->x < b->x + b->width &&
           b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void check(const struct layout *layout, int width, int height, enum pane focus)
{
    const struct area *strips[] = {&layout->title, &layout->prompt, &layout->detail, &layout->bar};

    for (int i = 0; i < PANE_COUNT; i++) {
        assert_true(inside(&layout->panes[i], width, height));
        for (int k = 0; k < i; k++)
            assert_false(overlap(&layout->panes[i], &layout->panes[k]));
        for (int k = 0; k < 4; k++)
            assert_false(overlap(&layout->panes[i], strips[k]));
    }
    for (int k = 0; k < 4; k++)
        assert_true(inside(strips[k], width, height));
    assert_true(inside(&layout->window, width, height));
    assert_true(layout->panes[focus].height >= 1); /* what one works with is always seen */
}

static void nothing_overlaps_at_any_size(void **state)
{
    (void)state;
    for (int width = LAYOUT_LEAST_COLUMNS; width <= 210; width += 5)
        for (int height = LAYOUT_LEAST_ROWS; height <= 70; height++)
            for (int focus = 0; focus < PANE_COUNT; focus++)
                for (size_t rows = 0; rows <= 30; rows += 15) {
                    struct page page;
                    struct scene scene = {.page = &page};
                    struct layout layout;
                    page_of(&page, (enum pane)focus, rows);
                    layout_compute(&scene, width, height, &layout);
                    assert_false(layout.too_small);
                    check(&layout, width, height, (enum pane)focus);
                }
}

static void below_the_least_size_there_is_one_line(void **state)
{
    static const int sizes[][2] = {{39, 10}, {40, 9}, {1, 1}, {500, 3}, {0, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct scene scene = {0};
        struct layout layout;
        layout_compute(&scene, sizes[i][0], sizes[i][1], &layout);
        assert_true(layout.too_small);
    }
}

/* UX: >= 100 columns a grid, 60-99 stacked, less one pane with tabs. */
static void the_width_decides_the_grid(void **state)
{
    static const struct {
        int width, columns;
        bool tabs;
    } cases[] = {{200, 3, false}, {150, 3, false}, {149, 2, false}, {100, 2, false},
                 {99, 1, false},  {60, 1, false},  {59, 1, true},   {40, 1, true}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page page;
        struct scene scene = {.page = &page};
        struct layout layout;
        page_of(&page, PANE_MX, 3);
        layout_compute(&scene, cases[i].width, 40, &layout);
        assert_int_equal(layout.column_count, cases[i].columns);
        assert_int_equal(layout.tabs, cases[i].tabs);
    }
}

static void zoom_gives_one_pane_everything(void **state)
{
    struct page page;
    struct scene scene = {.page = &page};
    struct layout layout;

    (void)state;
    page_of(&page, PANE_SRV, 3);
    page.zoomed = true;
    layout_compute(&scene, 120, 40, &layout);
    assert_int_equal(layout.panes[PANE_MX].width, 0);
    assert_int_equal(layout.panes[PANE_SRV].width, 118);
}

/* Of findings the strip is for reading; other panes, and many findings, keep their lines. */
static void zoomed_findings_leave_the_strip_room(void **state)
{
    static const struct {
        enum pane pane;
        size_t rows;
        int height, lines;
    } cases[] = {{PANE_FINDINGS, 4, 40, 14}, {PANE_FINDINGS, 4, 24, 14}, {PANE_FINDINGS, 10, 24, 8},
                 {PANE_FINDINGS, 30, 24, 3}, {PANE_FINDINGS, 4, 19, 3},  {PANE_MX, 4, 40, 3}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct page page;
        struct scene scene = {.page = &page};
        struct layout layout;

        page_of(&page, cases[i].pane, 0);
        page.panes[cases[i].pane].rows.count = cases[i].rows;
        page.zoomed = true;
        layout_compute(&scene, 80, cases[i].height, &layout);
        assert_int_equal(layout.detail.height, cases[i].lines);
        assert_true(layout.panes[cases[i].pane].height >= (int)cases[i].rows ||
                    cases[i].lines == 3);
    }
}

static void cells_are_found_again(void **state)
{
    struct page page;
    struct scene scene = {.page = &page};
    struct layout layout;

    (void)state;
    page_of(&page, PANE_MX, 3);
    layout_compute(&scene, 120, 40, &layout);
    for (int i = 0; i < PANE_COUNT; i++)
        assert_int_equal(layout_pane_at(&layout, layout.panes[i].x, layout.panes[i].y), i);
    assert_int_equal(layout_pane_at(&layout, 0, 0), PANE_COUNT);
    assert_int_equal(layout_pane_at(&layout, 500, 500), PANE_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_at_any_size),
        cmocka_unit_test(below_the_least_size_there_is_one_line),
        cmocka_unit_test(the_width_decides_the_grid),
        cmocka_unit_test(zoom_gives_one_pane_everything),
        cmocka_unit_test(zoomed_findings_leave_the_strip_room),
        cmocka_unit_test(cells_are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
