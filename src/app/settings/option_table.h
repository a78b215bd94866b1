/* The command line, one row an option: parsing, --help and the manual read it.
 * OPTION(identifier, "long name", short letter or 0, "ARGUMENT" ("" none, "[ARG]" optional),
 * "help") */
#ifndef APP_SETTINGS_OPTION_TABLE_H
#define APP_SETTINGS_OPTION_TABLE_H

#define OPTIONS(OPTION)                                                                            \
    OPTION(REPORT, "report", 0, "", "text report on standard output instead of the screen")        \
    OPTION(JSON, "json", 0, "", "one JSON object per name per line")                               \
    OPTION(BATCH, "batch", 0, "FILE", "names one per line (- for standard input); means --json")   \
    OPTION(ORDERED, "ordered", 0, "",                                                              \
           "its answers in the order of the names (without a network always)")                     \
    OPTION(RESUME, "resume", 0, "FILE", "go on with a batch after what this JSON file holds")      \
    OPTION(FIELDS, "fields", 0, "A[,B]", "only these members of the JSON object")                  \
    OPTION(SUMMARY, "summary", 0, "", "JSON: name, status, MX, route, SPF, DMARC, findings")       \
    OPTION(ZONE, "zone", 0, "[NAME=]FILE",                                                         \
           "answer from a zone file, not the network (repeatable)")                                \
    OPTION(ORIGIN, "origin", 0, "NAME", "of zone files that do not say it and have no NAME=")      \
    OPTION(OVERLAY, "overlay", 0, "[FILE]", "put that file, or those of --zone, over live DNS")    \
    OPTION(DEMO, "demo", 0, "[LESSON]", "built-in lessons, no network; --demo=list lists them")    \
    OPTION(SIMULATE, "simulate", 0, "[N]", "simulate N deliveries (default 10000)")                \
    OPTION(SEED, "seed", 0, "S", "start of all random draws (default 1)")                          \
    OPTION(PROFILE, "profile", 0, "P", "whose behaviour: rfc5321, postfix, exim, sendmail, ...")   \
    OPTION(SET, "set", 0, "NAME=VALUE", "a setting of the profile (repeatable)")                   \
    OPTION(AS, "as", 0, "HOST", "route as this MX host would")                                     \
    OPTION(OWN_ADDRESS, "own-address", 0, "A[,A]", "its addresses, instead of those DNS gives")    \
    OPTION(DOWN, "down", 0, "HOST[=STAGE][,..]", "hosts or addresses that fail (* for all)")       \
    OPTION(COMPARE, "compare", 0, "P[,P]|srv",                                                     \
           "two senders side by side, or this one and another; srv: by MX and by SRV")             \
    OPTION(MATRIX, "matrix", 0, "", "who would deliver where: every sender's verdict")             \
    OPTION(WHATIF, "whatif", 0, "EDIT",                                                            \
           "before and after an edit, like \"add mx 15 mx9\" (repeatable)")                        \
    OPTION(ROUND_ROBIN, "round-robin", 0, "", "who gets which A, AAAA and NS record first")        \
    OPTION(AS_IF_SIGNED, "as-if-signed", 0, "", "take zone files for signed with DNSSEC (DANE)")   \
    OPTION(MTA_STS_POLICY, "mta-sts-policy", 0, "FILE",                                            \
           "the policy the domain's web server serves")                                            \
    OPTION(FETCH_POLICY, "fetch-policy", 0, "", "fetch that policy over HTTPS")                    \
    OPTION(FAMILY, "family", 0, "any|4|6", "address family the sender can use")                    \
    OPTION(SRV, "srv", 0, "OWNER", "simulate the client's choice among its SRV records")           \
    OPTION(ALGORITHM, "algorithm", 0, "A", "how: rfc2782, nominal, postfix or exim (with --srv)")  \
    OPTION(SITE, "site", 0, "NAME[,NAME]", "sites, locations or GUIDs of a directory to query")    \
    OPTION(DKIM, "dkim", 0, "S[,S]", "DKIM selectors to judge, as well as the usual ones")         \
    OPTION(NAMES, "names", 0, "N[,N]", "more names of the domain to look at")                      \
    OPTION(SPF_IP, "spf-ip", 0, "ADDRESS", "check SPF for a sender at this address")               \
    OPTION(SPF_FROM, "spf-from", 0, "MAILBOX", "with this reverse-path")                           \
    OPTION(SPF_HELO, "spf-helo", 0, "NAME", "and this HELO name")                                  \
    OPTION(DIFF, "diff", 0, "NAME|@SERVER|FILE",                                                   \
           "lay another name, server or zone file beside it")                                      \
    OPTION(CHECK, "check", 0, "", "exit 1 when a finding is an error")                             \
    OPTION(IGNORE, "ignore", 0, "ID[,ID]", "findings not wanted")                                  \
    OPTION(RECORD, "record", 0, "FILE", "write every event to a new file")                         \
    OPTION(FORCE, "force", 0, "", "let --record overwrite a file that exists")                     \
    OPTION(REPLAY, "replay", 0, "FILE", "play such a file, no network")                            \
    OPTION(SPEED, "speed", 0, "X|max", "replay X times as fast, or at once")                       \
    OPTION(DUMP, "dump", 0, "", "print the last screen of a replay and leave")                     \
    OPTION(PORT, "port", 'p', "PORT", "port of the name servers (default 53)")                     \
    OPTION(IPV4, "ipv4", '4', "", "ask name servers over IPv4 only")                               \
    OPTION(IPV6, "ipv6", '6', "", "ask name servers over IPv6 only")                               \
    OPTION(TCP, "tcp", 0, "", "ask over TCP")                                                      \
    OPTION(TIMEOUT, "timeout", 0, "MS", "milliseconds a try may take")                             \
    OPTION(TRIES, "tries", 0, "N", "tries per question")                                           \
    OPTION(QUESTIONS, "questions", 0, "N", "queries for one name at most (default 2000)")          \
    OPTION(TIME_LIMIT, "time-limit", 0, "S", "seconds for one name at most (default 20)")          \
    OPTION(ASK_PRIVATE, "ask-private", 0, "", "query name servers at private addresses, too")      \
    OPTION(THEME, "theme", 0, "NAME", "theme of the screen")                                       \
    OPTION(COLOR, "color", 0, "never|auto", "whether the screen has colours (auto: as it can)")    \
    OPTION(NO_COLOR, "no-color", 0, "", "no colours, as NO_COLOR in the environment")              \
    OPTION(ASCII, "ascii", 0, "", "no character outside ASCII")                                    \
    OPTION(NO_MOUSE, "no-mouse", 0, "", "leave the mouse to the terminal")                         \
    OPTION(LANG, "lang", 0, "CODE", "language of messages: en, ja (default: by locale)")           \
    OPTION(PRESENT, "present", 0, "", "the screen is shown to others: no resolver on it")          \
    OPTION(CONFIG, "config", 0, "FILE", "configuration file in place of your own")                 \
    OPTION(NO_CONFIG, "no-config", 0, "", "no configuration file: neither read nor written")       \
    OPTION(NO_HISTORY, "no-history", 0, "", "neither read nor write the history of names")         \
    OPTION(COMPLETION, "completion", 0, "SHELL", "print the completion for bash, zsh or fish")     \
    OPTION(VERSION, "version", 0, "", "print the version and leave")                               \
    OPTION(HELP, "help", 'h', "", "print this help and leave")

#endif
