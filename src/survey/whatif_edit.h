/* One what-if edit: read from its command, laid over the reply it changes. For whatif*.c only. */
#ifndef SURVEY_WHATIF_EDIT_H
#define SURVEY_WHATIF_EDIT_H

#include "base/status.h"
#include "dns/reply.h"

#include <stdbool.h>
#include <stdint.h>

enum whatif_verb {
    WHATIF_ADD,
    WHATIF_REMOVE,
    WHATIF_FIRST,  /* sets preference or priority */
    WHATIF_SECOND, /* sets weight */
};

struct whatif_edit {
    char *command, *owner, *target; /* owned; target NULL for an address or all */
    enum whatif_verb verb;
    uint16_t type;
    struct address address; /* family 0: all of them */
    uint16_t first, weight, port;
    bool relative;
    long number;       /* of FIRST and SECOND */
    const char *fault; /* why it changes nothing; NULL: it does. Static */
};

void whatif_edit_free(struct whatif_edit *edit);
enum status whatif_edit_parse(const char *command, const char *domain, struct whatif_edit **edit,
                              const char **why);
/* A new reply to the same question, which the caller owns; `before` may be NULL (no records). */
enum status whatif_edit_apply(const struct whatif_edit *edit, const struct reply *before,
                              struct reply **changed, const char **why);

#endif
