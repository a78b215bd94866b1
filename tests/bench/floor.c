/* The least that a client can do, as a peer: asks a list of questions in waves and reads nothing of
 * the replies but that they are there.
 *
 *     floor PORT <QUESTIONS
 *
 * A line is a wave, a name and the number of a type: "2 mx1.example.test. 28". All questions of a
 * wave go to 127.0.0.1 at once, each from a socket of its own; the next wave begins when every
 * reply is in. Questions without a reply end it with status 1 after five seconds. */
#include "base/memory.h"
#include "dns/name.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
static size_t count;

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static void ask(const char *name, unsigned type)
{
    uint8_t query[QUERY] = {0, 1, 1, 0, 0, 1};
    size_t length = HEADER + name_to_wire(name, query + HEADER);
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);

    if (count == MOST || length == HEADER || handle < 0 ||
        connect(handle, (const struct sockaddr *)&server, sizeof server) < 0)
        die(name);
    query[length + 1] = (uint8_t)type;
    query[length] = (uint8_t)(type >> 8);
    query[length + 3] = 1;
    if (send(handle, query, length + 4, 0) < 0)
        die(name);
    waiting[count++] = (struct pollfd){.fd = handle, .events = POLLIN};
}

static void take_replies(void)
{
    static uint8_t reply[DATAGRAM];

    while (count) {
        if (poll(waiting, (nfds_t)count, PATIENCE_MS) <= 0)
            die("no reply");
        for (size_t i = count; i-- > 0;)
            if (waiting[i].revents && recv(waiting[i].fd, reply, sizeof reply, 0) > 0) {
                close(waiting[i].fd);
                waiting[i] = waiting[--count];
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
