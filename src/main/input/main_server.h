/* Name servers that the command line gives by name. */
#ifndef MAIN_INPUT_MAIN_SERVER_H
#define MAIN_INPUT_MAIN_SERVER_H

#include "net/server.h"
#include "survey/asking/inquiry.h"

#include <stddef.h>
#include <uv.h>

enum { MAIN_SERVER_ADDRESSES = 8 }; /* of one name; more are left out */

/* The addresses of a host, as the system looks it up, waiting for it. `family` is 4 or 6; 0: any.
 * The port is that given. Returns how many were found; 0: *why (static) says why. */
size_t main_server_find(uv_loop_t *loop, const char *name, int family, uint16_t port,
                        struct server found[MAIN_SERVER_ADDRESSES], const char **why);

/* The server of a line typed; *vantage is NULL when it names none. When the server has no address
 * that is appended to `fault`, and false. */
bool main_vantage_find(uv_loop_t *loop, const struct inquiry *inquiry, int family,
                       struct vantage **vantage, struct text *fault);

#endif
