/* A report on a name, answered from a master file. */
#ifndef TESTS_REPORT_WORLD_H
#define TESTS_REPORT_WORLD_H

#include "base/text.h"
#include "report/report.h"

#include <jansson.h>
#include <stdint.h>

struct report_request {
    const char *zone; /* follows "$ORIGIN example.com.", "$TTL 3600", an SOA and two NS */
    const char *name; /* as typed; NULL: example.com */
    uint64_t deliveries;
    const char *srv_owner;
    enum srv_algorithm algorithm;
    uint64_t seed;
    const char *as, *down;         /* as the command line has them; NULL: none */
    const char *spf_ip, *spf_from; /* likewise */
    const char *silent;            /* no question about this name is answered */
    size_t questions;              /* at most; 0: no limit */
    bool unicode;
};

/* The line of JSON, the text report; the caller's to free. */
char *report_world_json(const struct report_request *request);
char *report_world_text(const struct report_request *request);
/* The JSON read back, with all duplicate keys refused; the caller's reference. */
json_t *report_world_object(const struct report_request *request);

#endif
