/* A directory as its records in the DNS show it: Active Directory or FreeIPA, its servers and
 * sites, and which of the names that each should have registered has it. Built whole from the
 * answers. What DNS cannot list (names of sites, GUIDs) is told, guessed or not known. */
#ifndef POLICY_DIRECTORY_DIRECTORY_H
#define POLICY_DIRECTORY_DIRECTORY_H

#include "dns/lookup.h"
#include "dns/name.h"
#include "policy/directory/directory_table.h"

#define PLACES_ALL "*" /* among the places: there are no others */

/* What is looked at. Everything is borrowed. */
struct directory_view {
    const struct lookup *guesses; /* asks whether there is a directory */
    const struct lookup *lookup;  /* asks what follows when there is one */
    const char *domain;           /* canonical */
    const char *const *places;    /* names of sites or locations, and GUIDs: case does not count */
    size_t place_count;
    const char *probe; /* a label nobody has: what has every name is no directory; NULL: none */
};

/* How a server stands to a name. */
enum directory_mark {
    MARK_NONE, /* not there, and need not be */
    MARK_THERE,
    MARK_MISSING, /* should be there */
    MARK_DIFFERS, /* there with another priority or weight than in its other records */
    MARK_GONE,    /* there, and the server has no address */
    MARK_UNASKED, /* the name is not known, or was not queried */
    MARK_FAILED,  /* the lookup failed */
    MARK_WAITING,
};
enum { DIRECTORY_MARKS = MARK_WAITING + 1 };
const char *directory_mark_text(enum directory_mark mark); /* "there", "missing", ... Static. */

struct directory_entry { /* one record of a name */
    const struct record *record;
    size_t host; /* index in directory.hosts */
};

/* A name of the table, in the order of the table, those of a place together. */
struct directory_name {
    const struct directory_rule *rule;
    const char *owner;         /* canonical; NULL: the place in it is not known */
    const char *place;         /* as its directory_place has it; NULL without */
    const struct reply *reply; /* NULL: not in yet, or no owner */
    const struct reply *aaaa;  /* beside A */
    struct directory_entry *entries;
    size_t entry_count;
    size_t there, expected; /* hosts that have it, or should */
};

enum directory_standing { STANDING_WAITING, STANDING_THERE, STANDING_GONE, STANDING_FAILED };

struct directory_host {
    const char *name; /* canonical, after aliases */
    struct host_addresses replies;
    const struct address *addresses; /* IPv4 first */
    size_t address_count;
    enum directory_standing standing;
    bool own;                   /* in a name below the domain itself */
    bool generic;               /* in a name of the whole domain */
    bool elsewhere;             /* of another domain of the forest: in names of the forest alone */
    bool global_catalog;        /* in a name of global catalogs */
    bool primary;               /* primary domain controller */
    bool read_only;             /* in names of sites alone, as a read-only domain controller is */
    bool ranked;                /* priority and weight are known */
    uint16_t priority, weight;  /* of most of its records */
    enum directory_mark *marks; /* for each name */
    bool *sites;                /* for each site: in one of its names */
};

struct directory_place {
    const char *name; /* in the letters in which it was told */
    bool guessed;     /* nobody told it */
};

struct directory_alias { /* GUID._msdcs of a domain controller */
    const char *guid, *owner;
    const struct reply *reply;
    size_t host; /* index; SIZE_MAX: leads to none */
};

struct directory {
    enum directory_kind kind;
    bool complete;
    bool mixed;                    /* FreeIPA's servers stand in the names of an Active Directory */
    bool msdcs_answered;           /* _ldap._tcp.dc._msdcs has records */
    const char *domain, *forest;   /* forest: its root, as far as known */
    const struct reply *root_open; /* no global catalog here, and above the domain this lookup tells
                                      nothing: the forest root is not known; NULL otherwise */
    const struct reply *msdcs;     /* SRV _ldap._tcp.dc._msdcs */
    const struct reply *uri, *realm; /* URI, TXT _kerberos */
    const char *guid;                /* of the domain; NULL: not known */
    bool all_known;                  /* there are no other places than those given */
    const struct reply *msdcs_ns;    /* NS of _msdcs below the forest root */
    struct directory_name *names;
    size_t name_count;
    struct directory_host *hosts; /* by name */
    size_t host_count;
    const struct directory_place *sites; /* those given, and the guess when it is there */
    size_t site_count;
    struct directory_alias *aliases;
    size_t alias_count;
};

/* NULL when there is none (or not known yet: *complete false). */
struct directory *directory_build(const struct directory_view *view, struct arena *arena,
                                  bool *complete);

const char *directory_kind_text(enum directory_kind kind); /* "Active Directory". Static. */
/* The name of that id; for a site's or location's, that of the place, whose case does not count.
 * NULL: none. */
const struct directory_name *directory_find(const struct directory *directory, enum directory_id id,
                                            const char *place);
/* The record by which the host is in the name; NULL: it is not. */
const struct record *directory_record(const struct directory *directory,
                                      const struct directory_name *name, size_t host);
/* Is it the address of one of the hosts? */
bool directory_has_address(const struct directory *directory, const struct address *address);
const struct directory_host *directory_host(const struct directory *directory, const char *name);
/* The host of a URI record "krb5srv:flags:transport:host" into out; false when it is none. */
bool directory_uri_host(const struct record *record, char out[NAME_TEXT]);
/* Is it a GUID, as in names ("3f2c7d10-5b0e-4a6e-9d1c-7a52e0b4c611")? */
bool directory_is_guid(const char *text);
/* The site, location or GUID in a name of the table, in its letters ("hamburg" of
 * "_ldap._tcp.hamburg._sites.dc._msdcs.example.com."); false when there is none. */
bool directory_place_of(const char *owner, char out[NAME_TEXT]);
/* The line of a master file that a server lacks in a name (one for each address, with "\n"
 * between); NULL where it lacks none. */
const char *directory_missing_lines(struct arena *arena, const struct directory *directory,
                                    const struct directory_name *name, size_t host);

#endif
