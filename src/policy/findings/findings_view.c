/* From where the domain is seen: inside its own network answers are others than outside. */
#include "dns/type.h"
#include "policy/findings/finding_list.h"

#include <string.h>

struct address_tally {
    size_t private, other; /* addresses */
    bool open;             /* a lookup is under way */
};

static bool is_private(const struct address *address)
{
    enum address_kind kind = address_kind(address);

    return kind == ADDRESS_PRIVATE || kind == ADDRESS_CGNAT || kind == ADDRESS_LINK_LOCAL;
}

static void count_addresses(struct address_tally *tally, const struct address *addresses,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tally->private += is_private(&addresses[i]);
        tally->other += !is_private(&addresses[i]);
    }
}

static void count_name(struct finding_list *list, struct address_tally *tally, const char *name)
{
    struct host_addresses replies = finding_host(list, name);
    size_t count;
    const struct address *addresses = exchange_host_addresses(list->arena, replies, &count);

    count_addresses(tally, addresses, count);
    tally->open |= !replies.a || !replies.aaaa;
}

/* Does the name hold what domain controllers register (MS-ADTS 6.3.2.3)? If not, *open says whether
 * an answer may still show it. */
static bool is_directory(struct finding_list *list, bool *open)
{
    const struct setup_view *view = list->setup->view;

    *open = false;
    for (size_t i = 0; i < view->srv_count; i++) {
        const struct reply *reply;

        if (!strstr(view->srv_owners[i], "._msdcs."))
            continue;
        reply = finding_lookup(list, view->srv_owners[i], TYPE_SRV);
        if (finding_reply_answered(reply))
            return true;
        *open |= !reply;
    }
    return false;
}

enum { SERVERS_LOOKED_AT = 32 };

enum finding_view finding_seen_from(struct finding_list *list)
{
    const struct exchanges *exchanges = list->setup->exchanges;
    const struct reply *ns = list->setup->authority->ns;
    size_t count = exchanges ? exchanges->count : 0; /* a reverse zone has none */
    struct address_tally tally = {.open = !ns || (exchanges && !exchanges->mx)};
    bool open;

    for (size_t i = 0; i < count; i++) {
        count_addresses(&tally, exchanges->exchanges[i].addresses,
                        exchanges->exchanges[i].address_count);
        tally.open |= !exchanges->exchanges[i].replies.a || !exchanges->exchanges[i].replies.aaaa;
    }
    for (size_t i = 0; finding_reply_answered(ns) && i < ns->record_count && i < SERVERS_LOOKED_AT;
         i++)
        count_name(list, &tally, ns->records[i]->target);
    if (tally.other > 0)
        return VIEW_FROM_OUTSIDE;
    if (!is_directory(list, &open))
        count_name(list, &tally, list->setup->view->domain);
    if (tally.other > 0 && !open)
        return VIEW_FROM_OUTSIDE;
    return tally.open || open  ? VIEW_OPEN
           : tally.private > 0 ? VIEW_FROM_INSIDE
                               : VIEW_FROM_OUTSIDE;
}

static void test_inside_view(struct finding_list *list)
{
    const struct directory *directory = list->setup->view->directory;
    bool open;

    if (finding_seen_from(list) != VIEW_FROM_INSIDE)
        return;
    finding_add(list, SEVERITY_NOTICE, list->setup->view->domain, TYPE_A,
                list->setup->exchanges->mx,
                directory && directory->kind == DIRECTORY_FREEIPA
                    ? "All addresses of the MX hosts and name servers are private, and the names "
                      "of a FreeIPA directory are here. This is the inside view of the domain; "
                      "senders elsewhere may see other records."
                : directory || is_directory(list, &open)
                    ? "All addresses of the MX hosts and name servers are private, and the names "
                      "of an Active Directory are here. This is the inside view of the domain; "
                      "senders elsewhere may see other records."
                    : "All addresses of the MX hosts and name servers are private. This is the "
                      "inside view of the domain; senders elsewhere may see other records.");
}

const struct finding_kind findings_view[] = {
    {"inside-view", SEVERITY_NOTICE, "an inside view of the domain", "RFC 9499 6", "", "mx",
     test_inside_view},
    {0},
};
