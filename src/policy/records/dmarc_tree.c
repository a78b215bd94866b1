#include "policy/records/dmarc_tree.h"

#include "base/message.h"
#include "dns/name.h"

#include <string.h>

size_t dmarc_walk(const char *domain, const char *names[DMARC_WALK_MAX])
{
    size_t count = 0, labels = name_labels(domain);

    while (labels > 0 && count < DMARC_WALK_MAX) {
        names[count++] = name_suffix(domain, labels);
        labels = labels > DMARC_WALK_MAX ? DMARC_WALK_MAX - 1 : labels - 1;
    }
    return count;
}

bool dmarc_step_counts(const struct dmarc_step *step)
{
    return step->state == POLICY_FOUND ||
           (step->state == POLICY_SYNTAX && dmarc_record_is(step->found->txt.joined));
}

const char *dmarc_organisational(const struct dmarc_step *steps, const char *const *names,
                                 size_t count)
{
    const char *shortest = names[0];

    for (size_t i = 0; i < count; i++) {
        const struct dmarc_record *record = steps[i].record;

        if (!dmarc_step_counts(&steps[i]) || !record)
            continue;
        if (record->psd == 'n')
            return names[i];
        if (record->psd == 'y' && i > 0)
            return name_suffix(names[0], name_labels(names[i]) + 1);
        shortest = names[i];
    }
    return shortest;
}

static const char *const second_levels[] = {
    "ac", "co",  "com", "ed",  "edu", "go",  "gob", "gouv", "gov", "gv",  "id",
    "lg", "mil", "ne",  "net", "nhs", "nom", "or",  "org",  "plc", "sch", "web",
};

static bool is_second_level(const char *label)
{
    for (size_t i = 0; i < sizeof second_levels / sizeof second_levels[0]; i++)
        if (strcmp(label, second_levels[i]) == 0)
            return true;
    return false;
}

const char *dmarc_suffix_domain(const char *domain, const char **rule)
{
    size_t labels = name_labels(domain);
    char second[NAME_TEXT];
    const char *unused;

    if (!rule)
        rule = &unused;
    *rule = tr("one label below the top-level name (no public suffix list is used)");
    if (labels < 3 || strlen(name_suffix(domain, 1)) != strlen("uk."))
        return name_suffix(domain, labels < 2 ? labels : 2);
    if (!is_second_level(name_first_label(name_suffix(domain, 2), second)))
        return name_suffix(domain, 2);
    *rule = tr("one label below a customary second-level name such as co.uk (no public suffix list "
               "is used)");
    return name_suffix(domain, 3);
}
