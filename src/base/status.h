/* What a function that can fail says. World failures (a time-out, NXDOMAIN) are data, not status.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    STATUS_OK,
    STATUS_SYNTAX,      /* the text does not have the form it should have */
    STATUS_RANGE,       /* well formed, but outside what is allowed */
    STATUS_NOT_FOUND,   /* no such file, name, key, theme, ... */
    STATUS_UNREADABLE,  /* the operating system refused: errno tells */
    STATUS_LIMIT,       /* a budget is used up */
    STATUS_UNSUPPORTED, /* known, but not something this program does */
};

#endif
