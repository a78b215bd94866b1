/* The zone files of the command line. */
#ifndef MAIN_INPUT_MAIN_ZONES_H
#define MAIN_INPUT_MAIN_ZONES_H

#include "app/settings/options.h"
#include "dns/zone/zone.h"

/* Those of --zone and --overlay, as many as options->zones has; NULL when one of them is bad. Every
 * file is read, so that all faults are told; warnings are told too, and the origin of a file that
 * does not say its own. */
struct zone **zones_read(const struct options *options);
void zones_free(struct zone **zones, size_t count);

/* One file, whose relative names belong below `origin` (canonical, may be NULL) until it says
 * otherwise. NULL when it is bad, or when --record would write over it or a file that it includes;
 * `option` names it then. */
struct zone *zone_read_said(const struct options *options, const char *option, const char *path,
                            const char *origin);

#endif
