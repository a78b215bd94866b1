/* What is fetched by another way than DNS, and only on request: the MTA-STS policy. */
#include "app/actions/perform.h"

#include "base/message.h"
#include "survey/policy_place.h"

#include <string.h>

void fetch_policy(struct ui *ui, const char *argument, struct effects *effects)
{
    struct visit *visit = ui_visit(ui);
    struct text addresses = {0};
    const char *why;

    if (!visit)
        return;
    if (!argument || strcmp(argument, "policy") != 0) {
        ui_say(ui, ROLE_ERROR, "there is one thing to fetch: :fetch policy");
        return;
    }
    why = visit->page.facts ? policy_place_find(visit->page.facts, &addresses)
                            : tr("the answers are still missing");
    if (why) {
        ui_say(ui, ROLE_NOTICE, "nothing is fetched: %s", why);
    } else {
        ui_say(ui, ROLE_NOTICE, "fetching the MTA-STS policy over HTTPS");
        effects_add_file(effects, EFFECT_FETCH, text_get(&addresses), visit->page.name);
    }
    text_clear(&addresses);
}

static void say_policy(struct ui *ui, const char *domain, const char *text)
{
    struct arena *arena = arena_new();
    const struct sts_policy *policy = sts_policy_parse(arena, text, strlen(text));

    if (policy->fault)
        ui_say(ui, ROLE_WARN, "the MTA-STS policy of %s cannot be used: %s",
               name_shown(arena, domain), policy->fault);
    else
        ui_say(ui, ROLE_NOTICE, "the MTA-STS policy of %s is here: mode %s",
               name_shown(arena, domain), sts_policy_mode_text(policy->mode));
    arena_free(arena);
}

/* Every page of the domain has it from now on. */
void fetch_take_policy(struct ui *ui, const char *domain, const char *policy)
{
    for (size_t i = 0; i < ui->visit_count; i++) {
        struct visit *visit = ui->visits[i];

        if (strcmp(visit->page.name, domain) != 0)
            continue;
        survey_set_policy(visit->survey, policy);
        visit->stale = true;
    }
    windows_stale(ui, false);
    say_policy(ui, domain, policy);
}
