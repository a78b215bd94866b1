/* Findings about DKIM keys. */
#include "dns/type.h"
#include "policy/findings/finding_list.h"

static const struct dkim *dkim_of(const struct finding_list *list)
{
    return list->setup->dkim;
}

/* The line for the selectors of the table that could not be looked up. */
static const struct dkim_key *failed_line(const struct dkim *dkim)
{
    return dkim->failed > 0 ? &dkim->keys[dkim->count - 1] : NULL;
}

/* A domain that says it sends and takes no mail needs no key. */
static bool is_without_mail(const struct setup *setup)
{
    const struct spf_node *spf = setup->spf->root;

    return setup->exchanges->null_mx && spf->branch_count == 1 && setup->spf->all_qualifier == '-';
}

/* The key of that name which stands where no receiver looks; *known as setup_misplaced() has it. */
static const struct record *misplaced_key(struct finding_list *list, const char *name,
                                          enum misplacement *how, bool *known)
{
    return setup_text_of_kind(setup_misplaced(list->setup, name, TYPE_TXT, list->arena, how, known),
                              NEAR_DKIM, list->arena);
}

/* Of a selector of the table. */
static void add_misplaced(struct finding_list *list, const struct dkim_key *key)
{
    enum misplacement how;
    const struct record *record = key->typed || key->state != DKIM_ABSENT
                                      ? NULL
                                      : misplaced_key(list, key->name, &how, &list->complete);

    if (record)
        finding_add_elsewhere(list, SEVERITY_ERROR, key->name, near_kind_text(NEAR_DKIM), how,
                              record, key->name);
}

/* A key at the domain itself, of whatever selector. */
static bool is_at_apex(struct finding_list *list)
{
    const struct record *record = setup_text_at_apex(list->setup, NEAR_DKIM);
    const char *domain = list->setup->view->domain;
    struct finding *finding;

    if (!record)
        return false;
    finding = finding_add_elsewhere(list, SEVERITY_WARNING, domain, near_kind_text(NEAR_DKIM),
                                    MISPLACED_APEX, record,
                                    arena_format(list->arena, "SELECTOR._domainkey.%s", domain));
    finding_fix(list, finding,
                "Move the record to the name of its selector, which the signing program says.");
    return true;
}

/* While no key is found, one that was meant may be somewhere else. */
static void test_dkim_misplaced(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);

    if (!dkim->complete || dkim->found > 0 || dkim->wildcard || dkim->tried < 2 || is_at_apex(list))
        return;
    for (size_t i = 0; i < dkim->count; i++)
        add_misplaced(list, &dkim->keys[i]);
}

/* Is one found elsewhere, or not known to be nowhere? */
static bool may_be_misplaced(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);
    bool found = setup_text_at_apex(list->setup, NEAR_DKIM) != NULL, known = true;

    for (size_t i = 0; !found && i < dkim->count; i++) {
        enum misplacement how;

        found = misplaced_key(list, dkim->keys[i].name, &how, &known) != NULL;
    }
    list->complete &= known;
    return found || !known;
}

static void test_dkim_none_found(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);
    const struct dkim_key *failed = failed_line(dkim);

    if (!dkim->complete || dkim->found > 0 || dkim->wildcard || dkim->tried < 2 ||
        is_without_mail(list->setup) || may_be_misplaced(list))
        return;
    if (failed)
        finding_add(list, SEVERITY_UNKNOWN, failed->name, TYPE_TXT, failed->reply,
                    "The keys of the domain are not known: %s.", failed->why);
    else if (!dkim_has_unknown(dkim))
        finding_add(list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_TXT,
                    dkim->count > 0 ? dkim->keys[0].reply : NULL,
                    "None of %zu selectors in common use has a DKIM key. Selectors cannot be "
                    "listed, so there may be keys under others.",
                    dkim->tried);
}

