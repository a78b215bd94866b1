/* What a sender can find out about the domain's TLS, from what is known of its mail setup: mail/
 * and policy/ meet here. */
#ifndef SURVEY_SENDER_SECURITY_H
#define SURVEY_SENDER_SECURITY_H

#include "mail/sender/security.h"
#include "policy/setup/setup.h"

/* Replaces what is in *security. `setup` may be NULL: then nothing is known. Records of zone files
 * count as signed only if `as_if_signed`. A policy counts while the domain announces one. */
void sender_security_fill(struct security *security, const struct setup *setup, bool as_if_signed);

#endif
