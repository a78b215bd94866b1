#include "view/panes/mail_line.h"

#include "base/memory.h"
#include "sheet/words.h"

bool mail_line_add(struct mail_list *list, unsigned depth, const char *key, bool foldable,
                   struct mail_line line, const char *sentence)
{
    struct row *row = rows_add(list->rows, list->arena);
    struct mail_line *kept = arena_alloc(list->arena, 1, sizeof *kept);

    *kept = line;
    row->depth = depth;
    row->words = arena_dup(list->arena, key);
    row->fact = kept;
    row->waiting = line.waiting;
    row->key = row->words;
    row->foldable = foldable;
    row->unfolded = foldable && page_unfolded(list->page, PANE_MAIL, key);
    row->sentence = sentence;
    return row->unfolded;
}

struct row *mail_line_row(struct mail_list *list)
{
    return &list->rows->rows[list->rows->count - 1];
}

void mail_line_source(struct mail_list *list, const struct reply *reply, const char *target)
{
    struct row *row = mail_line_row(list);

    row->reply = reply;
    row->target = target;
    if (reply && reply->record_count) {
        struct text line = {0};
        record_print(reply->records[0], &line);
        row->line = arena_dup(list->arena, text_get(&line));
        text_clear(&line);
    }
}

const char *mail_line_name(struct mail_list *list, const char *name)
{
    struct text text = {0};
    const char *copy;

    words_name(name, true, &text);
    copy = arena_dup(list->arena, text_get(&text));
    text_clear(&text);
    return copy;
}

struct mail_line mail_line_policy(const char *label, enum policy_state state,
                                  const struct reply *reply, const char *text)
{
    static const struct {
        const char *glyph;
        enum role role;
    } looks[] = {
        [POLICY_PENDING] = {"", ROLE_WAITING}, [POLICY_UNKNOWN] = {"?", ROLE_UNKNOWN},
        [POLICY_NONE] = {"-", ROLE_NODATA},    [POLICY_FOUND] = {"✓", ROLE_OK},
        [POLICY_MULTIPLE] = {"✗", ROLE_ERROR}, [POLICY_SYNTAX] = {"✗", ROLE_ERROR},
    };

    return (struct mail_line){label,
                              looks[state].glyph,
                              looks[state].role,
                              words_state(policy_state_text(state), reply),
                              text ? text : "",
                              "",
                              state == POLICY_PENDING,
                              false};
}