/* The user says that this selector signs. */
static void test_dkim_missing(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);

    for (size_t i = 0; i < dkim->count; i++) {
        const struct dkim_key *key = &dkim->keys[i];
        struct finding *finding;

        if (!key->typed)
            continue;
        if (key->state == DKIM_UNKNOWN)
            finding_add_unknown(list, key->name, TYPE_TXT, key->reply);
        if (key->state != DKIM_ABSENT ||
            finding_add_misplaced(list, SEVERITY_ERROR, key->name, key->name, NEAR_DKIM))
            continue;
        finding =
            finding_add(list, SEVERITY_ERROR, key->name, TYPE_TXT, key->reply,
                        "There is no DKIM key at %s (%s). Every signature of this selector fails.",
                        finding_name(list, key->name), outcome_phrase(key->reply->outcome));
        if (key->reply->alias_count > 0)
            finding_fix(list, finding,
                        "Publish the key at %s, which the name is an alias of, or replace the "
                        "CNAME record by the key.",
                        finding_name(list, key->reply->canonical));
        else
            finding_fix(list, finding, "Publish the key as the signing program prints it.");
    }
}

static void test_dkim_weak_key(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);

    for (size_t i = 0; i < dkim->count; i++) {
        const struct dkim_key *key = &dkim->keys[i];
        struct finding *finding;

        if (key->state != DKIM_WEAK)
            continue;
        finding =
            finding_add(list, key->bits < 1024 ? SEVERITY_ERROR : SEVERITY_WARNING, key->name,
                        TYPE_TXT, key->reply,
                        key->bits < 1024
                            ? "The RSA key has %u bits. Receivers do not accept its signatures."
                            : "The RSA key has %u bits. It is accepted, but 2048 bits are advised.",
                        key->bits);
        finding_fix(list, finding, "Sign with a new selector and an RSA key of 2048 bits.");
    }
}

static void test_dkim_syntax(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);

    for (size_t i = 0; i < dkim->count; i++) {
        const struct dkim_key *key = &dkim->keys[i];
        struct finding *finding;

        if ((key->state != DKIM_SYNTAX && key->state != DKIM_UNUSABLE) || !key->text)
            continue;
        finding = finding_add(
            list, SEVERITY_ERROR, key->name, TYPE_TXT, key->reply,
            "The key record cannot be used: %s. Signatures of this selector fail.", key->why);
        finding_fix(list, finding, "Publish the record again as the signing program prints it.");
    }
}

static void test_dkim_testing(struct finding_list *list)
{
    const struct dkim *dkim = dkim_of(list);

    for (size_t i = 0; i < dkim->count; i++) {
        const struct dkim_key *key = &dkim->keys[i];
        struct finding *finding;

        if (!key->testing || (key->state != DKIM_OK && key->state != DKIM_WEAK))
            continue;
        finding = finding_add(list, SEVERITY_NOTICE, key->name, TYPE_TXT, key->reply,
                              "The key is in test mode (t=y). Receivers may treat what it signs as "
                              "if it were not signed.");
        finding_fix(list, finding, "Remove t=y from the record when signing works.");
    }
}

const struct finding_kind findings_dkim[] = {
    {"dkim-misplaced", SEVERITY_ERROR, "a DKIM key that is never looked up", "RFC 6376 3.6.2.1", "",
     "DKIM", test_dkim_misplaced},
    {"dkim-none-found", SEVERITY_NOTICE, "no DKIM key under a common selector", "RFC 6376 3.6.2",
     "", "DKIM", test_dkim_none_found},
    {"dkim-missing", SEVERITY_ERROR, "a selector without a key", "RFC 6376 6.1.2", "", "DKIM",
     test_dkim_missing},
    {"dkim-weak-key", SEVERITY_ERROR, "a DKIM key is too short", "RFC 8301 3.2", "", "DKIM",
     test_dkim_weak_key},
    {"dkim-syntax", SEVERITY_ERROR, "a DKIM key cannot be used", "RFC 6376 3.6.1", "", "DKIM",
     test_dkim_syntax},
    {"dkim-testing", SEVERITY_NOTICE, "a DKIM key in test mode", "RFC 6376 3.6.1", "", "DKIM",
     test_dkim_testing},
    {0},
};
