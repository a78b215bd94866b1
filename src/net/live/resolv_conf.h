/* The system's list of name servers, /etc/resolv.conf (resolver(5)), read with care: what cannot be
 * used becomes a warning and the rest still counts. */
#ifndef NET_LIVE_RESOLV_CONF_H
#define NET_LIVE_RESOLV_CONF_H

#include "base/fault.h"
#include "net/server.h"

#include <stddef.h>

enum { RESOLV_CONF_SERVERS = 3 };

struct resolv_conf {
    struct server servers[RESOLV_CONF_SERVERS]; /* port 0: the file cannot name one */
    size_t server_count;
    unsigned timeout_s; /* options timeout:N, 1..30; 0 when not given */
    unsigned attempts;  /* options attempts:N, 1..5; 0 when not given */
};

/* Reads the text of such a file; `label` names it in the warnings. The first three good name
 * servers are kept; none at all gives 127.0.0.1 and ::1, as the C library does, and a warning.
 * Comments start with '#' or ';'. Keywords that only the C library's search needs are passed over.
 */
void resolv_conf_parse(const char *text, size_t length, const char *label, struct resolv_conf *conf,
                       struct faults *warnings);

/* Reads the file. One that is missing or unreadable, no regular file or over 64 KiB counts as
 * empty, with a warning. */
void resolv_conf_read(const char *path, struct resolv_conf *conf, struct faults *warnings);

#endif
