/* Where replies come from: name servers, zone files, a zone over name servers, or a recording.
 *
 * Questions go in with source_ask, replies come out of a queue with source_take. Every question
 * ends with exactly one reply (unless cancelled), whatever the world does, and within 10 s. Nothing
 * is re-entered: a source only appends to its queue and then calls `ready`, which may happen inside
 * source_ask too, so `ready` must only note that there is something to take. */
#ifndef NET_SOURCE_H
#define NET_SOURCE_H

#include "base/fault.h"
#include "base/status.h"
#include "dns/reply.h"
#include "dns/zone/zone.h"
#include "net/server.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct uv_loop_s; /* uv_loop_t */
struct source;

enum source_kind { SOURCE_LIVE, SOURCE_ZONE, SOURCE_OVERLAY, SOURCE_REPLAY, SOURCE_DEMO };
/* "live", "zone", "overlay", "replay", "demo": the JSON's word. Static. */
const char *source_kind_text(enum source_kind kind); /* "replay": JSON */
const char *source_kind_word(enum source_kind kind); /* the same in the language */

struct source_info {
    enum source_kind kind;
    const char *server; /* "127.0.0.1#5353", "tls://192.0.2.53#853", several with ", " between; ""
                           without network */
    const char *file; /* labels of the zone files or the recording's name; "" when there are none */
    enum server_reach servers; /* that answer for themselves: question.server */
};

struct live_options {
    const struct server *servers; /* of "@server"; count 0: those of resolv.conf */
    size_t server_count;
    const char *resolv_conf; /* NULL: /etc/resolv.conf */
    uint16_t port;           /* -p: where no port is given; 0: 53 */
    uint8_t family;          /* 4 or 6: servers of this family only (-4, -6); 0: any */
    bool tcp;                /* --tcp: never over UDP */
    const char *trusted;     /* --ca: certificates of authorities for encrypted servers; NULL: those
                                of the system */
    unsigned timeout_ms;     /* --timeout: of each try; 0: 2 s, 3 s, 5 s and 10 s in all */
    unsigned tries;          /* --tries; 0: 3 */
    bool many;               /* for many names: a server's window may grow to 2,048, else to 512 */
    uint64_t epoch_ms;       /* the uv_now() at which the event clock shows 0 */
};

/* Asks name servers over UDP and TCP, encrypted ones over TLS or HTTPS alone. The options and specs
 * are copied. What is wrong with resolv.conf goes to `warnings` (may be NULL). Never fails: what
 * cannot be reached shows in the replies. The caller ignores SIGPIPE. */
struct source *source_live_new(struct uv_loop_s *loop, const struct live_options *options,
                               struct faults *warnings);

/* Answers from zones alone; what they do not know is NOT_IN_FILE, in a lesson NXDOMAIN. A question
 * to a server is answered from the zones of that server (zone_server), if there are any, else from
 * the others. Takes the zones (not the array). `kind` is SOURCE_ZONE or SOURCE_DEMO. */
struct source *source_zone_new(enum source_kind kind, struct zone *const *zones, size_t count);

/* Answers from the zones what they know (zones of one server left out) and asks `below` for the
 * rest, also where an alias in a
 * zone leads out of it. Takes both. */
struct source *source_overlay_new(struct zone *const *zones, size_t count, struct source *below);

/* Gives back replies that were recorded in the file, which it takes and reads again, so that it
 * must not be a pipe. The k-th time a question is asked the k-th reply to it comes, then the last
 * one again. A question that is not in the recording was not asked, and says so at once. */
struct source *source_replay_new(const char *name, FILE *file);
/* Adds a reply in the form of reply_print, in the order recorded, which stands at that octet of the
 * file up to the end of its line. */
enum status source_replay_add(struct source *replay, const char *line, off_t place,
                              const char **why);

/* Open questions are dropped. A live source closes its sockets in the loop: run that once more
 * (UV_RUN_NOWAIT suffices) before uv_loop_close. NULL is allowed. */
void source_free(struct source *source);

/* Called when the queue is no longer empty. */
void source_on_ready(struct source *source, void (*ready)(void *context), void *context);

/* Asks. Lower priority numbers go first, equal ones in the order asked, as far as the window of the
 * server allows (net/live/allowance.h); a server that fell silent is only probed until it is heard.
 * A live source sends when the loop is about to wait, so that all that was asked by then is
 * compared. A question that is already waiting is not asked twice: one reply comes. One that was
 * answered before in this run, and whose TTL has not run out, is answered from memory. The question
 * is copied. */
void source_ask(struct source *source, const struct question *question, int priority);
/* The next reply, the caller's to free; NULL when there is none now. */
struct reply *source_take(struct source *source);
/* Questions asked whose replies have not been taken. */
size_t source_waiting(const struct source *source);
/* Forgets what was answered before, so that the next ask goes out again. */
void source_forget(struct source *source, const struct question *question);
/* Nobody waits for the question any longer: if it is open still, it is not asked, and no reply
 * comes. */
void source_drop(struct source *source, const struct question *question);
/* Ends an open question now: its one reply comes at once, with this reason: timed out, or not asked
 * when it was still waiting for its turn. Others are left alone. */
void source_end(struct source *source, const struct question *question, const char *why);
/* While it is held, what waits for its turn is not sent: something more urgent may follow from the
 * replies that are being taken. */
void source_hold(struct source *source, bool held);
/* Drops every open question and every reply not taken: afterwards nothing is waiting. */
void source_cancel(struct source *source);

/* A server that was sent something and says nothing since, for a second or longer. */
struct source_trouble {
    const char *server;  /* "127.0.0.1#53"; borrowed until the next call with this source */
    unsigned try, tries; /* that the questions to it are at, from 1; so many are made */
    int64_t silent_ms;
};
/* The one that most open questions wait for; false when there is none. */
bool source_trouble(struct source *source, struct source_trouble *trouble);

/* Borrowed until the next call with this source. */
struct source_info source_info(struct source *source);

#endif
