/* How a resolver chooses among the name servers of a zone: not in turn, as users get addresses, but
 * by the time that each took to answer before (RFC 1034 5.3.3). */
#ifndef MAIL_CLIENTS_SERVER_CHOICE_H
#define MAIL_CLIENTS_SERVER_CHOICE_H

#include "mail/clients/rotation_cases.h"

enum { SERVER_CHOICE_CASES = 4 };

/* The set is one of name servers. Fills `cases` with the ways of resolvers, the last with a server
 * that falls silent, and returns how many. Where no time was measured it is taken to be 10 ms for
 * the first server, 20 ms for the second and so on. Everything is in the arena. */
size_t server_choice_cases(const struct rotation_set *set, struct arena *arena,
                           struct rotation_case cases[SERVER_CHOICE_CASES]);

#endif
