#include "dns/reply.h"

#include "base/message.h"
#include "dns/encrypted.h"

#include <string.h>

static const char *const transports[] = {
    [TRANSPORT_UDP] = "udp",
    [TRANSPORT_TCP] = "tcp",
    [TRANSPORT_TLS] = "tls",
    [TRANSPORT_HTTPS] = "https",
    [TRANSPORT_ZONE] = "zone",
    [TRANSPORT_REPLAY] = "replay",
    [TRANSPORT_NONE] = N_IN_("source", "none"),
};

bool question_equal(const struct question *a, const struct question *b)
{
    return a->type == b->type && a->flags == b->flags && address_equal(&a->server, &b->server) &&
           a->port == b->port && a->encrypted == b->encrypted && strcmp(a->name, b->name) == 0;
}

bool reply_is_endless(const struct reply *reply)
{
    return reply->alias_loop || reply->alias_too_long;
}

bool reply_is_temporary(const struct reply *reply)
{
    return outcome_is_temporary(reply->outcome) || reply_is_endless(reply);
}

const char *transport_text(enum transport transport)
{
    return transports[transport];
}

const char *transport_word(enum transport transport)
{
    return tr_in("source", transports[transport]);
}

bool transport_parse(const char *text, enum transport *transport)
{
    for (size_t i = 0; i < sizeof transports / sizeof *transports; i++)
        if (strcmp(transports[i], text) == 0) {
            *transport = (enum transport)i;
            return true;
        }
    return false;
}

struct reply *reply_new(const struct question *question)
{
    struct arena *arena = arena_new();
    struct reply *reply = arena_alloc(arena, 1, sizeof *reply);

    reply->arena = arena;
    reply->question = *question;
    reply->question.name = arena_dup(arena, question->name);
    reply->canonical = reply->question.name;
    reply->outcome = OUTCOME_TIMEOUT;
    reply->rcode = -1;
    reply->transport = TRANSPORT_NONE;
    reply->server = "";
    reply->wire.bytes = (const uint8_t *)"";
    return reply;
}

void reply_free(struct reply *reply)
{
    if (reply)
        arena_free(reply->arena);
}

bool reply_was_sent(const struct reply *reply)
{
    return reply->outcome != OUTCOME_NOT_ASKED && reply->outcome != OUTCOME_INVALID;
}

/* "127.0.0.1#53", "[fe80::1%2]#53", "tls://127.0.0.1#853" */
bool reply_from_address(const struct reply *reply, struct address *address)
{
    const char *begin = reply->server + (*reply->server == '[');
    char text[ADDRESS_TEXT];
    size_t length = strcspn(begin, "]#%");

    if (encrypted_is_meant(reply->server))
        return encrypted_address(reply->server, address);
    if (!strchr(begin, '#') || length >= sizeof text)
        return false;
    memcpy(text, begin, length);
    text[length] = '\0';
    return address_parse(text, address);
}

bool reply_was_heard(const struct reply *reply)
{
    return (reply->outcome < OUTCOME_INVALID && reply->outcome != OUTCOME_TIMEOUT) ||
           reply->outcome == OUTCOME_NOT_IN_FILE;
}

const struct record *reply_address(const struct reply *reply, const struct address *address)
{
    for (size_t i = 0; reply && i < reply->record_count; i++)
        if (address_equal(&reply->records[i]->address, address))
            return reply->records[i];
    return NULL;
}

bool reply_from_zone(const struct reply *reply)
{
    return reply->transport == TRANSPORT_ZONE || strncmp(reply->server, "zone ", 5) == 0;
}

bool reply_is_by_location(const struct reply *reply)
{
    return reply->alias_count && strstr(reply->canonical, "._locations.");
}
