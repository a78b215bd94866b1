#include "mail/route/route_draft.h"

#include "base/array.h"
#include "base/message.h"

#include <stdarg.h>
#include <string.h>

void draft_step(struct draft *draft, enum step_kind kind, enum route_rule rule, int host,
                const char *format, ...)
{
    struct step step = {.kind = kind, .host = host, .address = -1};
    va_list arguments;

    va_start(arguments, format);
    step.text = arena_format_list(draft->arena, format, arguments);
    va_end(arguments);
    step.reference = draft->profile->rules[rule].reference;
    ARRAY_PUSH(draft->steps, draft->step_count, draft->step_capacity, step);
}

void draft_end(struct draft *draft, enum route_end end)
{
    const struct profile *profile = draft->profile;

    draft->route->decision =
        profile->decide ? profile->decide(&draft->sender->settings, end) : profile->decisions[end];
    draft->decided = true;
    draft->end = end;
}

void draft_wait(struct draft *draft)
{
    draft->route->complete = false;
}

void draft_ignore(struct route_host *host, const struct rule *rule)
{
    host->state = HOST_IGNORED;
    host->why = tr(rule->text);
    host->reference = rule->reference;
}

void draft_ignore_repeat(struct draft *draft, struct route_host *host,
                         const struct route_host *first)
{
    draft_ignore(host, draft->profile->rules + RULE_DUPLICATE);
    if (draft->profile->duplicates == DUPLICATES_REMEMBERED)
        host->repeats = (unsigned)(first - draft->route->hosts) + 1;
}

bool draft_literal(const struct draft *draft, const char *name, struct address *address)
{
    char text[ADDRESS_TEXT];
    size_t length = strlen(name);

    if (draft->profile->flags & PROFILE_NUMBER_IS_ADDRESS)
        return draft_number(name, address);
    if (length < 2 || length > sizeof text)
        return false;
    memcpy(text, name, length - 1);
    text[length - 1] = '\0';
    return address_parse(text, address) && address->family == 4;
}

enum literal_rule draft_literal_rule(const struct draft *draft)
{
    const struct profile *profile = draft->profile;

    return profile->literal_by ? profile->literal_by(&draft->sender->settings) : profile->literal;
}
