/* Who runs which part of a setup. */
#ifndef MAIL_SETUP_OPERATORS_H
#define MAIL_SETUP_OPERATORS_H

#include "mail/setup.h"

/* Fills setup->matches from its exchanges, SPF includes, name servers and DKIM keys. */
void setup_match_operators(struct setup *setup, struct arena *arena);

#endif
