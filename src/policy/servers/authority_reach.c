#include "policy/servers/authority_reach.h"

enum server_reach authority_reach(enum server_reach reach, const struct reply *ns)
{
    struct address from;

    return ns->aa && reply_from_address(ns, &from) ? server_reach_within(reach, &from) : reach;
}
