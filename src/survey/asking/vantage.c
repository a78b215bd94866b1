#include "survey/asking/vantage.h"

#include "base/memory.h"
#include "base/message.h"
#include "dns/encrypted.h"
#include "dns/idn.h"
#include "dns/reply_chain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_path(const char *text)
{
    static const char *const ends[] = {".zone", ".db", ".txt", ".rec", ".json"};
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (length > strlen(ends[i]) && strcmp(text + length - strlen(ends[i]), ends[i]) == 0)
            return true;
    return strchr(text, '/') != NULL;
}

static bool read_port(const char *text, uint16_t *port)
{
    char *end;
    unsigned long number = isdigit((unsigned char)*text) ? strtoul(text, &end, 10) : 0;

    if (number == 0 || number > UINT16_MAX || *end)
        return false;
    *port = (uint16_t)number;
    return true;
}

/* Cuts "host", "host#port", "[host]#port" or "host -p port" apart, in place. */
static bool split_server(char *text, char **host, uint16_t *port)
{
    char *end, *rest;

    *host = *text == '[' ? text + 1 : text;
    end = *text == '[' ? strchr(text, ']') : text + strcspn(text, "# ");
    if (!end || end == *host)
        return false;
    rest = end + (*end == ']');
    if (strncmp(rest, " -p", 3) == 0)
        rest += 3 + strspn(rest + 3, " ");
    else if (*rest == '#')
        rest++;
    else if (*rest)
        return false;
    else
        rest = NULL;
    if (rest && !read_port(rest, port))
        return false;
    *end = '\0';
    return true;
}

static enum status read_encrypted(struct vantage_spec *spec, const char **why)
{
    struct encrypted_spec read;
    enum status status = encrypted_parse(spec->text, &read, why);

    if (status)
        return status;
    spec->kind = VANTAGE_SERVER;
    spec->server = read.address;
    spec->port = read.port;
    spec->encrypted = read.number;
    return read.address.family ? STATUS_OK
                               : name_canonical(encrypted_at(read.number)->name, spec->text, why);
}

static enum status read_server(struct vantage_spec *spec, const char **why)
{
    char *host, name[NAME_TEXT];

    if (encrypted_is_meant(spec->text))
        return read_encrypted(spec, why);
    if (!split_server(spec->text, &host, &spec->port)) {
        *why = tr("a server is given as @192.0.2.53, @[2001:db8::53]#5353 or @ns1.example -p 5353");
        return STATUS_SYNTAX;
    }
    spec->kind = VANTAGE_SERVER;
    if (address_parse(host, &spec->server))
        return STATUS_OK;
    if (idn_to_name(host, name, why))
        return STATUS_SYNTAX;
    memcpy(spec->text, name, sizeof name);
    return STATUS_OK;
}

enum status vantage_spec_parse(const char *text, struct vantage_spec *spec, const char **why)
{
    struct vantage_spec read = {.kind = VANTAGE_NAME};
    enum status status = STATUS_OK;

    if (strlen(text) >= sizeof read.text) {
        *why = tr("that is too long for a name, a server or a file");
        return STATUS_RANGE;
    }
    memcpy(read.text, text + (*text == '@'), strlen(text) + (*text != '@'));
    if (*text == '@')
        status = read_server(&read, why);
    else if (is_path(text))
        read.kind = VANTAGE_FILE;
    if (!status)
        *spec = read;
    return status;
}

void vantage_spec_print(const struct vantage_spec *spec, struct text *out)
{
    if (spec->encrypted)
        encrypted_print(spec->encrypted, &spec->server, spec->port, out);
    else
        text_add(out, spec->text);
}

struct vantage *vantage_new_server(const struct address *server, uint16_t port, uint16_t encrypted)
{
    struct vantage *vantage = memory_new(1, sizeof *vantage);
    char literal[ADDRESS_TEXT];
    struct text title = {0};

    vantage->server = *server;
    vantage->port = port;
    vantage->encrypted = encrypted;
    address_text(server, literal);
    if (encrypted)
        encrypted_print(encrypted, server, port, &title);
    else
        text_format(&title, port && server->family == 6 ? "[%s]" : "%s", literal);
    if (port && !encrypted)
        text_format(&title, "#%u", port);
    vantage->title = text_take(&title);
    return vantage;
}

struct vantage *vantage_new_zone(struct zone *zone)
{
    struct vantage *vantage = memory_new(1, sizeof *vantage);

    vantage->zone = zone;
    vantage->title = memory_dup(zone_label(zone));
    return vantage;
}

struct vantage *vantage_new_answers(struct answers *answers, const char *title)
{
    struct vantage *vantage = memory_new(1, sizeof *vantage);

    vantage->answers = answers;
    vantage->title = memory_dup(title);
    return vantage;
}

/* What the recording has; what was not asked then is not known. */
static struct reply *recorded_reply(const struct vantage *vantage, const struct question *question)
{
    const struct reply *known = answers_find(vantage->answers, question);
    struct reply *reply;

    if (known)
        return reply_dup(known);
    reply = reply_new(question);
    reply->outcome = OUTCOME_NOT_ASKED;
    reply->why = "it is not in the recording";
    return reply;
}

void vantage_free(struct vantage *vantage)
{
    if (!vantage)
        return;
    zone_free(vantage->zone);
    answers_free(vantage->answers);
    free(vantage->title);
    free(vantage);
}

/* What the zone says of the question; NULL where it does not decide. */
static struct reply *zone_reply(const struct vantage *vantage, const struct question *question)
{
    const struct zone *zone = vantage->zone;

    if (!zone || question->server.family || !zone_decides(zone, question->name, question->type))
        return NULL;
    return zone_answer(&zone, 1, question);
}

/* Does an alias lead from the zone to a name of which it does not have the type? */
static bool leads_out(const struct vantage *vantage, const struct reply *reply)
{
    return reply->alias_count && !reply_is_endless(reply) &&
           !zone_decides(vantage->zone, reply->canonical, reply->question.type);
}

struct reply *vantage_ask(const struct vantage *vantage, const struct question *question,
                          struct question *onward, char name[NAME_TEXT])
{
    struct reply *reply = vantage ? zone_reply(vantage, question) : NULL;

    *onward = *question;
    if (vantage && vantage->answers)
        return recorded_reply(vantage, question);
    if (vantage && vantage->server.family && !question->server.family) {
        onward->server = vantage->server;
        onward->port = vantage->port;
        onward->encrypted = vantage->encrypted;
    }
    if (!reply || !leads_out(vantage, reply))
        return reply;
    memcpy(name, reply->canonical, strlen(reply->canonical) + 1);
    onward->name = name;
    reply_free(reply);
    return NULL;
}

struct reply *vantage_bring(const struct vantage *vantage, const struct question *question,
                            struct reply *reply)
{
    struct reply *front, *whole;

    if (strcmp(question->name, reply->question.name) == 0) {
        reply->question.server = question->server;
        reply->question.port = question->port;
        reply->question.encrypted = question->encrypted;
        return reply;
    }
    front = zone_reply(vantage, question);
    whole = reply_chain(front, reply);
    reply_free(front);
    reply_free(reply);
    return whole;
}
