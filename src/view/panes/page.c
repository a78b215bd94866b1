#include "view/panes/page.h"

#include <string.h>

bool page_unfolded(const struct page *page, enum pane pane, const char *name)
{
    if (page->panes[pane].all_unfolded || (page->zoomed && page->focus == pane))
        return true;
    for (size_t i = 0; i < page->unfolded_count; i++)
        if (strcmp(page->unfolded[i], name) == 0)
            return true;
    return false;
}

uint32_t page_ttl_left(const struct scene *scene, const struct record *record,
                       const struct reply *reply)
{
    int64_t age = reply ? (scene->now_ms - reply->received_ms) / 1000 : 0;

    return age < 0 ? record->ttl : age >= record->ttl ? 0 : record->ttl - (uint32_t)age;
}
