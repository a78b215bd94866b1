/* Copies text to where the user can paste it. */
#ifndef TERM_CLIPBOARD_H
#define TERM_CLIPBOARD_H

#include "base/status.h"
#include "base/text.h"

/* Inside tmux by "tmux load-buffer -w -" (bounded to a second), else by what terminfo calls Ms
 * (OSC 52). `said` gets a sentence of what happened, to be shown to the user, whatever the status:
 * "copied: mx1.example.com (to tmux)". STATUS_UNSUPPORTED: this terminal cannot;
 * STATUS_RANGE: too long for it; STATUS_UNREADABLE: tmux failed. */
enum status clipboard_copy(const char *copied, struct text *said);

#endif
