#include "policy/records/dmarc_tags.h"

#include <stddef.h>

/* The first line that fits counts; value NULL fits all. */
static const struct {
    const char *name, *value, *text;
} meanings[] = {
    {"v", NULL, "this is a DMARC record"},
    {"p", "none", "forged mail is delivered, and reported"},
    {"p", "quarantine", "forged mail is suspicious: it goes to the junk folder or is held"},
    {"p", "reject", "forged mail is refused"},
    {"p", NULL, "no policy that receivers know"},
    {"sp", "none", "forged mail of names below is delivered"},
    {"sp", "quarantine", "forged mail of names below is held or goes to the junk folder"},
    {"sp", "reject", "forged mail of names below is refused"},
    {"np", "none", "mail of names that do not exist is delivered"},
    {"np", "quarantine", "mail of names that do not exist is held or goes to the junk folder"},
    {"np", "reject", "mail of names that do not exist is refused"},
    {"adkim", "s", "the DKIM domain must equal the one in From"},
    {"adkim", "r", "the DKIM domain may be any of the organisation"},
    {"aspf", "s", "the SPF domain must equal the one in From"},
    {"aspf", "r", "the SPF domain may be any of the organisation"},
    {"pct", NULL, "share of mail the policy is for; receivers by RFC 9989 ignore it"},
    {"t", "y", "a test: receivers act one step milder"},
    {"t", "n", "no test: receivers act on the policy"},
    {"fo", NULL, "which failures are reported one by one"},
    {"rua", NULL, "where summaries go"},
    {"ruf", NULL, "where reports about single messages go"},
    {"rf", NULL, "form of the reports about single messages; RFC 9989 has no such tag"},
    {"ri", NULL, "seconds between summaries; RFC 9989 has no such tag"},
    {"psd", "y", "a public suffix: organisations are registered below it"},
    {"psd", "n", "an organisation of its own, no public suffix"},
    {"psd", "u", "not said whether it is a public suffix"},
};

const char *dmarc_tag_text(const struct tag *tag)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (octets_equal(tag->name, meanings[i].name) &&
            (!meanings[i].value || octets_equal(tag->value, meanings[i].value)))
            return meanings[i].text;
    return "no tag or value that receivers know: ignored";
}
