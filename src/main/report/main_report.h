/* The program without a screen: reports on standard output. */
#ifndef MAIN_REPORT_MAIN_REPORT_H
#define MAIN_REPORT_MAIN_REPORT_H

#include "app/settings/options.h"
#include "main/input/main_request.h"
#include "net/source.h"

struct uv_loop_s;

/* Looks up every name (those of the options, then the lines of --batch) and prints the reports in
 * that order, each as soon as it and all before it are finished. Returns the exit status. */
int main_run_report(struct uv_loop_s *loop, struct source *source, const struct request *request);

#endif
