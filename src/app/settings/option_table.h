/* The command line, one row an option: parsing, --help and the manual read it.
 * OPTION(identifier, "long name", short letter or 0, "ARGUMENT" ("" none, "[ARG]" optional),
 * "help") */
#ifndef APP_SETTINGS_OPTION_TABLE_H
#define APP_SETTINGS_OPTION_TABLE_H

#define OPTIONS(OPTION)                                                                            \
    OPTION(REPORT, "report", 0, "[md]", "text report on standard output instead of the screen")    \
    OPTION(JSON, "json", 0, "", "one JSON object per name per line")                               \
    OPTION(BATCH, "batch", 0, "FILE", "names one per line (- for standard input); means --json")   \
    OPTION(ORDERED, "ordered", 0, "", "print the results in the order of the names")               \
    OPTION(RESUME, "resume", 0, "FILE", "continue a batch after the names in this JSON file")      \
    OPTION(SCHEMA, "schema", 0, "", "print the JSON Schema of these objects and exit")             \
    OPTION(FIELDS, "fields", 0, "A[,B]", "print only these members of the JSON object")            \
    OPTION(SUMMARY, "summary", 0, "", "JSON: name, status, MX, route, SPF, DMARC, findings")       \
    OPTION(ZONE, "zone", 0, "[NAME=]FILE",                                                         \
           "answer from a zone file instead of the network (repeatable)")                          \
    OPTION(ORIGIN, "origin", 0, "NAME", "origin of zone files without $ORIGIN or NAME=")           \
    OPTION(OVERLAY, "overlay", 0, "[FILE]", "overlay that file, or the --zone files, on live DNS") \
    OPTION(DEMO, "demo", 0, "[LESSON]", "open the built-in lessons; --demo=list lists them")       \
    OPTION(PRINT, "print", 0, "[md]",                                                              \
           "with --demo: print the lesson as a hand-out (all: all of them)")                       \
    OPTION(EXPORT_LESSON, "export-lesson", 0, "LESSON",                                            \
           "copy the files of a lesson to the folder that follows")                                \
    OPTION(NOTES, "notes", 0, "FILE", "show the notes for the presenter of a growing recording")   \
    OPTION(CAST, "cast", 0, "FILE", "with --replay: write the recording as an asciicast")          \
    OPTION(CHECK_LESSON, "check-lesson", 0, "DIR|LESSON|all",                                      \
           "play every step of the lessons and print what fails")                                  \
    OPTION(SIMULATE, "simulate", 0, "[N]", "simulate N deliveries (default 10000)")                \
    OPTION(SEED, "seed", 0, "S", "seed for all random draws (default 1)")                          \
    OPTION(PROFILE, "profile", 0, "P",                                                             \
           "sender to simulate: rfc5321, postfix, exim, sendmail, ...")                            \
    OPTION(SET, "set", 0, "NAME=VALUE", "a setting of the profile (repeatable)")                   \
    OPTION(AS, "as", 0, "HOST", "route as this MX host would")                                     \
    OPTION(OWN_ADDRESS, "own-address", 0, "A[,A]",                                                 \
           "addresses of the --as host, instead of those in the DNS")                              \
    OPTION(DOWN, "down", 0, "HOST[=STAGE][,..]", "hosts or addresses that fail (* for all)")       \
    OPTION(COMPARE, "compare", 0, "P[,P]|srv",                                                     \
           "compare two senders, or this one and another; srv: by MX and by SRV")                  \
    OPTION(DIAGRAM, "diagram", 0, "", "draw who connects to whom, as a sequence diagram")          \
    OPTION(MATRIX, "matrix", 0, "", "compare all senders: verdict and first choice")               \
    OPTION(WHATIF, "whatif", 0, "EDIT",                                                            \
           "compare before and after an edit like \"add mx 15 mx9\" (repeatable)")                 \
    OPTION(ROUND_ROBIN, "round-robin", 0, "",                                                      \
           "show which A, AAAA and NS record clients use first")                                   \
    OPTION(AS_IF_SIGNED, "as-if-signed", 0, "", "treat zone files as signed with DNSSEC (DANE)")   \
    OPTION(MTA_STS_POLICY, "mta-sts-policy", 0, "FILE",                                            \
           "the policy that the domain's web server serves")                                       \
    OPTION(FETCH_POLICY, "fetch-policy", 0, "", "fetch that policy over HTTPS")                    \
    OPTION(FAMILY, "family", 0, "any|4|6", "address family the sender can use")                    \
    OPTION(RESOLVER_ROTATES, "resolver-rotates", 0, "",                                            \
           "each delivery finds every RRset in another order")                                     \
    OPTION(SRV, "srv", 0, "OWNER", "simulate how a client chooses among SRV records")              \
    OPTION(CLIENT, "client", 0, "NAME[=SITE]",                                                     \
           "play a client: windows, samba, sssd, mit, heimdal, openldap, outlook, sip, ...")       \
    OPTION(ALGORITHM, "algorithm", 0, "A", "with --srv: rfc2782, nominal, postfix or exim")        \
    OPTION(SITE, "site", 0, "NAME[,NAME]", "sites, locations or GUIDs of a directory to query")    \
    OPTION(TYPE, "type", 't', "TYPE", "query records of this type, too (TYPE65 for any number)")   \
    OPTION(RESOLVERS, "resolvers", 0, "A[,A]",                                                     \
           "compare what these resolvers answer, with the servers of the zone")                    \
    OPTION(TRACE, "trace", 0, "", "follow the way from the root to the name, zone by zone")        \
    OPTION(HINTS, "hints", 0, "FILE|A[,A]",                                                        \
           "with --trace: root servers to begin with, a hints file or addresses")                  \
    OPTION(REVERSE, "reverse", 'x', "ADDRESS", "look up the names of this address")                \
    OPTION(DKIM, "dkim", 0, "S[,S]", "DKIM selectors to check, as well as common ones")            \
    OPTION(NAMES, "names", 0, "N[,N]", "more names of the domain to check")                        \
    OPTION(SPF_IP, "spf-ip", 0, "ADDRESS", "check SPF for a sender at this address")               \
    OPTION(SPF_FROM, "spf-from", 0, "MAILBOX", "with this reverse-path")                           \
    OPTION(SPF_HELO, "spf-helo", 0, "NAME", "and this HELO name")                                  \
    OPTION(DIFF, "diff", 0, "NAME|@SERVER|FILE",                                                   \
           "compare with a name, a server, a zone file, a recording or a JSON report")             \
    OPTION(EXPECT, "expect", 0, "FILE",                                                            \
           "compare with what this file expects; exit 1 where it is not so")                       \
    OPTION(CHECK, "check", 0, "", "exit with status 1 if any finding is an error")                 \
    OPTION(IGNORE, "ignore", 0, "ID[,ID]", "findings to ignore")                                   \
    OPTION(RECORD, "record", 0, "FILE", "record the session to a new file")                        \
    OPTION(FORCE, "force", 0, "", "let --record overwrite an existing file")                       \
    OPTION(REPLAY, "replay", 0, "FILE", "replay a recorded session, without a network")            \
    OPTION(SPEED, "speed", 0, "X|max|step", "replay X times as fast, at once, or key by key")      \
    OPTION(DUMP, "dump", 0, "", "print the last screen of a replay and exit")                      \
    OPTION(PORT, "port", 'p', "PORT", "port of the name servers (default 53)")                     \
    OPTION(IPV4, "ipv4", '4', "", "query over IPv4 only")                                          \
    OPTION(IPV6, "ipv6", '6', "", "query over IPv6 only")                                          \
    OPTION(TCP, "tcp", 0, "", "query over TCP")                                                    \
    OPTION(CA, "ca", 0, "FILE", "certificates that encrypted resolvers must be signed by")         \
    OPTION(TIMEOUT, "timeout", 0, "MS", "timeout of one attempt in milliseconds")                  \
    OPTION(TRIES, "tries", 0, "N", "attempts per query")                                           \
    OPTION(QUESTIONS, "questions", 0, "N",                                                         \
           "maximum number of queries for one name (default 2000)")                                \
    OPTION(TIME_LIMIT, "time-limit", 0, "S", "seconds for one name at most (default 20)")          \
    OPTION(ASK_PRIVATE, "ask-private", 0, "", "query name servers at private addresses, too")      \
    OPTION(THEME, "theme", 0, "NAME", "theme of the screen")                                       \
    OPTION(COLOR, "color", 0, "never|auto", "whether the screen has colours (auto: as it can)")    \
    OPTION(NO_COLOR, "no-color", 0, "", "no colours, as NO_COLOR in the environment")              \
    OPTION(ASCII, "ascii", 0, "", "use ASCII characters only")                                     \
    OPTION(NO_MOUSE, "no-mouse", 0, "", "do not capture the mouse")                                \
    OPTION(LANG, "lang", 0, "CODE", "language of messages: en, ja (default: by locale)")           \
    OPTION(PRESENT, "present", 0, "",                                                              \
           "for an audience: no resolver named, keys shown, projector theme")                      \
    OPTION(CONFIG, "config", 0, "FILE", "use this configuration file")                             \
    OPTION(NO_CONFIG, "no-config", 0, "", "do not read or write a configuration file")             \
    OPTION(NO_HISTORY, "no-history", 0, "", "do not read or write the name history")               \
    OPTION(COMPLETION, "completion", 0, "SHELL", "print the completion for bash, zsh or fish")     \
    OPTION(VERSION, "version", 'V', "", "print the version and exit")                              \
    OPTION(HELP, "help", 'h', "", "print this help and exit")

#define OPTION_ENUM(identifier, name, letter, argument, help) OPTION_##identifier,
enum option_id { OPTIONS(OPTION_ENUM) OPTION_COUNT };
#undef OPTION_ENUM

struct option_row {
    const char *name;
    char letter;
    const char *argument, *help;
};
extern const struct option_row option_rows[OPTION_COUNT];

#endif
