/* Who runs which part of a setup. */
#ifndef POLICY_SETUP_SETUP_OPERATORS_H
#define POLICY_SETUP_SETUP_OPERATORS_H

#include "policy/setup/setup.h"

/* Fills setup->matches from its exchanges, SPF includes, name servers and DKIM keys. */
void setup_match_operators(struct setup *setup, struct arena *arena);

#endif
