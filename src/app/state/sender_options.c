#include "app/state/sender_options.h"

#include "base/message.h"
#include "dns/name.h"
#include "mail/profiles/profiles.h"

#include <string.h>

void sender_options_list(struct text *out)
{
    for (size_t i = 0; i < profile_count(); i++)
        text_format(out, "%s %s", i ? "," : "", profile_name(profile_at(i)));
}

/* "mx2" becomes "mx2.example.com."; names with a dot, addresses and "*" stay. What stands behind
 * "=" or "@" is no part of the name. */
static void complete(const char *host, const char *domain, struct text *out)
{
    size_t length = strcspn(host, "=@");

    text_add_bytes(out, host, length);
    if (!memchr(host, '.', length) && !memchr(host, ':', length) && *host != '*')
        text_format(out, "%s%s", name_is_root(domain) ? "" : ".", domain);
    text_add(out, host + length);
}

static enum status set_as(const struct options *options, const char *domain, struct sender *sender,
                          struct text *why)
{
    const char *host = options->as, *reason;
    struct text full = {0};
    enum status status;

    if (!host)
        return STATUS_OK;
    complete(host, domain, &full);
    status = sender_set_as(sender, text_get(&full), &reason);
    if (status)
        options_say(why, "as", host, reason);
    text_clear(&full);
    return status;
}

static enum status add_downs(const struct options *options, const char *domain,
                             struct sender *sender, struct text *why)
{
    const struct strings *downs = &options->downs;
    enum status status = STATUS_OK;
    const char *reason;

    for (size_t i = 0; i < downs->count && !status; i++) {
        struct text full = {0};
        complete(downs->list[i], domain, &full);
        if ((status = sender_add_down(sender, text_get(&full), &reason)))
            options_say(why, "down", downs->list[i], reason);
        text_clear(&full);
    }
    return status;
}

static enum status add_settings(const struct options *options, struct sender *sender,
                                struct text *why)
{
    enum status status = STATUS_OK;
    const char *reason;

    for (size_t i = 0; i < options->sets.count && !status; i++)
        if ((status = settings_set(&sender->settings, options->sets.list[i], &reason)))
            options_say(why, "set", options->sets.list[i], reason);
    for (size_t i = 0; i < options->own_addresses.count && !status; i++)
        if ((status = sender_add_own(sender, options->own_addresses.list[i], &reason)))
            options_say(why, "own-address", options->own_addresses.list[i], reason);
    return status;
}

enum status sender_options_read(const struct options *options, uint64_t seed, const char *domain,
                                struct sender *sender, struct text *why)
{
    const struct profile *profile = profile_find(options->profile);
    enum status status;

    if (!profile) {
        options_say(why, "profile", options->profile, tr("must be one of"));
        sender_options_list(why);
        return STATUS_NOT_FOUND;
    }
    sender_init(sender, profile);
    sender->seed = options->seed == SEED_DEFAULT ? seed : options->seed;
    sender->family = (enum family_choice)options->family;
    sender->rotates = options->rotates;
    if ((status = add_settings(options, sender, why)) ||
        (status = set_as(options, domain, sender, why)) ||
        (status = add_downs(options, domain, sender, why)))
        sender_clear(sender);
    return status;
}
