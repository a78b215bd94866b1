/* The sender that options describe: of the command line, and of a lesson's "; try:". */
#ifndef APP_STATE_SENDER_OPTIONS_H
#define APP_STATE_SENDER_OPTIONS_H

#include "app/settings/options.h"
#include "mail/sender/sender.h"

/* For mail to `domain`: hosts of one label are taken as names of that domain. `seed` is that of the
 * draws where the options name no other. On failure `why` has the sentence behind "mxtrail: ", and
 * there is no sender. */
enum status sender_options_read(const struct options *options, uint64_t seed, const char *domain,
                                struct sender *sender, struct text *why);
/* Appends " rfc5321, postfix, ...": the profiles there are. */
void sender_options_list(struct text *out);

#endif
