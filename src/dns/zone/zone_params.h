/* The parameters of SVCB and HTTPS records as text (RFC 9460 2.1). */
#ifndef DNS_ZONE_ZONE_PARAMS_H
#define DNS_ZONE_ZONE_PARAMS_H

#include "dns/zone/zone_rdata.h"

/* No parameter twice, a port that is one, and each that "mandatory" names there; ldns looks at none
 * of this. True for every other type. */
bool zone_params_check(const struct zone_rdata *rdata, char reason[ZONE_REASON], size_t *at);

#endif
