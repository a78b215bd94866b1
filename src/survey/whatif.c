#include "survey/whatif.h"

#include "base/array.h"
#include "base/memory.h"
#include "base/message.h"
#include "dns/formats/published.h"
#include "dns/type.h"
#include "survey/whatif_edit.h"

#include <stdlib.h>
#include <string.h>

struct whatif {
    struct whatif_edit **edits; /* owned */
    size_t edit_count, edit_capacity;
    struct answers *changed;
    const struct answers *of; /* that `changed` was made from; NULL: it is to be made */
    uint64_t changes;         /* of `of` then */
};

struct whatif *whatif_new(void)
{
    struct whatif *whatif = memory_new(1, sizeof *whatif);

    whatif->changed = answers_new();
    return whatif;
}

static void forget(struct whatif *whatif)
{
    answers_free(whatif->changed);
    whatif->changed = answers_new();
    whatif->of = NULL;
}

void whatif_reset(struct whatif *whatif)
{
    for (size_t i = 0; i < whatif->edit_count; i++)
        whatif_edit_free(whatif->edits[i]);
    whatif->edit_count = 0;
    forget(whatif);
}

void whatif_free(struct whatif *whatif)
{
    if (!whatif)
        return;
    whatif_reset(whatif);
    answers_free(whatif->changed);
    free(whatif->edits);
    free(whatif);
}

size_t whatif_count(const struct whatif *whatif)
{
    return whatif->edit_count;
}

const char *whatif_at(const struct whatif *whatif, size_t index)
{
    return whatif->edits[index]->command;
}

/* The reply as earlier edits have left it, or the original; NULL when not known. */
static const struct reply *current(const struct whatif *whatif, const struct answers *answers,
                                   const struct whatif_edit *edit)
{
    struct question question = {.name = edit->owner, .type = edit->type};
    const struct reply *reply = answers_find(whatif->changed, &question);

    return reply ? reply : answers_find(answers, &question);
}

/* Lays one edit over what there is. Only a record can be added where nothing is known yet. */
static enum status lay(struct whatif *whatif, const struct answers *answers,
                       const struct whatif_edit *edit, const char **why)
{
    const struct reply *before = current(whatif, answers, edit);
    struct reply *changed;
    enum status status = STATUS_NOT_FOUND;

    *why = tr("its records are not known yet");
    if (before || edit->verb == WHATIF_ADD)
        status = whatif_edit_apply(edit, before, &changed, why);
    if (status == STATUS_OK)
        answers_put(whatif->changed, changed);
    return status;
}

const struct answers *whatif_answers(struct whatif *whatif, const struct answers *answers)
{
    if (whatif->of == answers && whatif->changes == answers_changes(answers))
        return whatif->changed;
    forget(whatif);
    for (size_t i = 0; i < whatif->edit_count; i++) {
        struct whatif_edit *edit = whatif->edits[i];
        const char *why;
        edit->fault = lay(whatif, answers, edit, &why) == STATUS_OK ? NULL : why;
    }
    whatif->of = answers;
    whatif->changes = answers_changes(answers);
    return whatif->changed;
}

const char *whatif_fault(struct whatif *whatif, const struct answers *answers, size_t index)
{
    whatif_answers(whatif, answers);
    return whatif->edits[index]->fault;
}

void whatif_want(const struct whatif *whatif, const struct lookup *lookup)
{
    for (size_t i = 0; i < whatif->edit_count; i++)
        lookup_find(lookup, whatif->edits[i]->owner, whatif->edits[i]->type);
}

enum status whatif_edit(struct whatif *whatif, const struct answers *answers, const char *domain,
                        const char *command, const char **why)
{
    struct whatif_edit *edit;
    const char *unused;
    enum status status;

    if (!why)
        why = &unused;
    status = whatif_edit_parse(command, domain, &edit, why);
    if (status != STATUS_OK)
        return status;
    whatif_answers(whatif, answers);
    status = lay(whatif, answers, edit, &edit->fault);
    if (status == STATUS_OK)
        edit->fault = NULL;
    if (status == STATUS_OK || !current(whatif, answers, edit)) {
        ARRAY_PUSH(whatif->edits, whatif->edit_count, whatif->edit_capacity, edit);
        return STATUS_OK;
    }
    *why = edit->fault;
    whatif_edit_free(edit);
    return status;
}

bool whatif_undo(struct whatif *whatif)
{
    if (whatif->edit_count == 0)
        return false;
    whatif_edit_free(whatif->edits[--whatif->edit_count]);
    forget(whatif);
    return true;
}

static bool holds(const struct reply *reply, const struct record *record)
{
    for (size_t i = 0; reply && i < reply->record_count; i++)
        if (strcmp(reply->records[i]->rdata, record->rdata) == 0)
            return true;
    return false;
}

static void print_changed(const struct answers *answers, const struct reply *before,
                          const struct reply *after, struct text *out)
{
    char type[TYPE_TEXT];

    text_format(out, "; %s %s\n", after->question.name, type_text(after->question.type, type));
    for (size_t i = 0; before && i < before->record_count; i++) {
        if (holds(after, before->records[i]))
            continue;
        text_add(out, "; was: ");
        published_print(answers, before->records[i], out);
        text_add(out, "\n");
    }
    if (after->record_count == 0)
        text_add(out, "; no records are left\n");
    for (size_t i = 0; i < after->record_count; i++) {
        published_print(answers, after->records[i], out);
        text_add(out, "\n");
    }
}

void whatif_print(struct whatif *whatif, const struct answers *answers, struct text *out)
{
    const struct answers *changed = whatif_answers(whatif, answers);

    for (size_t i = 0; i < answers_count(changed); i++) {
        const struct reply *after = answers_at(changed, i);
        print_changed(answers, answers_find(answers, &after->question), after, out);
    }
}
