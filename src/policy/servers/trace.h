/* The way from the root to a name, as a resolver goes it that knows nothing yet (RFC 1034 5.3.3):
 * zone cut by zone cut, with what each server says that is asked on the way. */
#ifndef POLICY_SERVERS_TRACE_H
#define POLICY_SERVERS_TRACE_H

#include "dns/lookup.h"

/* A server to begin with. */
struct trace_hint {
    const char *name; /* canonical; NULL: only the address is known */
    struct address address;
};

struct trace_hints {
    const struct trace_hint *list;
    size_t count;
};

enum trace_state {
    TRACE_PENDING,
    TRACE_REFERRAL, /* names the servers of a zone further down */
    TRACE_ANSWER,   /* has the records, with authority */
    TRACE_NODATA,   /* has the name, but no such record, with authority */
    TRACE_NXDOMAIN, /* has no such name, with authority */
    TRACE_LAME,     /* does not answer for the zone, and leads nowhere */
    TRACE_REFUSED,
    TRACE_SILENT,     /* no answer in time */
    TRACE_FAILED,     /* no usable answer: what reply->outcome says */
    TRACE_NOT_ASKED,  /* out of reach, or the budget is used up: what `why` says */
    TRACE_SPARED,     /* not asked, because others of the zone were */
    TRACE_NO_GLUE,    /* is within the zone it serves, but came without an address */
    TRACE_NO_ADDRESS, /* has no address anywhere else */
    TRACE_NOT_KNOWN,  /* its address could not be looked up */
};
/* "referral", "no_glue": as the JSON report has it. Static. */
const char *trace_state_text(enum trace_state state);
/* Does it lead on, or end the way well? */
bool trace_state_is_good(enum trace_state state);

/* Where the address of a server is from. */
enum trace_origin { TRACE_BY_HINT, TRACE_BY_GLUE, TRACE_BY_LOOKUP };
const char *trace_origin_text(enum trace_origin origin); /* "hint", "glue", "lookup". Static. */

struct trace_server {
    const char *name;       /* canonical; NULL: not known */
    struct address address; /* family 0: none is known */
    enum trace_origin origin;
    enum trace_state state;
    const struct reply *reply; /* NULL: waiting, or it was not asked */
    const char *why;           /* a sentence for what went wrong or was left out; NULL */
};

/* Is there a DS record for the zone at its parent? And the keys that it points at? */
enum trace_ds {
    TRACE_DS_UNKNOWN, /* not asked, not in yet, or the parent's server did not say */
    TRACE_DS_NONE,
    TRACE_DS_GOOD,      /* it points at a key of the zone */
    TRACE_DS_THERE,     /* the keys of the zone are not known */
    TRACE_DS_NO_KEYS,   /* the zone has no DNSKEY */
    TRACE_DS_OTHER_KEY, /* the zone has keys, but none that a DS points at */
};
const char *trace_ds_text(enum trace_ds ds); /* "unknown", "other_key". Static. */
/* Does everybody who validates refuse what the zone says? */
bool trace_ds_is_broken(enum trace_ds ds);

/* A zone on the way. */
struct trace_step {
    const char *zone;               /* canonical */
    const char *parent;             /* the zone that delegates it; NULL for the first */
    const struct reply *delegation; /* the parent's, that names the servers; NULL for the first */
    const struct trace_server *servers;
    size_t count;
    size_t left_out;                  /* addresses beyond TRACE_SERVERS_MAX */
    const struct trace_server *first; /* the first that leads on; NULL: none (yet) */
    bool same_servers; /* the parent's server has this zone, too, so that nobody refers to it */
    enum trace_ds ds;
    const struct reply *ds_reply, *keys; /* NULL: not asked, or not in yet */
};

enum trace_end {
    TRACE_END_PENDING,
    TRACE_END_ANSWER,
    TRACE_END_NODATA,
    TRACE_END_NXDOMAIN,
    TRACE_END_BROKEN,  /* no server of the last zone answers for it */
    TRACE_END_UNKNOWN, /* what could tell was not asked, or did not answer */
};
const char *trace_end_text(enum trace_end end); /* "answer", "broken". Static. */

struct trace {
    bool complete;
    const char *name; /* canonical */
    uint16_t type;    /* of the records asked for */
    const struct trace_step *steps;
    size_t count; /* 0: nobody is known to begin with */
    enum trace_end end;
    const struct trace_step *unsafe; /* the first whose DS is broken; NULL: none */
    bool intercepted; /* somebody else answers in place of the first servers (no AA, but RA) */
};

enum { TRACE_SERVERS_MAX = 32, TRACE_STEPS_MAX = 40 };

struct trace_view {
    const char *name;
    uint16_t type;
    struct trace_hints hints; /* count 0: the topmost zone that can be looked up is the first */
    bool hints_given;         /* by whoever asks: those are asked wherever they are */
    enum server_reach reach;  /* which servers may be asked */
};

/* Everything lives in the arena. Of the root, of top-level domains and of the zones that registries
 * keep for addresses few servers are asked, of all others all. */
struct trace *trace_build(const struct lookup *lookup, struct arena *arena,
                          const struct trace_view *view);

/* The step at which the way is known to break, or NULL: its zone cannot be had. */
const struct trace_step *trace_break(const struct trace *trace);
/* The step of that zone; NULL: it is not on the way. */
const struct trace_step *trace_find(const struct trace *trace, const char *zone);

#endif
