/* The pieces that trace.c goes the way with. */
#ifndef POLICY_SERVERS_TRACE_WALK_H
#define POLICY_SERVERS_TRACE_WALK_H

#include "policy/servers/trace.h"

struct trace_walk {
    const struct lookup *lookup;
    struct arena *arena;
    const struct trace_view *view;
    struct trace *trace;
    struct trace_step *steps;
    enum server_reach reach; /* of the servers of the next step */
};

/* ---- trace_state.c ---- */

/* Asks this server without recursion; NULL makes the trace incomplete. */
const struct reply *trace_ask(struct trace_walk *walk, const struct address *server,
                              const char *name, uint16_t type);

/* ---- trace_servers.c ---- */

/* Where the servers of a step are named. */
struct trace_names {
    const struct section *ns; /* NS records of other owners are passed over */
    const char *owner;
    const struct reply *reply; /* that has the section: its additional section may have glue */
    const char *by;            /* the zone whose server gave the reply; NULL: it was looked up */
    bool glue_needed;          /* hosts within the owner's zone cannot be found otherwise */
};

/* Fills the servers of the step, without asking them. */
void trace_list_hints(struct trace_walk *walk, struct trace_step *step);
void trace_list_servers(struct trace_walk *walk, struct trace_step *step,
                        const struct trace_names *names);
/* Asks those that are to be asked, and judges each. */
void trace_ask_servers(struct trace_walk *walk, struct trace_step *step);

/* ---- trace_judge.c ---- */

/* What a server of the zone says to the question of the trace. */
void trace_judge(struct arena *arena, const struct trace_view *view, const char *zone,
                 struct trace_server *server);
/* The zone that the reply of a server of `zone` refers to, on the way to the name; NULL: none. */
const char *trace_referral(const struct reply *reply, const char *zone, const char *name);
/* What DS and DNSKEY say together; either may be NULL. */
enum trace_ds trace_judge_ds(const struct reply *ds, const struct reply *keys);

#endif
