/* Replies as sheets: one in full, all as a list; the commands that confirm a record. */
#ifndef SHEET_REPLY_SHEET_H
#define SHEET_REPLY_SHEET_H

#include "dns/answers.h"
#include "sheet/sheet.h"

#include <stdint.h>

/* The whole reply, section by section. */
void reply_draw(struct sheet *sheet, const struct reply *reply);
/* Every question, who answered and how fast; the key of a line is the number of the reply. */
void queries_draw(struct sheet *sheet, const struct answers *answers, size_t open);
/* dig and drill for a question; `server` is "@..." or "". The value of a line is the command. */
void confirm_draw(struct sheet *sheet, const struct question *question, const char *server,
                  const char *port);
/* The same for a question that an encrypted server answered, as encrypted_print has it. */
void confirm_encrypted_draw(struct sheet *sheet, const struct question *question,
                            const char *server);
/* What checks mail for the domain at one of its MX hosts from the own machine: TLSA records, the
 * certificate, a session up to the recipient, and how Exim and Postfix would go about it. Nothing
 * for names that a shell could misread. */
void confirm_host_draw(struct sheet *sheet, const char *host, const char *domain);

/* Why there is nothing to show: `none` where that is the answer, else that it is waited for, or
 * what became of the query. */
void absence_draw(struct sheet *sheet, const struct reply *reply, const char *none);

#endif
