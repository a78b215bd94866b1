#include "mail/sender/sts_cache.h"

#include "base/message.h"
#include "mail/sender/rules.h"

#include <stdio.h>

enum { CACHE_EMPTY, CACHE_HELD, CACHE_HALF, CACHE_OLD };
enum { ID_SAME, ID_NEW, ID_NONE };

#define CACHING "RFC 8461 3.3"
#define RECORD  "RFC 8461 3.1"
#define COURIER "Courier 1.4.1, comsts.c"

static const struct sts_view fetched = {
    true, true, {N_("the MTA-STS policy is fetched, and counts"), CACHING}};
static const struct sts_view kept = {
    true, false, {N_("the MTA-STS policy in the cache counts: its id is still the same"), CACHING}};
static const struct sts_view kept_unfetched = {
    true,
    false,
    {N_("there is a new id, but the MTA-STS policy cannot be fetched: the one in the cache counts"),
     CACHING}};
static const struct sts_view kept_unannounced = {
    true,
    false,
    {N_("no record announces an MTA-STS policy: the one in the cache counts until its max_age "
        "expires"),
     RECORD}};
static const struct sts_view unfetched = {
    false,
    false,
    {N_("the MTA-STS policy cannot be fetched and none is in the cache: as without MTA-STS"),
     CACHING}};
static const struct sts_view run_out = {
    false,
    false,
    {N_("max_age of the MTA-STS policy has expired and it cannot be fetched: as without MTA-STS"),
     CACHING}};
static const struct sts_view unannounced = {
    false, false, {N_("no record announces an MTA-STS policy: as without MTA-STS"), RECORD}};
static const struct sts_view unasked = {
    true,
    false,
    {N_("the MTA-STS policy in the cache counts: the id is not looked at before half of max_age"),
     COURIER}};
static const struct sts_view prolonged = {
    true,
    true,
    {N_("the id is still the same: the MTA-STS policy in the cache counts for another max_age, "
        "unfetched"),
     COURIER}};
static const struct sts_view stubborn = {
    true,
    false,
    {N_("the MTA-STS policy in the cache counts, although no new one can be fetched"), COURIER}};
static const struct sts_view none_for_a_day = {
    false, false, {N_("the MTA-STS policy cannot be fetched: none for a day"), COURIER}};

static bool fetches(const struct settings *settings)
{
    return settings_number(settings, "mta_sts_fetch") == 0;
}

static struct sts_view by_rfc8461(const struct settings *settings)
{
    long cache = settings_number(settings, "mta_sts_cache");
    long id = settings_number(settings, "mta_sts_id");
    bool usable = cache == CACHE_HELD || cache == CACHE_HALF;

    if (id == ID_NONE)
        return usable ? kept_unannounced : unannounced;
    if (usable && id == ID_SAME)
        return kept;
    if (fetches(settings))
        return fetched;
    return usable ? kept_unfetched : cache == CACHE_OLD ? run_out : unfetched;
}

static struct sts_view by_courier(const struct settings *settings)
{
    long cache = settings_number(settings, "mta_sts_cache");
    long id = settings_number(settings, "mta_sts_id");

    if (cache == CACHE_HELD)
        return unasked;
    if (cache != CACHE_EMPTY && id == ID_SAME)
        return prolonged;
    if (id == ID_NONE)
        return cache == CACHE_HALF ? stubborn : unannounced;
    if (fetches(settings))
        return fetched;
    return cache == CACHE_HALF ? stubborn : none_for_a_day;
}

static bool goes_to_relay(const struct sender *sender)
{
    return sender->profile->next_hop && *sender->profile->next_hop(&sender->settings);
}

bool sts_matters(const struct sender *sender)
{
    return sender->profile->sts != STS_NEVER && sender->security.sts == STS_ENFORCE &&
           !goes_to_relay(sender) && settings_number(&sender->settings, "mta_sts");
}

struct sts_view sts_view(const struct settings *settings)
{
    return settings->profile->sts == STS_LATE ? by_courier(settings) : by_rfc8461(settings);
}

bool sts_is_told(const struct settings *settings)
{
    return settings_number(settings, "mta_sts_cache") || settings_number(settings, "mta_sts_id") ||
           settings_number(settings, "mta_sts_fetch");
}

void sts_set_age(struct settings *settings, int64_t age, int64_t max_age)
{
    const char *cache = age < 0             ? "empty"
                        : age < max_age / 2 ? "held"
                        : age < max_age     ? "half"
                                            : "old";
    char assignment[32];

    snprintf(assignment, sizeof assignment, "mta_sts_cache=%s", cache);
    settings_set(settings, assignment, NULL);
}

int64_t sts_age(const struct settings *settings, int64_t max_age)
{
    switch (settings_number(settings, "mta_sts_cache")) {
    case CACHE_HELD:
        return 0;
    case CACHE_HALF:
        return max_age / 2;
    case CACHE_OLD:
        return max_age;
    default:
        return -1;
    }
}
