#include "policy/records/dmarc_tags.h"

#include "base/message.h"

#include <stddef.h>

/* The first line that fits counts; value NULL fits all. */
static const struct {
    const char *name, *value, *text;
} meanings[] = {
    {"v", NULL, N_("this is a DMARC record")},
    {"p", "none", N_("forged mail is delivered, and reported")},
    {"p", "quarantine", N_("forged mail is suspicious: it goes to the junk folder or is held")},
    {"p", "reject", N_("forged mail is rejected")},
    {"p", NULL, N_("no policy that receivers know")},
    {"sp", "none", N_("forged mail of names below is delivered")},
    {"sp", "quarantine", N_("forged mail of names below is held or goes to the junk folder")},
    {"sp", "reject", N_("forged mail of names below is rejected")},
    {"np", "none", N_("mail of names that do not exist is delivered")},
    {"np", "quarantine", N_("mail of names that do not exist is held or goes to the junk folder")},
    {"np", "reject", N_("mail of names that do not exist is rejected")},
    {"adkim", "s", N_("the DKIM domain must equal the one in From")},
    {"adkim", "r", N_("the DKIM domain may be any of the organisation")},
    {"aspf", "s", N_("the SPF domain must equal the one in From")},
    {"aspf", "r", N_("the SPF domain may be any of the organisation")},
    {"pct", NULL, N_("share of mail the policy is for; receivers by RFC 9989 ignore it")},
    {"t", "y", N_("a test: receivers act one step milder")},
    {"t", "n", N_("no test: receivers act on the policy")},
    {"fo", NULL, N_("which failures are reported one by one")},
    {"rua", NULL, N_("where aggregate reports are sent")},
    {"ruf", NULL, N_("where failure reports are sent")},
    {"rf", NULL, N_("form of the failure reports; RFC 9989 has no such tag")},
    {"ri", NULL, N_("seconds between aggregate reports; RFC 9989 has no such tag")},
    {"psd", "y", N_("a public suffix: organisations are registered below it")},
    {"psd", "n", N_("an organisation of its own, no public suffix")},
    {"psd", "u", N_("not said whether it is a public suffix")},
};

const char *dmarc_tag_text(const struct tag *tag)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (octets_equal(tag->name, meanings[i].name) &&
            (!meanings[i].value || octets_equal(tag->value, meanings[i].value)))
            return tr(meanings[i].text);
    return tr("no tag or value that receivers know: ignored");
}
