#include "sheet/spf_sheet.h"

#include "base/message.h"

static enum role result_role(enum spf_result result)
{
    switch (result) {
    case SPF_PASS:
        return ROLE_OK;
    case SPF_FAIL:
    case SPF_PERMERROR:
        return ROLE_ERROR;
    case SPF_SOFTFAIL:
    case SPF_TEMPERROR:
        return ROLE_WARN;
    case SPF_NONE:
    case SPF_NEUTRAL:
        break;
    }
    return ROLE_NODATA;
}

static void add_step(struct sheet *sheet, const struct spf_step *step)
{
    static const struct {
        const char *glyph;
        enum role role;
    } looks[] = {
        [SPF_STEP_NO_MATCH] = {"-", ROLE_NODATA}, [SPF_STEP_MATCH] = {"✓", ROLE_OK},
        [SPF_STEP_ERROR] = {"✗", ROLE_ERROR},     [SPF_STEP_PENDING] = {"↻", ROLE_WAITING},
        [SPF_STEP_FOLLOWED] = {"►", ROLE_NOTICE},
    };
    int indent = (int)(step->depth > 8 ? 8 : step->depth) * 3;

    sheet_line(sheet);
    sheet_tab(sheet, indent);
    sheet_format(sheet, looks[step->outcome].role, "%s ", looks[step->outcome].glyph);
    sheet_add(sheet, step->outcome == SPF_STEP_MATCH ? ROLE_MX_BEST : ROLE_NAME, step->term);
    sheet_right(sheet, ROLE_DIM, arena_format(sheet->arena, tr("%u/10 lookups"), step->lookups));
    if (step->why && *step->why) {
        sheet_line(sheet);
        sheet_wrap(sheet, indent + 2, ROLE_DIM, step->why);
    }
}

void spf_verdict_draw(struct sheet *sheet, const struct spf_verdict *verdict)
{
    sheet_line(sheet);
    sheet_format(sheet, result_role(verdict->result), verdict->complete ? "%s" : tr("so far %s"),
                 spf_result_text(verdict->result));
    sheet_add(sheet, ROLE_TEXT, "  ");
    sheet_wrap(sheet, 2, ROLE_TEXT, verdict->why);
    sheet_line(sheet);
    sheet_wrap(sheet, 2, ROLE_DIM, spf_result_sentence(verdict->result));
    sheet_gap(sheet);
    sheet_pair(sheet, "domain", 14, ROLE_NAME, verdict->domain);
    sheet_pair(sheet, "identity", 14, ROLE_TEXT, verdict->identity);
    if (verdict->mechanism)
        sheet_pair(sheet, "decided by", 14, ROLE_MX_BEST, verdict->mechanism);
    if (verdict->explanation)
        sheet_pair(sheet, "explanation", 16, ROLE_TEXT, verdict->explanation);
    sheet_heading(sheet, "Path through the records", NULL);
    for (size_t i = 0; i < verdict->step_count; i++)
        add_step(sheet, &verdict->steps[i]);
}
