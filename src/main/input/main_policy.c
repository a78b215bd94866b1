#include "main/input/main_policy.h"

#include "app/events/event.h"
#include "base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FETCH_MS = 20000 };

const char *main_policy_barred(struct source *source)
{
    enum source_kind kind = source_info(source).kind;

    return kind == SOURCE_LIVE || kind == SOURCE_OVERLAY
               ? NULL
               : tr("no policy is fetched here: the answers do not come from the network");
}

struct policy_fetch *main_policy_fetch(struct uv_loop_s *loop, const struct request *request,
                                       const char *domain, const char *addresses,
                                       policy_fetched *done, void *context)
{
    unsigned time_ms = request->time_limit_ms ? (unsigned)request->time_limit_ms : FETCH_MS;

    return policy_fetch_new(loop, domain, addresses, STS_POLICY_MOST, time_ms, done, context);
}

/* Is the line that domain's policy? Then `policy` has it. */
static bool read_line(const char *line, const char *domain, struct text *policy)
{
    struct text storage = {0};
    struct event event;
    const char *why;
    bool found = false;

    if (strstr(line, " policy ") && !event_parse(line, &storage, &event, &why)) {
        found = event.kind == EVENT_POLICY && strcmp(event.text, domain) == 0;
        if (found)
            text_add_bytes(policy, event.bytes.bytes, event.bytes.length);
        if (event.kind == EVENT_REPLY || event.kind == EVENT_REPLIES)
            reply_free(event.reply);
    }
    text_clear(&storage);
    return found;
}

bool main_policy_recorded(const char *path, const char *domain, struct text *policy)
{
    FILE *file = fopen(path, "re");
    size_t capacity = 0;
    char *line = NULL;
    bool found = false;

    while (file && !found && getline(&line, &capacity, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        found = read_line(line, domain, policy);
    }
    free(line);
    if (file)
        fclose(file);
    return found;
}
