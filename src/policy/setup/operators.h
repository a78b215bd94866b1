/* Who runs it: exchanges, SPF includes and name servers matched to operators by their names. */
#ifndef POLICY_SETUP_OPERATORS_H
#define POLICY_SETUP_OPERATORS_H

#include "base/status.h"

#include <stddef.h>

struct operators;

struct mail_operator {
    const char *name; /* "Google Workspace" */
    const char *kind; /* "mailbox", "filter", "sender", "hosting"; "" unknown */
    const char *url;  /* "" unknown */
};

struct operators *operators_new(void);
void operators_free(struct operators *operators);
/* One line of a section: keys kind and url describe, mx, spf, ns and dkim hold patterns separated
 * by blanks or commas: "google.com" is the name and all below it, "*.pphosted.com" only what is
 * below it. Called again with the same name it adds. STATUS_NOT_FOUND for an unknown key,
 * STATUS_SYNTAX for a bad pattern; *why (may be NULL) says what is wrong. */
enum status operators_add(struct operators *operators, const char *name, const char *key,
                          const char *value, const char **why);
/* Reads INI text: [Operator] sections of key = value lines, # and ; comments. On failure *line is
 * the first bad line; the good ones are kept. */
enum status operators_read(struct operators *operators, const char *text, size_t *line,
                           const char **why);

/* The one whose longest pattern fits; NULL for none. `name` is canonical. operators may be NULL. */
const struct mail_operator *operators_by_exchange(const struct operators *operators,
                                                  const char *name);
const struct mail_operator *operators_by_spf(const struct operators *operators, const char *name);
const struct mail_operator *operators_by_name_server(const struct operators *operators,
                                                     const char *name);
/* The first that has its customers publish this DKIM selector. */
const struct mail_operator *operators_by_selector(const struct operators *operators,
                                                  const char *selector);

#endif
