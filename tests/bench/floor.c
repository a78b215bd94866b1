/* The least that a client can do, as a peer: asks a list of questions in waves and reads nothing of
 * the replies but that they are there, and that nobody guessed them (RFC 5452 9): a port and an id
 * of its own for each question, both by chance; id and question must come back.
 *
 *     floor PORT <QUESTIONS
 *
 * A line is a wave, a name and the number of a type: "2 mx1.example.test. 28". All questions of a
 * wave go to 127.0.0.1 at once; the next wave begins when every reply is in. Questions without a
 * reply end it with status 1 after five seconds. */
#include "base/memory.h"
#include "dns/name.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    HEADER = 12,
    QUERY = HEADER + NAME_WIRE + 4,
    DATAGRAM = 65535,
    MOST = 1000,
    PATIENCE_MS = 5000
};

static struct sockaddr_in server;
static struct pollfd waiting[MOST];
static struct query {
    uint8_t bytes[QUERY];
    size_t length;
} queries[MOST];
static size_t count;

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* By chance, a good many at a time. */
static void take_id(uint8_t id[2])
{
    static uint8_t ids[512];
    static size_t left;

    if (!left && getrandom(ids, left = sizeof ids, 0) != sizeof ids)
        die("getrandom");
    left -= 2;
    memcpy(id, ids + left, 2);
}

static void ask(const char *name, unsigned type)
{
    struct query *query = &queries[count];
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);

    if (count == MOST || handle < 0 ||
        connect(handle, (const struct sockaddr *)&server, sizeof server) < 0)
        die(name);
    *query = (struct query){.bytes = {0, 0, 1, 0, 0, 1}};
    take_id(query->bytes);
    query->length = HEADER + name_to_wire(name, query->bytes + HEADER) + 4;
    query->bytes[query->length - 4] = (uint8_t)(type >> 8);
    query->bytes[query->length - 3] = (uint8_t)type;
    query->bytes[query->length - 1] = 1;
    if (query->length == HEADER + 4 || send(handle, query->bytes, query->length, 0) < 0)
        die(name);
    waiting[count++] = (struct pollfd){.fd = handle, .events = POLLIN};
}

/* Is it a reply to the query: its id and question? */
static bool is_reply(const struct query *query, const uint8_t *reply, ssize_t length)
{
    return length >= (ssize_t)query->length && memcmp(reply, query->bytes, 2) == 0 &&
           reply[2] & 0x80 && memcmp(reply + 4, query->bytes + 4, 2) == 0 &&
           memcmp(reply + HEADER, query->bytes + HEADER, query->length - HEADER) == 0;
}

static void take_replies(void)
{
    static uint8_t reply[DATAGRAM];

    while (count) {
        if (poll(waiting, (nfds_t)count, PATIENCE_MS) <= 0)
            die("no reply");
        for (size_t i = count; i-- > 0;)
            if (waiting[i].revents &&
                is_reply(&queries[i], reply, recv(waiting[i].fd, reply, sizeof reply, 0))) {
                close(waiting[i].fd);
                waiting[i] = waiting[--count];
                queries[i] = queries[count];
            }
    }
}

int main(int argc, char **argv)
{
    char name[NAME_TEXT];
    unsigned wave, type, now = 0;

    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.sin_port = htons((uint16_t)(argc > 1 ? strtoul(argv[1], NULL, 10) : 0));
    while (scanf("%u %1023s %u", &wave, name, &type) == 3) {
        if (wave != now)
            take_replies();
        now = wave;
        ask(name, type);
    }
    take_replies();
    return EXIT_SUCCESS;
}
