#include "base/status.h"

const char *status_text(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "no error";
    case STATUS_SYNTAX:
        return "not well formed";
    case STATUS_RANGE:
        return "out of range";
    case STATUS_NOT_FOUND:
        return "not found";
    case STATUS_UNREADABLE:
        return "cannot be read";
    case STATUS_LIMIT:
        return "limit reached";
    case STATUS_UNSUPPORTED:
        return "not supported";
    }
    return "unknown status";
}
