/* Asks questions through the live source and prints a line for each reply, in the order they come:
 *
 *     ask [option ...] [@server ...] name/type[/address] ...
 *     example.test. MX answered udp 127.0.0.1#5300 tries 1 unmatched 0 records 2 ms 3 why -
 *
 * -p PORT, -4, -6, --tcp, --ca FILE, --timeout MS, --tries N as mxtrail has them; --resolv-conf
 * FILE;
 * --rounds N asks everything again once all is answered, --forget before each round anew;
 * --cancel drops everything once after the questions were sent. "asked" is said then. The last
 * line tells how many questions were left over, and that must be 0. Exit status 0, or 2 for bad
 * usage. */
#include "base/memory.h"
#include "dns/name.h"
#include "dns/reply.h"
#include "dns/type.h"
#include "net/source.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { QUESTIONS_MAX = 4096, SERVERS_MAX = 8 };

struct client {
    struct live_options options;
    struct server servers[SERVERS_MAX];
    struct question questions[QUESTIONS_MAX]; /* names owned */
    size_t question_count;
    unsigned rounds;
    bool forget, cancel;
    struct source *source;
    uint64_t asked_at;
};

static int usage(const char *what)
{
    fprintf(stderr, "ask: %s\n", what);
    return 2;
}

static bool take_question(struct client *client, char *argument)
{
    struct question *question = &client->questions[client->question_count];
    char *type = strchr(argument, '/'), *address;
    char name[NAME_TEXT];

    if (!type || client->question_count == QUESTIONS_MAX)
        return false;
    *type++ = '\0';
    address = strchr(type, '/');
    if (address)
        *address++ = '\0';
    if (name_canonical(argument, name, NULL) != STATUS_OK || !type_parse(type, &question->type))
        return false;
    if (address && !address_parse(address, &question->server))
        return false;
    if (address)
        question->flags = QUESTION_NO_RECURSION;
    question->name = memory_dup(name);
    client->question_count++;
    return true;
}

static bool take_server(struct client *client, const char *argument)
{
    struct server_spec spec;
    const char *why;

    if (client->options.server_count == SERVERS_MAX || server_spec_parse(argument, &spec, &why))
        return false;
    client->options.servers = client->servers;
    client->servers[client->options.server_count++] = spec.server;
    return true;
}

/* Options with a value: the value is `next`. */
static bool take_valued(struct client *client, const char *option, const char *next)
{
    if (!strcmp(option, "-p"))
        client->options.port = (uint16_t)atoi(next);
    else if (!strcmp(option, "--timeout"))
        client->options.timeout_ms = (unsigned)atoi(next);
    else if (!strcmp(option, "--tries"))
        client->options.tries = (unsigned)atoi(next);
    else if (!strcmp(option, "--ca"))
        client->options.trusted = next;
    else if (!strcmp(option, "--resolv-conf"))
        client->options.resolv_conf = next;
    else if (!strcmp(option, "--rounds"))
        client->rounds = (unsigned)atoi(next);
    else
        return false;
    return true;
}

static bool take_plain(struct client *client, const char *option)
{
    if (!strcmp(option, "-4") || !strcmp(option, "-6"))
        client->options.family = (uint8_t)(option[1] - '0');
    else if (!strcmp(option, "--tcp"))
        client->options.tcp = true;
    else if (!strcmp(option, "--forget"))
        client->forget = true;
    else if (!strcmp(option, "--cancel"))
        client->cancel = true;
    else
        return false;
    return true;
}

static bool take_arguments(struct client *client, int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        bool taken = false;

        if (arguments[i][0] == '@')
            taken = take_server(client, arguments[i] + 1);
        else if (arguments[i][0] != '-')
            taken = take_question(client, arguments[i]);
        else if (take_plain(client, arguments[i]))
            taken = true;
        else if (i + 1 < count && take_valued(client, arguments[i], arguments[i + 1]))
            taken = ++i;
        if (!taken)
            return false;
    }
    return client->question_count > 0;
}

static void print(const struct client *client, const struct reply *reply)
{
    char type[TYPE_TEXT];

    printf("%s %s %s %s %s tries %u unmatched %u records %zu ms %" PRIu64 " why %s\n",
           reply->question.name, type_text(reply->question.type, type),
           outcome_text(reply->outcome), transport_text(reply->transport),
           reply->server[0] ? reply->server : "-", reply->tries, reply->unmatched,
           reply->record_count, (uv_hrtime() - client->asked_at) / 1000000,
           reply->why ? reply->why : "-");
}

static void ask_round(struct client *client, uv_loop_t *loop)
{
    struct reply *reply;

    client->asked_at = uv_hrtime();
    for (size_t i = 0; i < client->question_count; i++) {
        if (client->forget)
            source_forget(client->source, &client->questions[i]);
        source_ask(client->source, &client->questions[i], 0);
    }
    uv_run(loop, UV_RUN_NOWAIT); /* that is when they are sent */
    printf("asked\n");
    fflush(stdout);
    if (client->cancel)
        source_cancel(client->source);
    while (source_waiting(client->source)) {
        while ((reply = source_take(client->source))) {
            print(client, reply);
            reply_free(reply);
        }
        if (source_waiting(client->source))
            uv_run(loop, UV_RUN_ONCE);
    }
}

int main(int count, char **arguments)
{
    static struct client client = {.rounds = 1};
    struct faults warnings = {0};
    uv_loop_t loop;

    signal(SIGPIPE, SIG_IGN);
    if (!take_arguments(&client, count, arguments))
        return usage("ask [option ...] [@server ...] name/type[/address] ...");
    uv_loop_init(&loop);
    client.options.epoch_ms = uv_now(&loop);
    client.source = source_live_new(&loop, &client.options, &warnings);
    for (size_t i = 0; i < warnings.kept; i++)
        printf("warning %s\n", warnings.lines[i]);
    printf("servers %s\n", source_info(client.source).server);
    for (unsigned round = 0; round < client.rounds; round++)
        ask_round(&client, &loop);
    printf("left %zu\n", source_waiting(client.source));
    source_free(client.source);
    uv_run(&loop, UV_RUN_DEFAULT);
    if (uv_loop_close(&loop) != 0)
        return usage("the source left handles behind");
    for (size_t i = 0; i < client.question_count; i++)
        free((char *)(uintptr_t)client.questions[i].name);
    faults_clear(&warnings);
    return 0;
}
