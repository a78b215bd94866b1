/* --expect: what a file expects of the names. */
#ifndef MAIN_REPORT_MAIN_EXPECT_H
#define MAIN_REPORT_MAIN_EXPECT_H

#include "app/settings/options.h"
#include "main/report/main_reporting.h"
#include "survey/asking/expect.h"

/* Reads the file of the option; where no name is given, its names are looked up. NULL when it is
 * not to be used, which is said. */
struct expectations *main_read_expectations(struct options *options, struct arena *arena);

/* Judges a job with all its answers, one SPF sender after the other: false while answers for that
 * are still to come. */
bool job_expect(struct reporting *reporting, struct job *job);

#endif
