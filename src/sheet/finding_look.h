/* What findings are about, and how that looks: as bad as the worst of them. */
#ifndef SHEET_FINDING_LOOK_H
#define SHEET_FINDING_LOOK_H

#include "policy/findings/findings.h"
#include "sheet/role.h"

/* What a finding is about, as panes and rows have it. */
enum finding_topic {
    TOPIC_OTHER,
    TOPIC_MX,
    TOPIC_ADDRESS,
    TOPIC_NS,
    TOPIC_SERVERS, /* what the servers answer */
    TOPIC_SRV,
    TOPIC_SPF,
    TOPIC_DMARC,
    TOPIC_DKIM,
    TOPIC_MTA_STS,
    TOPIC_TLS_RPT,
    TOPIC_BIMI,
    TOPIC_DANE,
    TOPIC_DNSSEC,
    TOPIC_PTR,
    TOPIC_NAMES,
};
/* The worst there is of the topic; SEVERITY_OK without any, and for NULL. What is not known is
 * worse than a notice, and better than what is known to be wrong. */
enum severity findings_worst(const struct findings *findings, enum finding_topic topic);
/* The worst of the topic that is about this name or this record (either may be NULL), and its id;
 * in *id NULL for SEVERITY_OK. */
enum severity findings_worst_about(const struct findings *findings, enum finding_topic topic,
                                   const char *name, const struct record *record, const char **id);

struct finding_look {
    const char *glyph;
    enum role role;
};

/* The look of an error, a warning, or of what is not known; with a notice the look that is given,
 * but not that of something worse; else the look that is given. */
struct finding_look finding_look(enum severity severity, struct finding_look natural);
/* The word for the state of something that findings are about: `natural`, unless that says that all
 * is well where it is not. */
const char *finding_state(enum severity severity, const char *natural);

#endif
