#include "sheet/finding_look.h"

#include "base/message.h"

#include <string.h>

/* ---- topics ---- */

static const struct {
    const char *begin; /* of the id */
    enum finding_topic topic;
} topics[] = {
    {"spf-", TOPIC_SPF},         {"dmarc-", TOPIC_DMARC},     {"dkim-", TOPIC_DKIM},
    {"mta-sts-", TOPIC_MTA_STS}, {"tls-rpt-", TOPIC_TLS_RPT}, {"bimi-", TOPIC_BIMI},
    {"dane-", TOPIC_DANE},       {"dnssec-", TOPIC_DNSSEC},   {"ptr-", TOPIC_PTR},
    {"srv-", TOPIC_SRV},         {"name-", TOPIC_NAMES},      {"a-", TOPIC_ADDRESS},
};

/* Names of policies, whatever is wrong with them as names. */
static const struct {
    const char *part;
    enum finding_topic topic;
} owners[] = {
    {"_dmarc.", TOPIC_DMARC},       {"_mta-sts.", TOPIC_MTA_STS}, {"mta-sts.", TOPIC_MTA_STS},
    {"_smtp._tls.", TOPIC_TLS_RPT}, {"._bimi.", TOPIC_BIMI},      {"._domainkey.", TOPIC_DKIM},
    {"_25._tcp.", TOPIC_DANE},
};

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static enum finding_topic topic_of_owner(const char *name)
{
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++)
        if (owners[i].part[0] == '.' ? strstr(name, owners[i].part) != NULL
                                     : begins(name, owners[i].part))
            return owners[i].topic;
    return TOPIC_OTHER;
}

static bool is_about_servers(const char *id)
{
    static const char *const ids[] = {"ns-lame", "ns-intercepted", "ns-glue-differs",
                                      "ns-parent-differs"};

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (strcmp(id, ids[i]) == 0)
            return true;
    return strstr(id, "-differs-between-servers") || begins(id, "soa-serial");
}

static enum finding_topic topic_of(const struct finding *finding)
{
    if (is_about_servers(finding->id))
        return TOPIC_SERVERS;
    if (begins(finding->id, "mx-"))
        return TOPIC_MX;
    if (begins(finding->id, "ns-"))
        return TOPIC_NS;
    if (begins(finding->id, "alias-") || begins(finding->id, "cname-"))
        return topic_of_owner(finding->subject);
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++)
        if (begins(finding->id, topics[i].begin))
            return topics[i].topic;
    return TOPIC_OTHER;
}

static bool is_worse(enum severity severity, enum severity than)
{
    static const int badness[SEVERITIES] = {
        [SEVERITY_ERROR] = 4,  [SEVERITY_WARNING] = 3, [SEVERITY_UNKNOWN] = 2,
        [SEVERITY_NOTICE] = 1, [SEVERITY_OK] = 0,
    };

    return badness[severity] > badness[than];
}

enum severity findings_worst(const struct findings *findings, enum finding_topic topic)
{
    enum severity worst = SEVERITY_OK;

    for (size_t i = 0; findings && i < findings->count; i++)
        if (topic_of(&findings->findings[i]) == topic &&
            is_worse(findings->findings[i].severity, worst))
            worst = findings->findings[i].severity;
    return worst;
}

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool is_about(const struct finding *finding, const char *name, const char *line)
{
    bool about = is_same(finding->subject, name) || is_same(finding->record, line);

    for (size_t i = 0; i < finding->row_count; i++)
        about |= is_same(finding->rows[i].subject, name) || is_same(finding->rows[i].record, line);
    return about;
}

enum severity findings_worst_about(const struct findings *findings, enum finding_topic topic,
                                   const char *name, const struct record *record, const char **id)
{
    enum severity worst = SEVERITY_OK;
    struct text line = {0};

    *id = NULL;
    if (record)
        record_print(record, &line);
    for (size_t i = 0; findings && i < findings->count; i++) {
        const struct finding *finding = &findings->findings[i];

        if (topic_of(finding) != topic || !is_worse(finding->severity, worst) ||
            !is_about(finding, name, record ? text_get(&line) : NULL))
            continue;
        worst = finding->severity;
        *id = finding->id;
    }
    text_clear(&line);
    return worst;
}

/* ---- looks ---- */

struct finding_look finding_look(enum severity severity, struct finding_look natural)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return (struct finding_look){"✗", ROLE_ERROR};
    case SEVERITY_WARNING:
        return (struct finding_look){"!", ROLE_WARN};
    case SEVERITY_UNKNOWN:
        return (struct finding_look){"?", ROLE_UNKNOWN};
    case SEVERITY_NOTICE:
        return natural.role == ROLE_ERROR || natural.role == ROLE_WARN
                   ? (struct finding_look){"!", ROLE_NOTICE}
                   : natural;
    default:
        return natural;
    }
}

const char *finding_state(enum severity severity, const char *natural)
{
    bool fine = strcmp(natural, tr("ok")) == 0 || strcmp(natural, tr("confirmed")) == 0;

    return fine && severity <= SEVERITY_WARNING ? severity_word(severity) : natural;
}
