/* The table of actions; app/events/action.h says what its columns mean. */
#ifndef APP_EVENTS_ACTIONS_H
#define APP_EVENTS_ACTIONS_H

/* clang-format off */
#define ACTIONS(ACTION)                                                                            \
    /* what Enter does, by the kind of row */                                                      \
    ACTION(SIMULATE, "simulate", "Enter", CONTEXT_MX, "[NUMBER]", 1, "simulate",                   \
           "Deliver a message to this domain step by step, and many of them as shares")            \
    ACTION(SRV, "srv", "Enter", CONTEXT_SRV, "[OWNER [ALGORITHM]]", 1, "choice",                   \
           "Show which target a client chooses, and how often")                                    \
    ACTION(ROTATE, "rotate", "Enter", CONTEXT_ADDRESS | CONTEXT_NS, "", 1, "round robin",          \
           "Show how answers rotate, and what a shared cache makes of it; typed: of the whole name")\
    ACTION(MAIL_OPEN, "", "Enter Space", CONTEXT_MAIL, "", 1, "open",                              \
           "Open or close the tree under this row")                                                \
    ACTION(CAUSE, "cause", "Enter", CONTEXT_FINDINGS, "", 1, "go to cause",                        \
           "Go to the row that causes this finding")                                               \
    /* the simulation */                                                                           \
    ACTION(STEP, "step", "Space", CONTEXT_SIMULATION, "", 1, "next",                               \
           "Take the next step of the delivery")                                                   \
    ACTION(STEP_BACK, "", "b", CONTEXT_SIMULATION, "", 5, "back",                                  \
           "Take the last step back")                                                              \
    ACTION(AUTO, "auto", "a", CONTEXT_SIMULATION, "", 5, "auto",                                   \
           "Take the steps one after the other by themselves, or stop that")                       \
    ACTION(REROLL, "roll", "r", CONTEXT_SIMULATION | CONTEXT_CHOICE, "[SEED]", 3, "re-roll",       \
           "Draw again with the next seed, or with the one given")                                 \
    ACTION(DOWN, "down", "d", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_MX,                    \
           "[HOST[=STAGE]]", 2, "down/up",                                                         \
           "Put this host or address down, or up again; stages: refused, timeout, greeting4, "     \
           "greeting5, ehlo4, ehlo5, no-starttls, starttls4, starttls5, tls, tls-drop, expired, "  \
           "badname, tlsa, mail4, rcpt4, rcpt5, data4")                                            \
    ACTION(SECONDARY, "as", "S", CONTEXT_SIMULATION | CONTEXT_MX, "[HOST]", 3, "secondary",        \
           "Be this host: what it may deliver to when it is an exchange of the domain itself")     \
    ACTION(PROFILE, "profile", "p", CONTEXT_SIMULATION | CONTEXT_CHOICE, "[NAME]", 2, "sender",    \
           "Send as the next mail server does, or as the one named")                               \
    ACTION(COMPARE, "compare", "P", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_MX,              \
           "[NAME] [NAME] | srv", 5,                                                               \
           "compare", "Lay two senders side by side, drawn from the same seed")                    \
    ACTION(MATRIX, "matrix", "M", CONTEXT_SIMULATION | CONTEXT_MX, "", 5, "matrix",                \
           "Who would deliver where: every sender's verdict for this domain")                      \
    ACTION(MORE, "", "+", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "preference +",              \
           "What if this preference (or weight) were higher")                                      \
    ACTION(LESS, "", "-", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "preference -",              \
           "What if this preference (or weight) were lower")                                       \
    ACTION(RUN_1, "", "1", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 4, "1 delivery",               \
           "Simulate one delivery, or one client's choice")                                        \
    ACTION(RUN_100, "", "2", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "100",                    \
           "Simulate 100 deliveries or choices")                                                   \
    ACTION(RUN_10000, "", "3", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "10 000",               \
           "Simulate 10 000 deliveries or choices")                                                \
    ACTION(RUN_MILLION, "", "4", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "1 000 000",          \
           "Simulate a million deliveries or choices")                                             \
    ACTION(SIDE, "", "Tab", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 2, "other side",              \
           "Move between the steps and the shares")                                                \
    ACTION(WHATIF_ADD, "add", "", CONTEXT_PANES | CONTEXT_SIMULATION, "mx PREFERENCE HOST", 0,     \
           "add", "What if the domain had this record too")                                        \
    ACTION(WHATIF_REMOVE, "remove", "x", CONTEXT_SIMULATION | CONTEXT_CHOICE, "[HOST]", 0, "remove",\
           "What if this record were not there")                                                   \
    ACTION(WHATIF, "whatif", "", CONTEXT_PANES | CONTEXT_SIMULATION, "save FILE | undo | clear", 0,\
           "what-if",                                                                              \
           "Before and after side by side; save writes the changed records for publishing")        \
    ACTION(FAMILY, "family", "", CONTEXT_PANES | CONTEXT_SIMULATION, "4 | 6 | any", 0, "family",   \
           "Send from a host that has IPv4 only, IPv6 only, or both")                              \
    ACTION(SET, "set", "", CONTEXT_PANES | CONTEXT_OVERLAYS, "NAME=VALUE", 0, "set",               \
           "Change a setting of the sender, as on the settings list")                              \
    ACTION(SETTINGS, "settings", ",", CONTEXT_PANES | CONTEXT_SIMULATION, "", 0, "settings",       \
           "List the settings of the sender and of the screen")                                    \
    /* between names */                                                                            \
    ACTION(FOLLOW, "follow", "> l", CONTEXT_PANES, "", 3, "follow",                                \
           "Look up the target of this row as a new name")                                         \
    ACTION(BACK, "back", "< Backspace M-Left", CONTEXT_PANES | CONTEXT_HELP, "", 0, "back",        \
           "Go back to the name looked at before; in the help, to the page")                       \
    ACTION(FORWARD, "forward", "M-Right", CONTEXT_PANES | CONTEXT_HELP, "", 0, "forward",          \
           "Go forward again")                                                                     \
    ACTION(OPEN, "open", "o",                                                                      \
           CONTEXT_PANES | CONTEXT_EMPTY | CONTEXT_VIEW | CONTEXT_SIMULATION | CONTEXT_CHOICE,     \
           "[NAME]", 7, "name", "Type a new name")                                                 \
    ACTION(AGAIN, "again", "r F5 C-r", CONTEXT_PANES, "", 0, "ask again",                          \
           "Ask everything about this name again")                                                 \
    ACTION(WATCH, "watch", "w", CONTEXT_PANES, "", 0, "watch",                                     \
           "Ask again whenever a TTL runs out and mark what changed")                              \
    ACTION(CHANGES, "changes", "W", CONTEXT_PANES, "", 0, "changes",                               \
           "List what changed since this name was first asked")                                    \
    /* views of the whole domain */                                                                \
    ACTION(JOURNEY, "journey", "J", CONTEXT_PANES, "", 0, "journey",                               \
           "The way of a message with the records of this domain at each station")                 \
    ACTION(TTLS, "ttl", "L", CONTEXT_PANES, "", 0, "when noticed",                                 \
           "When a change made now would be seen by everybody")                                    \
    ACTION(TIMELINE, "timeline", "O", CONTEXT_PANES | CONTEXT_SIMULATION, "[HOST@FROM-TO ...]", 0, \
           "timeline", "An outage hour by hour: what is queued, retried and delivered when")       \
    ACTION(AUTHORITY, "servers", "A", CONTEXT_PANES, "", 0, "name servers",                        \
           "Every name server asked directly: who answers, serials, what differs")                 \
    ACTION(DIFF, "diff", "D", CONTEXT_PANES, "NAME | @SERVER | FILE", 0, "diff",                   \
           "Lay another name, another server's answers or a changed zone file beside this one")    \
    ACTION(NAMES, "names", "", CONTEXT_PANES, "NAME[,NAME...]", 0, "names",                        \
           "Look at more names of this domain side by side")                                       \
    ACTION(DKIM, "dkim", "", CONTEXT_PANES, "SELECTOR[,SELECTOR...]", 0, "DKIM keys",              \
           "Judge the DKIM keys of these selectors, as well as the usual ones")                    \
    ACTION(SPF, "spf", "", CONTEXT_PANES, "[ADDRESS [FROM [HELO]]]", 0, "SPF check",               \
           "What SPF says of a message from this address; without one, the tree of terms")         \
    ACTION(MESSAGE, "message", "v", CONTEXT_PANES, "", 0, "message",                               \
           "The whole reply this row came with, section by section")                               \
    ACTION(QUERIES, "queries", "V", CONTEXT_PANES, "", 0, "queries",                               \
           "Every question asked for this name, who answered and how fast")                        \
    /* moving */                                                                                   \
    ACTION(UP, "", "Up k C-p", CONTEXT_LETTERS, "", 0, "up", "Move up")                            \
    ACTION(DOWNWARDS, "", "Down j C-n", CONTEXT_LETTERS, "", 0, "down", "Move down")               \
    ACTION(LEFT, "", "Left h", CONTEXT_LETTERS, "", 0, "left",                                     \
           "Move to the pane on the left; in a view, to the left")                                 \
    ACTION(RIGHT, "", "Right", CONTEXT_LETTERS, "", 0, "right",                                    \
           "Move to the pane on the right; in a view, to the right")                               \
    ACTION(PAGE_UP, "", "PgUp C-b", CONTEXT_LETTERS, "", 0, "page up", "Move a page up")           \
    ACTION(PAGE_DOWN, "", "PgDn C-f", CONTEXT_LETTERS, "", 0, "page down", "Move a page down")     \
    ACTION(HALF_UP, "", "C-u", CONTEXT_LETTERS, "", 0, "half up", "Move half a page up")           \
    ACTION(HALF_DOWN, "", "C-d", CONTEXT_LETTERS, "", 0, "half down", "Move half a page down")     \
    ACTION(FIRST, "", "Home g", CONTEXT_LETTERS, "", 0, "first", "Move to the first row")          \
    ACTION(LAST, "", "End G", CONTEXT_LETTERS, "", 0, "last", "Move to the last row")              \
    ACTION(NEXT_PANE, "", "Tab", CONTEXT_PANES | CONTEXT_EMPTY, "", 0, "next pane",                \
           "Move to the next pane")                                                                \
    ACTION(PREVIOUS_PANE, "", "BackTab", CONTEXT_PANES, "", 0, "previous pane",                    \
           "Move to the previous pane")                                                            \
    ACTION(PANE, "pane", "1 2 3 4 5 6 7 8 9", CONTEXT_PANES, "NUMBER", 0, "pane",                  \
           "Move to the pane of that number")                                                      \
    ACTION(EXCHANGE, "exchange", "X", CONTEXT_PANES, "[NUMBER]", 0, "exchange",                    \
           "Let this pane and the next (or that one) change places")                               \
    ACTION(UNFOLD, "", "Space", CONTEXT_MX | CONTEXT_NS | CONTEXT_SRV, "", 4, "addresses",         \
           "Open or close what is under this row: the addresses of a host")                        \
    ACTION(UNFOLD_ALL, "", "*", CONTEXT_PANES, "", 0, "all",                                       \
           "Open or close what is under every row of this pane")                                   \
    ACTION(ZOOM, "zoom", "z", CONTEXT_PANES | CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 6, "zoom",  \
           "Give the whole screen to this pane, or back")                                          \
    /* rows */                                                                                     \
    ACTION(SEARCH, "search", "/ F3", CONTEXT_LETTERS, "[TEXT]", 6, "search", "Search for text")    \
    ACTION(SEARCH_NEXT, "", "n", CONTEXT_LETTERS, "", 0, "next match", "Go to the next match")     \
    ACTION(SEARCH_BACK, "", "N", CONTEXT_LETTERS, "", 0, "previous match",                         \
           "Go to the match before")                                                               \
    ACTION(FILTER, "filter", "f F4", CONTEXT_PANES, "[TEXT]", 0, "filter",                         \
           "Show only the rows that have this text in them")                                       \
    ACTION(SORT, "sort", "s F6", CONTEXT_PANES, "", 0, "sort", "Sort the rows another way")        \
    ACTION(RAW_TTL, "", "t", CONTEXT_PANES, "", 0, "raw TTL",                                      \
           "Show times as seconds, or coarse again")                                               \
    ACTION(COPY, "copy", "y", CONTEXT_LETTERS, "", 0, "copy", "Copy the value of this row")        \
    ACTION(COPY_LINE, "", "Y", CONTEXT_LETTERS, "", 0, "copy line",                                \
           "Copy this row as a line of a zone file")                                               \
    ACTION(CONFIRM, "confirm", "c", CONTEXT_PANES, "", 6, "command",                               \
           "The dig and drill commands that confirm this row; on a finding, the record to publish")\
    ACTION(EXPORT, "export", "e", CONTEXT_PANES | CONTEXT_OVERLAYS, "[FILE]", 0, "export",         \
           "Write what is known of this name to a new file: .txt, .json, .md or .zone")            \
    /* the program */                                                                              \
    ACTION(COMMAND, "", ":", CONTEXT_LETTERS, "", 0, "command line",                               \
           "Type a command; Tab lists them all, and completes what is typed")                      \
    ACTION(THEME, "theme", "T", CONTEXT_LETTERS, "[NAME]", 0, "theme",                             \
           "Choose how the screen looks; it changes while you choose")                             \
    ACTION(MOUSE, "mouse", "m", CONTEXT_LETTERS, "[on | off]", 0, "mouse",                         \
           "Leave the mouse to the terminal, or take it back")                                     \
    ACTION(NARRATION, "lesson", "i",                                                               \
           CONTEXT_PANES | CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW, "", 2, "lesson",    \
           "The page of the lesson that is open")                                                  \
    ACTION(LESSONS, "lessons", "I", CONTEXT_LETTERS, "[LESSON]", 2, "lessons",                     \
           "The lessons that are built in; they need no network")                                  \
    ACTION(HELP, "help", "? F1", CONTEXT_ALL & ~CONTEXT_HELP, "[WORD]", 8, "help",                 \
           "Help for where you are")                                                               \
    ACTION(CHOOSE, "", "Enter", CONTEXT_LIST, "", 1, "choose", "Take the row under the cursor")    \
    ACTION(HELP_LINK, "", "Enter", CONTEXT_HELP, "", 1, "open", "Open the page under the cursor")  \
    ACTION(SUBMIT, "", "Enter", CONTEXT_LINE, "", 1, "take it",                                    \
           "Look the name up, run the command, or go to the match")                                \
    ACTION(COMPLETE, "", "Tab", CONTEXT_LINE, "", 2, "complete",                                   \
           "Complete what is typed; behind a bare \":\", list the commands")                       \
    ACTION(LINE_UP, "", "Up BackTab", CONTEXT_LINE, "", 0, "up", "Move up in the list of commands")\
    ACTION(LINE_DOWN, "", "Down", CONTEXT_LINE, "", 0, "down",                                     \
           "Move down in the list of commands")                                                    \
    ACTION(REDRAW, "redraw", "C-l", CONTEXT_ALL, "", 0, "redraw", "Paint the screen again")        \
    ACTION(SUSPEND, "", "C-z", CONTEXT_ALL, "", 0, "suspend", "Stop, as other programs do")        \
    ACTION(CLOSE, "", "Esc", CONTEXT_ALL, "", 0, "close",                                          \
           "Close the window, line, filter or zoom that is open")                                  \
    ACTION(STEP_OUT, "", "q", CONTEXT_LETTERS, "", 9, "back",                                      \
           "One step back: close what is open, go to where one was before, quit")                  \
    ACTION(QUIT, "quit", "Q C-c F10", CONTEXT_ALL, "[!]", 0, "quit", "Leave the program")
/* clang-format on */

#endif
