/* Is there a directory, of which kind, and where is its root? Then the whole. */
#include "dns/name.h"
#include "dns/type.h"
#include "policy/directory/directory_build.h"

#include <stdio.h>
#include <string.h>

struct signs {
    const struct directory_view *view;
    bool complete;
    bool windows; /* a global catalog or a primary controller, which FreeIPA has not */
};

static const struct reply *look(struct signs *signs, const char *prefix, const char *domain,
                                uint16_t type)
{
    char name[NAME_TEXT];
    const struct reply *reply;

    if (name_join(prefix, domain, name) != STATUS_OK)
        return NULL;
    reply = lookup_find(signs->view->guesses, name, type);
    signs->complete &= reply != NULL;
    return reply;
}

static bool is_there(struct signs *signs, const char *prefix)
{
    return directory_answered(look(signs, prefix, signs->view->domain, TYPE_SRV));
}

/* A wildcard answers for every service below _tcp (RFC 4592). */
static bool has_every_service(struct signs *signs)
{
    char service[NAME_TEXT];

    if (!signs->view->probe || strlen(signs->view->probe) > 60)
        return false;
    snprintf(service, sizeof service, "_%s._tcp", signs->view->probe);
    return is_there(signs, service);
}

static bool names_kerberos(const struct reply *uri)
{
    char host[NAME_TEXT];

    for (size_t i = 0; directory_answered(uri) && i < uri->record_count; i++)
        if (directory_uri_host(uri->records[i], host))
            return true;
    return false;
}

/* Both are asked, whatever the first one says. */
static bool is_either_there(struct signs *signs, const char *one, const char *other)
{
    bool first = is_there(signs, one), second = is_there(signs, other);

    return first || second;
}

static enum directory_kind recognise(struct directory *directory, struct signs *signs)
{
    bool catalog = is_either_there(signs, "_gc._tcp", "_ldap._tcp.gc._msdcs");
    bool primary = is_there(signs, "_ldap._tcp.pdc._msdcs");
    bool masters = is_either_there(signs, "_kerberos-master._tcp", "_kerberos-master._udp");
    bool ldap = is_there(signs, "_ldap._tcp");

    directory->msdcs = look(signs, "_ldap._tcp.dc._msdcs", directory->domain, TYPE_SRV);
    directory->msdcs_answered = directory_answered(directory->msdcs);
    directory->uri = look(signs, "_kerberos", directory->domain, TYPE_URI);
    directory->realm = look(signs, "_kerberos", directory->domain, TYPE_TXT);
    signs->windows = catalog || primary;
    directory->mixed = (masters || names_kerberos(directory->uri)) && signs->windows;
    if (signs->windows)
        return DIRECTORY_AD;
    if (ldap && masters && names_kerberos(directory->uri))
        return DIRECTORY_FREEIPA;
    if (ldap && masters && directory_answered(look(signs, "ipa-ca", directory->domain, TYPE_A)))
        return DIRECTORY_FREEIPA;
    return directory->msdcs_answered ? DIRECTORY_AD : DIRECTORY_NONE;
}

static bool has_directory(struct signs *signs, const char *domain)
{
    const struct reply *place = look(signs, "_ldap._tcp.gc._msdcs", domain, TYPE_SRV);
    const struct reply *service = look(signs, "_gc._tcp", domain, TYPE_SRV);

    return directory_answered(place) || directory_answered(service);
}

/* Does it say that there is something, or nothing? */
static bool is_told(const struct reply *reply)
{
    return reply->outcome == OUTCOME_ANSWERED || reply->outcome == OUTCOME_NODATA ||
           reply->outcome == OUTCOME_NXDOMAIN;
}

/* A child domain has no global catalog of its own: those of the whole forest stand below its root.
 */
static const char *find_forest(struct signs *signs, const struct reply **open)
{
    const char *found = signs->view->domain, *name;

    if (has_directory(signs, found))
        return found;
    for (name = name_parent(found); name_labels(name) > 1; name = name_parent(name)) {
        const struct reply *reply = look(signs, "_gc._tcp", name, TYPE_SRV);
        if (has_directory(signs, name))
            found = name;
        else if (!*open && reply && !is_told(reply))
            *open = reply;
    }
    if (found != signs->view->domain)
        *open = NULL;
    return found;
}

/* ---- the whole ---- */

static bool is_address_of(const struct directory_host *host, const struct reply *reply)
{
    for (size_t i = 0; directory_answered(reply) && i < reply->record_count; i++)
        if (address_is_among(&reply->records[i]->address, host->addresses, host->address_count))
            return true;
    return false;
}

/* FreeIPA's servers beside those of Active Directory in one set: no host of the one is in the names
 * of the other. By Kerberos' names they are told, or else by the address of ipa-ca. */
static bool has_strangers(const struct directory *directory, struct signs *signs)
{
    const struct directory_name *dc = directory_find(directory, DIRECTORY_DC, NULL);
    const struct directory_name *ldap = directory_find(directory, DIRECTORY_LDAP, NULL);

    for (size_t i = 0; dc && ldap && dc->entry_count && i < ldap->entry_count; i++) {
        const struct directory_host *host = &directory->hosts[ldap->entries[i].host];
        if (host->standing == STANDING_GONE ||
            directory_record(directory, dc, ldap->entries[i].host))
            continue;
        if (directory->mixed ||
            is_address_of(host, look(signs, "ipa-ca", directory->domain, TYPE_A)))
            return true;
    }
    return false;
}

struct directory *directory_build(const struct directory_view *view, struct arena *arena,
                                  bool *complete)
{
    struct directory *directory = arena_alloc(arena, 1, sizeof *directory);
    struct signs signs = {view, true, false};

    directory->domain = directory->forest = view->domain;
    directory->kind = recognise(directory, &signs);
    directory->complete = signs.complete;
    if (directory->kind != DIRECTORY_NONE && has_every_service(&signs))
        directory->kind = DIRECTORY_NONE;
    *complete = signs.complete;
    if (directory->kind == DIRECTORY_NONE)
        return NULL;
    signs.view = &(struct directory_view){.guesses = view->lookup, .domain = view->domain};
    if (directory->kind == DIRECTORY_AD)
        directory->forest = find_forest(&signs, &directory->root_open);
    directory_ask_names(directory, view, arena);
    directory_meet_hosts(directory, view, arena);
    directory_mark_hosts(directory, arena);
    directory->mixed = signs.windows && has_strangers(directory, &signs);
    directory->complete &= signs.complete;
    *complete = directory->complete;
    return directory;
}
