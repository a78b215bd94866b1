/* The roles a cell can play. Views write roles, themes say how a role looks, only term/ knows
 * colours. */
#ifndef SHEET_ROLE_H
#define SHEET_ROLE_H

#include <stdbool.h>

/* ROLE(identifier, "name in theme files") */
#define ROLES(ROLE)                                                                                \
    ROLE(TEXT, "text")                                                                             \
    ROLE(DIM, "dim")                                                                               \
    ROLE(TITLE, "title")                                                                           \
    ROLE(TITLE_VALUE, "title.value")                                                               \
    ROLE(PROMPT, "prompt")                                                                         \
    ROLE(PROMPT_LABEL, "prompt.label")                                                             \
    ROLE(PROMPT_TEXT, "prompt.text")                                                               \
    ROLE(FRAME, "frame")                                                                           \
    ROLE(FRAME_FOCUS, "frame.focus")                                                               \
    ROLE(PANE_TITLE, "pane.title")                                                                 \
    ROLE(PANE_TITLE_FOCUS, "pane.title.focus")                                                     \
    ROLE(ROW_SELECTED, "row.selected")                                                             \
    ROLE(NAME, "name")                                                                             \
    ROLE(NAME_OUTSIDE, "name.outside")                                                             \
    ROLE(ADDRESS, "address")                                                                       \
    ROLE(TTL, "ttl")                                                                               \
    ROLE(PREFERENCE, "preference")                                                                 \
    ROLE(MX_BEST, "mx.best")                                                                       \
    ROLE(MX_GROUP, "mx.group")                                                                     \
    ROLE(MX_RANK, "mx.rank")                                                                       \
    ROLE(MX_NULL, "mx.null")                                                                       \
    ROLE(SRV_BAR, "srv.bar")                                                                       \
    ROLE(SRV_SHARE, "srv.share")                                                                   \
    ROLE(BAR, "bar")                                                                               \
    ROLE(BAR_EXPECTED, "bar.expected")                                                             \
    ROLE(OK, "ok")                                                                                 \
    ROLE(NOTICE, "notice")                                                                         \
    ROLE(WARN, "warn")                                                                             \
    ROLE(ERROR, "error")                                                                           \
    ROLE(UNKNOWN, "unknown")                                                                       \
    ROLE(WAITING, "waiting")                                                                       \
    ROLE(ANSWERED, "answered")                                                                     \
    ROLE(NODATA, "nodata")                                                                         \
    ROLE(NXDOMAIN, "nxdomain")                                                                     \
    ROLE(SERVFAIL, "servfail")                                                                     \
    ROLE(REFUSED, "refused")                                                                       \
    ROLE(TIMEOUT, "timeout")                                                                       \
    ROLE(MALFORMED, "malformed")                                                                   \
    ROLE(STRUCK, "struck")                                                                         \
    ROLE(STEP, "step")                                                                             \
    ROLE(STEP_CURRENT, "step.current")                                                             \
    ROLE(REFERENCE, "reference")                                                                   \
    ROLE(KEY, "key")                                                                               \
    ROLE(KEY_LABEL, "key.label")                                                                   \
    ROLE(TAB, "tab")                                                                               \
    ROLE(TAB_ACTIVE, "tab.active")                                                                 \
    ROLE(SCROLL, "scroll")                                                                         \
    ROLE(OVERLAY, "overlay")                                                                       \
    ROLE(OVERLAY_TITLE, "overlay.title")                                                           \
    ROLE(SEARCH_MATCH, "search.match")                                                             \
    ROLE(CHANGED, "changed")                                                                       \
    ROLE(SPINNER, "spinner")                                                                       \
    ROLE(STATUS, "status")

#define ROLE_ENUM(identifier, name) ROLE_##identifier,
enum role { ROLES(ROLE_ENUM) ROLE_COUNT };
#undef ROLE_ENUM

const char *role_name(enum role role);
bool role_parse(const char *name, enum role *role);

#endif
