#include "net/live/resolv_conf.h"

#include "base/memory.h"
#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_LIMIT = 64 * 1024, LINE_LIMIT = 1024, TIMEOUT_MOST = 30, ATTEMPTS_MOST = 5 };

struct reader {
    const char *label;
    size_t line;
    struct resolv_conf *conf;
    struct faults *warnings;
};

static void read_nameserver(const struct reader *reader, const char *value)
{
    struct resolv_conf *conf = reader->conf;
    struct server server;
    enum status status;

    if (!value) {
        faults_add(reader->warnings, reader->label, reader->line,
                   "nameserver without an address: ignored");
        return;
    }
    status = server_address_parse(value, &server);
    if (status == STATUS_NOT_FOUND)
        faults_add(reader->warnings, reader->label, reader->line,
                   "nameserver %s: no such network interface: ignored", value);
    else if (status != STATUS_OK)
        faults_add(reader->warnings, reader->label, reader->line,
                   "nameserver %s: not an IP address: ignored", value);
    else if (conf->server_count == RESOLV_CONF_SERVERS)
        faults_add(reader->warnings, reader->label, reader->line,
                   "nameserver %s: only the first %d are asked: ignored", value,
                   RESOLV_CONF_SERVERS);
    else
        conf->servers[conf->server_count++] = server;
}

/* Reads "name:number" when the option has that name; the number is kept within 1..most. */
static bool read_number(const struct reader *reader, const char *option, const char *name,
                        unsigned most, unsigned *number)
{
    size_t length = strlen(name);
    const char *digits = option + length + 1;
    unsigned long value;
    char *end;

    if (strncmp(option, name, length) != 0 || option[length] != ':')
        return false;
    value = strtoul(digits, &end, 10);
    if (*digits < '0' || *digits > '9' || *end || !value) {
        faults_add(reader->warnings, reader->label, reader->line,
                   tr("option %s: not a number of 1 or more: ignored"), option);
        return true;
    }
    *number = value > most ? most : (unsigned)value;
    return true;
}

static void read_options(const struct reader *reader, char **cursor)
{
    struct resolv_conf *conf = reader->conf;
    const char *option;

    while ((option = strtok_r(NULL, " \t\r\v\f", cursor)))
        if (!read_number(reader, option, "timeout", TIMEOUT_MOST, &conf->timeout_s))
            read_number(reader, option, "attempts", ATTEMPTS_MOST, &conf->attempts);
}

static bool is_known(const char *keyword)
{
    static const char *const keywords[] = {"domain", "search", "sortlist", "family", "lookup"};

    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (!strcmp(keyword, keywords[i]))
            return true;
    return false;
}

static void read_line(const struct reader *reader, char *line)
{
    char *cursor = NULL;
    const char *keyword;

    line[strcspn(line, "#;")] = '\0';
    keyword = strtok_r(line, " \t\r\v\f", &cursor);
    if (!keyword)
        return;
    if (!strcmp(keyword, "nameserver"))
        read_nameserver(reader, strtok_r(NULL, " \t\r\v\f", &cursor));
    else if (!strcmp(keyword, "options"))
        read_options(reader, &cursor);
    else if (!is_known(keyword))
        faults_add(reader->warnings, reader->label, reader->line,
                   tr("%s: unknown keyword: ignored"), keyword);
}

static void take_line(const struct reader *reader, const char *start, size_t length)
{
    char line[LINE_LIMIT];

    if (length >= sizeof line) {
        faults_add(reader->warnings, reader->label, reader->line,
                   tr("line of more than %d bytes: ignored"), LINE_LIMIT - 1);
    } else if (memchr(start, '\0', length)) {
        faults_add(reader->warnings, reader->label, reader->line,
                   tr("NUL byte in the line: ignored"));
    } else {
        memcpy(line, start, length);
        line[length] = '\0';
        read_line(reader, line);
    }
}

static void add_default_servers(struct resolv_conf *conf)
{
    conf->servers[0] = (struct server){.address = {.family = 4, .bytes = {127, 0, 0, 1}}};
    conf->servers[1] = (struct server){.address = {.family = 6, .bytes = {[15] = 1}}};
    conf->server_count = 2;
}

void resolv_conf_parse(const char *text, size_t length, const char *label, struct resolv_conf *conf,
                       struct faults *warnings)
{
    struct reader reader = {.label = label, .conf = conf, .warnings = warnings};
    const char *end = text + length;

    *conf = (struct resolv_conf){0};
    while (text < end) {
        const char *line_end = memchr(text, '\n', (size_t)(end - text));

        if (!line_end)
            line_end = end;
        reader.line++;
        take_line(&reader, text, (size_t)(line_end - text));
        text = line_end < end ? line_end + 1 : end;
    }
    if (conf->server_count)
        return;
    faults_add(warnings, label, 0, tr("no name server in it: querying 127.0.0.1 and ::1"));
    add_default_servers(conf);
}

/* Reads at most `limit` bytes of a regular file; a FIFO must not block the start. NULL: errno. */
static char *read_file(const char *path, size_t limit, size_t *length)
{
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat about;
    char *bytes = NULL;
    ssize_t got = -1;

    if (descriptor < 0)
        return NULL;
    if (fstat(descriptor, &about) != 0)
        goto out;
    if (!S_ISREG(about.st_mode) || about.st_size > (off_t)limit) {
        errno = S_ISREG(about.st_mode) ? EFBIG : EINVAL;
        goto out;
    }
    bytes = memory_new(1, limit + 1);
    for (*length = 0; *length < limit; *length += (size_t)got)
        if ((got = read(descriptor, bytes + *length, limit - *length)) <= 0)
            break;
    if (got < 0) {
        free(bytes);
        bytes = NULL;
    }
out:
    close(descriptor);
    return bytes;
}

void resolv_conf_read(const char *path, struct resolv_conf *conf, struct faults *warnings)
{
    size_t length = 0;
    char *text = read_file(path, FILE_LIMIT, &length);

    if (text) {
        resolv_conf_parse(text, length, path, conf, warnings);
    } else {
        faults_add(warnings, path, 0, tr("%s: querying 127.0.0.1 and ::1"), strerror(errno));
        *conf = (struct resolv_conf){0};
        add_default_servers(conf);
    }
    free(text);
}
