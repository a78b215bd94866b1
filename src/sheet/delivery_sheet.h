/* The delivery of a message, step by step, and the shares of many deliveries, as sheets. */
#ifndef SHEET_DELIVERY_SHEET_H
#define SHEET_DELIVERY_SHEET_H

#include "mail/simulation/simulation.h"
#include "sheet/sheet.h"

/* What a line is about, as the number of a selectable line. */
int delivery_number(int host, int address);
void delivery_number_read(int number, int *host, int *address); /* -1: none */

/* The numbered steps; each line of a step is about the host and address of the step. The key of a
 * line is the number of its step. The current one is marked; steps->count marks none. */
void delivery_steps_draw(struct sheet *sheet, const struct steps *steps, size_t current);

/* Who is tried first, level by level, who takes the message, how many tries it takes, and the most
 * frequent orders. */
void delivery_shares_draw(struct sheet *sheet, const struct route *route,
                          const struct sender *sender, const struct simulation_result *result,
                          uint64_t wanted);

/* Why nothing is handed over to the host: what is wrong with its records, or the stage at which it
 * was put down. NULL: nothing. */
const char *delivery_trouble(const struct route_host *host, const struct sender *sender);

/* The verdict in its role: "delivered", "bounced 5.4.6". */
enum role delivery_role(enum verdict verdict);

#endif
