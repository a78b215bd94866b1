/* What is told of a trace, in words: on the screen, in the reports and in findings. */
#ifndef POLICY_SERVERS_TRACE_WORDS_H
#define POLICY_SERVERS_TRACE_WORDS_H

#include "policy/servers/trace.h"

/* "refers to com", "refuses", "not queried": what the server says or why it says nothing. In the
 * arena. */
const char *trace_server_words(struct arena *arena, const struct trace_server *server);
/* "no DS", "DS, but no DNSKEY". Static. */
const char *trace_ds_words(enum trace_ds ds);
/* "the root", or the name without its last dot. */
const char *trace_zone_words(struct arena *arena, const char *zone);
/* How the way ends, in a sentence or two. In the arena. */
const char *trace_sentence(struct arena *arena, const struct trace *trace);
/* Where those who validate turn back: a sentence; NULL: nowhere. */
const char *trace_unsafe_sentence(struct arena *arena, const struct trace *trace);

#endif
