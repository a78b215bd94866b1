/* A zone judged as a whole, for the tests of the findings. */
#ifndef TESTS_FINDINGS_WORLD_H
#define TESTS_FINDINGS_WORLD_H

#include "policy/findings/findings.h"
#include "unit/worlds/zone_world.h"

struct findings_world {
    struct zone_world zone;
    struct setup_view view;
    const struct findings *findings;
};

/* view.domain is example.com, with a probe label, the usual SRV owners and no network. Change the
 * world and the view before judging. */
void findings_world_init(struct findings_world *world, const char *zone);
void findings_world_clear(struct findings_world *world);
/* Answers until everything is known and judges. */
void findings_world_judge(struct findings_world *world);
/* How many findings have the id; *first (may be NULL) is the first of them. */
size_t findings_world_count(const struct findings_world *world, const char *id,
                            const struct finding **first);

/* All findings but those that are "ok", one a line: "warning mx-bypasses-filter
 * mail.example.com.\n". In the world's arena. */
const char *findings_world_list(struct findings_world *world);

/* One row of a table of tests: the zone shows the finding, the clean zone does not. */
struct finding_case {
    const char *id;
    enum severity severity;
    const char *subject, *zone;
};
void assert_findings(const struct finding_case *cases, size_t count,
                     void (*prepare)(struct findings_world *));

/* One row of a table of tests: all findings of a zone, as findings_world_list has them. */
struct list_case {
    const char *zone, *findings;
};
void assert_lists(const struct list_case *cases, size_t count,
                  void (*prepare)(struct findings_world *));

/* The same with all words: "warning spf-ptr example.com.: sentence / what is to be done\n". Names
 * below silent.example.com are not answered. */
void assert_told(const struct list_case *cases, size_t count,
                 void (*prepare)(struct findings_world *));

/* Pieces of a zone that nothing is wrong with. */
#define GOOD_SERVERS "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns2 A 198.51.100.53\n"
#define GOOD_MX      "@ MX 10 mx1\n@ MX 20 mx2\n"
#define GOOD_HOSTS                                                                                 \
    "@ A 192.0.2.80\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8:1::1\nmx2 A 198.51.100.1\n"                \
    "mx2 AAAA 2001:db8:2::1\n"
#define GOOD_SPF   "@ TXT \"v=spf1 mx -all\"\n"
#define GOOD_DMARC "_dmarc TXT \"v=DMARC1; p=reject\"\n"
#define GOOD_DKIM                                                                                  \
    "default._domainkey TXT \"v=DKIM1; k=ed25519; "                                                \
    "p=VG/CcbEnl/+GEiknMp2fU8QQ7kp9lT95q9dSJ33N4Oc=\"\n"
#define GOOD_REVERSE                                                                               \
    "1.2.0.192.in-addr.arpa. PTR mx1\n1.100.51.198.in-addr.arpa. PTR mx2\n"                        \
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mx1\n"          \
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mx2\n"
#define GOOD_POLICY GOOD_SPF GOOD_DMARC GOOD_DKIM
#define GOOD_ZONE   GOOD_SERVERS GOOD_MX GOOD_HOSTS GOOD_POLICY GOOD_REVERSE

#endif
