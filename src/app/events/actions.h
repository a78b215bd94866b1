/* The table of actions; app/events/action.h says what its columns mean. */
#ifndef APP_EVENTS_ACTIONS_H
#define APP_EVENTS_ACTIONS_H

/* clang-format off */
#define ACTIONS(ACTION)                                                                            \
    /* what Enter does, by the kind of row */                                                      \
    ACTION(SIMULATE, "simulate", "Enter", CONTEXT_MX, "[NUMBER]", 1, "simulate",                   \
           "Simulate delivery to this domain: one message step by step, many as shares")           \
    ACTION(SRV, "srv", "Enter", CONTEXT_SRV, "[OWNER [ALGORITHM]]", 1, "simulate",                 \
           "Show which target a client chooses, and how often")                                    \
    ACTION(ROTATE, "rotate", "Enter", CONTEXT_ADDRESS | CONTEXT_NS, "", 1, "round robin",          \
           "Show how answers rotate, and how a shared cache changes that; typed: for the whole "   \
           "name")                                                                                 \
    ACTION(MAIL_OPEN, "", "Enter Space", CONTEXT_MAIL, "", 1, "open",                              \
           "Expand or collapse the tree under this row")                                           \
    ACTION(CAUSE, "cause", "Enter", CONTEXT_FINDINGS, "", 1, "go to row",                          \
           "Go to the row that causes this finding")                                               \
    /* a lesson */                                                                                 \
    ACTION(PLAY_NEXT, "", "Space", CONTEXT_LESSON, "", 1, "next",                                  \
           "Show the answer, or do what the lesson does next")                                     \
    ACTION(PLAY_BACK, "", "b", CONTEXT_LESSON, "", 2, "back",                                      \
           "Go back to the previous state of the lesson")                                          \
    ACTION(PLAY_CHOOSE, "", "1 2 3 4 5 6", CONTEXT_LESSON, "", 2, "choose",                        \
           "Choose an answer while a question is open; press again to undo")                       \
    ACTION(PLAY_PAGE, "", "Tab", CONTEXT_LESSON, "", 3, "lesson",                                  \
           "Move to the other half or pane, then to the page of the lesson, and back")             \
    ACTION(LESSON_NEXT, "", "]", CONTEXT_LETTERS, "", 3, "next lesson",                            \
           "Open the next lesson")                                                                 \
    ACTION(LESSON_PREVIOUS, "", "[", CONTEXT_LETTERS, "", 0, "prev lesson",                    \
           "Open the previous lesson")                                                             \
    /* the simulation */                                                                           \
    ACTION(STEP, "step", "Space", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW, "", 1,       \
           "next step", "Go to the next step of the delivery; show what comes next")               \
    ACTION(STEP_BACK, "", "b", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW, "", 6,          \
           "step back", "Go back to the previous step")                                            \
    ACTION(AUTO, "auto", "a", CONTEXT_SIMULATION, "", 5, "auto",                                   \
           "Play the steps automatically, or stop")                                                \
    ACTION(REROLL, "roll", "r", CONTEXT_SIMULATION | CONTEXT_CHOICE, "[SEED]", 6, "draw again",    \
           "Draw again with the next seed, or with SEED")                                          \
    ACTION(DOWN, "down", "d", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_MX,                    \
           "[HOST[=STAGE]]", 2, "mark down",                                                       \
           "Mark this host or address as down, or as up again; stages: refused, timeout, "         \
           "greeting4, "                                                                           \
           "greeting5, ehlo4, ehlo5, no-starttls, starttls4, starttls5, tls, tls-drop, expired, "  \
           "badname, tlsa, mail4, rcpt4, rcpt5, data4")                                            \
    ACTION(SECONDARY, "as", "S", CONTEXT_SIMULATION | CONTEXT_MX, "[HOST]", 3, "secondary",        \
           "Route as this MX host: show which other MX hosts it may relay to")                     \
    ACTION(PROFILE, "profile", "p", CONTEXT_SIMULATION | CONTEXT_CHOICE, "[NAME]", 2, "sender",    \
           "Switch to the next sender profile, or to NAME")                                        \
    ACTION(COMPARE, "compare", "P", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_MX,              \
           "[NAME] [NAME] | srv", 5,                                                               \
           "compare", "Compare two senders, drawn from the same seed")                             \
    ACTION(ASK, "ask", "u", CONTEXT_SIMULATION, "", 0, "ask",                                      \
           "Ask what comes next, before it is shown")                                              \
    ACTION(DIAGRAM, "diagram", "F", CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_PANES,           \
           "[delivery | loop | outage]", 0, "diagram",                                             \
           "Draw who connects to whom, arrow by arrow")                                            \
    ACTION(ASK_ANSWER, "", "Enter Space", CONTEXT_QUESTION, "", 1, "answer",                       \
           "Show the answer of the question; then close it")                                       \
    ACTION(ASK_CHOOSE, "", "1 2 3 4 5 6", CONTEXT_QUESTION, "", 2, "choose",                       \
           "Choose an answer of the question")                                                     \
    ACTION(MATRIX, "matrix", "M", CONTEXT_SIMULATION | CONTEXT_MX, "", 5, "matrix",                \
           "Compare all senders: verdict and first choice for this domain")                        \
    ACTION(MORE, "", "+", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "preference +",              \
           "Raise this preference (or weight) and compare")                                        \
    ACTION(LESS, "", "-", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "preference -",              \
           "Lower this preference (or weight) and compare")                                        \
    ACTION(RUN_1, "", "1", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 2, "1 delivery",               \
           "Simulate one delivery, or one client's choice")                                        \
    ACTION(RUN_100, "", "2", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "100",                    \
           "Simulate 100 deliveries or choices")                                                   \
    ACTION(RUN_10000, "", "3", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "10,000",               \
           "Simulate 10,000 deliveries or choices")                                                \
    ACTION(RUN_MILLION, "", "4", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 0, "1,000,000",          \
           "Simulate a million deliveries or choices")                                             \
    ACTION(SIDE, "", "Tab", CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 2, "side",                    \
           "Move between the steps and the shares")                                                \
    ACTION(WHATIF_ADD, "add", "", CONTEXT_PANES | CONTEXT_SIMULATION, "mx PREFERENCE HOST", 0,     \
           "add", "Compare with this record added")                                                \
    ACTION(WHATIF_REMOVE, "remove", "x", CONTEXT_SIMULATION | CONTEXT_CHOICE, "[HOST]", 0,         \
           "remove",                                                                               \
           "Compare with this record removed")                                                     \
    ACTION(WHATIF, "whatif", "", CONTEXT_PANES | CONTEXT_SIMULATION, "save FILE | undo | clear", 0,\
           "what-if",                                                                              \
           "Compare before and after your edits; save writes the changed records")                 \
    ACTION(FAMILY, "family", "", CONTEXT_PANES | CONTEXT_SIMULATION, "4 | 6 | any", 0, "family",   \
           "Choose a sender with IPv4 only, IPv6 only, or both")                                   \
    ACTION(ROTATES, "rotates", "t", CONTEXT_SIMULATION, "[on | off]", 0, "resolver",               \
           "Let the resolver of the sender rotate every RRset, or keep the order received")        \
    ACTION(SET, "set", "", CONTEXT_PANES | CONTEXT_OVERLAYS, "NAME=VALUE", 0, "set",               \
           "Change a setting of the sender, as in the list of settings")                           \
    ACTION(SETTINGS, "settings", ",", CONTEXT_PANES | CONTEXT_SIMULATION, "", 0, "settings",       \
           "List the settings of the sender and the screen")                                       \
    /* between names */                                                                            \
    ACTION(FOLLOW, "follow", "> l", CONTEXT_PANES, "", 3, "follow",                                \
           "Look up the target of this row as a new name")                                         \
    ACTION(BACK, "back", "< Backspace M-Left", CONTEXT_PANES | CONTEXT_HELP, "", 0, "back",        \
           "Go back to the previous name (in help: page)")                                         \
    ACTION(FORWARD, "forward", "M-Right", CONTEXT_PANES | CONTEXT_HELP, "", 0, "forward",          \
           "Go forward again")                                                                     \
    ACTION(OPEN, "open", "o",                                                                      \
           CONTEXT_PANES | CONTEXT_EMPTY | CONTEXT_VIEW | CONTEXT_SIMULATION | CONTEXT_CHOICE,     \
           "[NAME]", 7, "name", "Type a new name")                                                 \
    ACTION(AGAIN, "again", "r F5 C-r", CONTEXT_PANES, "", 0, "query again",                        \
           "Query everything about this name again")                                               \
    ACTION(RUN, "run", "!", CONTEXT_PANES, "[NAME]", 0, "own command",                             \
           "Run a command of the configuration file on this row, in the terminal")                 \
    ACTION(RESOLVER, "resolver", "", CONTEXT_PANES, "ADDRESS | system", 0,         \
           "resolver", "Query this name server from now on, or again those of the start")          \
    ACTION(RESOLVERS, "resolvers", "", CONTEXT_PANES, "[ADDRESS[,ADDRESS...]]", 0, "resolvers",    \
           "Compare what several resolvers answer, with the servers of the zone")                  \
    ACTION(WATCH, "watch", "w", CONTEXT_PANES | CONTEXT_VIEW, "", 0, "watch",                                     \
           "Query again whenever a TTL expires, and mark the changes")                             \
    ACTION(CHANGES, "changes", "W", CONTEXT_PANES, "", 0, "changes",                               \
           "List what changed since the first query for this name")                                \
    /* views of the whole domain */                                                                \
    ACTION(JOURNEY, "journey", "J", CONTEXT_PANES, "", 0, "journey",                               \
           "Follow a message from author to reader, with this domain's records at each stage")     \
    ACTION(TTLS, "ttl", "L", CONTEXT_PANES, "", 0, "TTLs",                                         \
           "Show how long until a change made now has reached every cache")                        \
    ACTION(TIMELINE, "timeline", "O", CONTEXT_PANES | CONTEXT_SIMULATION, "[HOST@FROM-TO ...]", 0, \
           "timeline", "Show an outage hour by hour: what is queued, retried and delivered")       \
    ACTION(AUTHORITY, "servers", "A", CONTEXT_PANES, "", 0, "servers",                             \
           "Query every name server directly: state, serial, differences")                         \
    ACTION(TRACE, "trace", "R", CONTEXT_PANES, "[NAME]", 0, "trace",                               \
           "Follow the way from the root to this name, zone by zone: servers, glue, DS, answers")  \
    ACTION(DIFF, "diff", "D", CONTEXT_PANES, "NAME | @SERVER | FILE", 0, "diff",                   \
           "Compare with another name, server or zone file")                                       \
    ACTION(SHOW_ALL, "", "=", CONTEXT_VIEW, "", 1, "all/changed",                                  \
           "Show all records compared, or only those that differ")                                 \
    ACTION(NAMES, "names", "", CONTEXT_PANES, "NAME[,NAME...]", 0, "names",                        \
           "Compare more names of this domain")                                                    \
    ACTION(DIRECTORY, "directory", "K", CONTEXT_PANES, "", 0, "directory",                         \
           "Show the servers of a directory and the names they registered, or did not")            \
    ACTION(CLIENT, "client", "", CONTEXT_PANES | CONTEXT_CHOICE, "NAME [SITE]", 0, "client",       \
           "Play a client of a service: windows, samba, sssd, mit, heimdal, openldap, ...")         \
    ACTION(SITE, "site", "", CONTEXT_PANES, "NAME[,NAME...]", 0, "sites",                          \
           "Query these sites, locations or GUIDs of a directory, too")                             \
    ACTION(DKIM, "dkim", "", CONTEXT_PANES, "SELECTOR[,SELECTOR...]", 0, "DKIM keys",              \
           "Check the DKIM keys of these selectors, as well as common ones")                       \
    ACTION(SPF, "spf", "", CONTEXT_PANES, "[ADDRESS [FROM [HELO]]]", 0, "SPF check",               \
           "Show the SPF result for a message from ADDRESS; without it, the tree of terms")        \
    ACTION(FETCH, "fetch", "", CONTEXT_PANES, "policy", 0, "fetch",                                \
           "Fetch the MTA-STS policy of the domain over HTTPS")                                    \
    ACTION(QUERY, "query", "", CONTEXT_PANES, "TYPE [NAME]", 0, "query",                           \
           "Query records of any type, by name or number (TYPE65), of this name or another")       \
    ACTION(MESSAGE, "message", "v", CONTEXT_PANES, "", 0, "message",                               \
           "Show the full response behind this row, by section")                                   \
    ACTION(NSLOOKUP, "nslookup", "", CONTEXT_PANES, "", 0, "nslookup",                             \
           "Show the answer this row came with in the shape of nslookup")                          \
    ACTION(QUERIES, "queries", "V", CONTEXT_PANES, "", 0, "queries",                               \
           "List every query for this name: server, time and result")                              \
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
    ACTION(PREVIOUS_PANE, "", "BackTab", CONTEXT_PANES, "", 0, "last pane",                        \
           "Move to the previous pane")                                                            \
    ACTION(PANE, "pane", "1 2 3 4 5 6 7 8 9", CONTEXT_PANES, "NUMBER", 0, "pane",                  \
           "Move to the pane of that number")                                                      \
    ACTION(EXCHANGE, "exchange", "X", CONTEXT_PANES, "[NUMBER]", 0, "swap panes",                  \
           "Swap this pane with the next, or with pane NUMBER")                                    \
    ACTION(UNFOLD, "", "Space", CONTEXT_MX | CONTEXT_NS | CONTEXT_SRV, "", 4, "expand",            \
           "Expand or collapse this row: the addresses of a host")                                 \
    ACTION(UNFOLD_ALL, "", "*", CONTEXT_PANES, "", 0, "all",                                       \
           "Expand or collapse every row of this pane")                                            \
    ACTION(ZOOM, "zoom", "z", CONTEXT_PANES | CONTEXT_SIMULATION | CONTEXT_CHOICE, "", 6, "zoom",  \
           "Zoom this pane to the whole screen, or restore it")                                    \
    /* rows */                                                                                     \
    ACTION(SEARCH, "search", "/ F3", CONTEXT_LETTERS, "[TEXT]", 6, "search", "Search for text")    \
    ACTION(SEARCH_NEXT, "", "n", CONTEXT_LETTERS, "", 0, "next match", "Go to the next match")     \
    ACTION(SEARCH_BACK, "", "N", CONTEXT_LETTERS, "", 0, "last match",                             \
           "Go to the previous match")                                                             \
    ACTION(FILTER, "filter", "f F4", CONTEXT_PANES, "[TEXT]", 0, "filter",                         \
           "Show only the rows that contain this text")                                            \
    ACTION(SORT, "sort", "s F6", CONTEXT_PANES, "", 0, "sort", "Sort by the next column")          \
    ACTION(RAW_TTL, "", "t", CONTEXT_PANES, "", 0, "seconds",                                      \
           "Show TTLs in seconds, or rounded")                                                     \
    ACTION(COPY, "copy", "y", CONTEXT_LETTERS, "", 0, "copy", "Copy the value of this row")        \
    ACTION(COPY_LINE, "", "Y", CONTEXT_LETTERS, "", 0, "copy line",                                \
           "Copy this row as a line of a zone file")                                               \
    ACTION(CONFIRM, "confirm", "c", CONTEXT_PANES, "", 6, "check it",                              \
           "Show dig and drill commands that check this row; on a finding, the record to publish") \
    ACTION(EXPORT, "export", "e", CONTEXT_PANES | CONTEXT_OVERLAYS, "[FILE]", 0, "export",         \
           "Export what is known about this name to a new file: .txt, .json, .md or .zone")        \
    ACTION(RECORD, "record", "", CONTEXT_LETTERS, "FILE", 0, "record",                             \
           "Record every event to a new file, for --replay; those since the start too")            \
    /* the program */                                                                              \
    ACTION(COMMAND, "", ":", CONTEXT_LETTERS, "", 0, "command line",                               \
           "Type a command; Tab completes it, and lists all commands")                             \
    ACTION(THEME, "theme", "T", CONTEXT_LETTERS, "[NAME]", 0, "theme",                             \
           "Choose a theme, with live preview")                                                    \
    ACTION(MOUSE, "mouse", "m", CONTEXT_LETTERS, "[on | off]", 0, "mouse",                         \
           "Release the mouse to the terminal, or capture it again")                               \
    ACTION(NARRATION, "lesson", "i",                                                               \
           CONTEXT_PANES | CONTEXT_SIMULATION | CONTEXT_CHOICE | CONTEXT_VIEW, "[STEP]", 2,        \
           "lesson", "Show or hide the page of the current lesson; STEP goes there")               \
    ACTION(LESSONS, "lessons", "I", CONTEXT_LETTERS, "[LESSON[.STEP]]", 2, "lessons",              \
           "List the built-in lessons; they need no network")                                      \
    ACTION(HELP, "help", "? F1", CONTEXT_ALL & ~CONTEXT_HELP, "[WORD]", 8, "help",                 \
           "Show help for the current view")                                                       \
    ACTION(CHOOSE, "", "Enter", CONTEXT_LIST, "", 1, "choose", "Choose the selected row")          \
    ACTION(HELP_LINK, "", "Enter", CONTEXT_HELP, "", 1, "open", "Open the selected page")          \
    ACTION(SUBMIT, "", "Enter", CONTEXT_LINE, "", 1, "accept",                                     \
           "Look up the name, run the command, or go to the match")                                \
    ACTION(COMPLETE, "", "Tab", CONTEXT_LINE, "", 2, "complete",                                   \
           "Complete the word; after \":\" alone, list the commands")                              \
    ACTION(LINE_UP, "", "Up BackTab", CONTEXT_LINE, "", 0, "up",                                   \
           "Move up in the list of commands")                                                      \
    ACTION(LINE_DOWN, "", "Down", CONTEXT_LINE, "", 0, "down",                                     \
           "Move down in the list of commands")                                                    \
    ACTION(REDRAW, "redraw", "C-l", CONTEXT_ALL, "", 0, "redraw", "Redraw the screen")             \
    ACTION(SUSPEND, "", "C-z", CONTEXT_ALL, "", 0, "suspend", "Suspend mxtrail")                   \
    ACTION(CLOSE, "", "Esc", CONTEXT_ALL, "", 0, "close",                                          \
           "Close the current window, line, filter or zoom")                                       \
    ACTION(STEP_OUT, "", "q", CONTEXT_LETTERS, "", 9, "back",                                      \
           "Go back: close the window, return to the previous name, or quit")                      \
    ACTION(QUIT, "quit", "Q C-c F10", CONTEXT_ALL, "[!]", 0, "quit", "Quit mxtrail")
/* clang-format on */

#endif
