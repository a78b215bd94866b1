/* The parts of building a directory, in their order. */
#ifndef POLICY_DIRECTORY_DIRECTORY_BUILD_H
#define POLICY_DIRECTORY_DIRECTORY_BUILD_H

#include "policy/directory/directory.h"

/* Asks for every name of the table: directory->names, sites, aliases, guid. */
void directory_ask_names(struct directory *directory, const struct directory_view *view,
                         struct arena *arena);
/* Who is in the names: hosts and entries, with their addresses. */
void directory_meet_hosts(struct directory *directory, const struct directory_view *view,
                          struct arena *arena);
/* What each host is, and how it stands to each name. */
void directory_mark_hosts(struct directory *directory, struct arena *arena);

bool directory_answered(const struct reply *reply);

#endif
