#include "main/main_source.h"

#include "app/settings/places.h"
#include "app/settings/resource.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "main/batch/main_say.h"
#include "main/input/main_record.h"
#include "main/input/main_server.h"
#include "main/input/main_zones.h"
#include "net/transport/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* Nothing that is meant to be encrypted is asked of a plain server when the first one fails. */
static int check_mixture(const struct server *servers, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!servers[i].encrypted != !servers[0].encrypted) {
            main_say(tr("@server: encrypted and plain name servers cannot be combined"));
            return EXIT_USAGE;
        }
    return 0;
}

/* Who wants it encrypted may want to know what was not. */
static void say_looked_up(const char *given, const struct server *servers, size_t count)
{
    char literal[ADDRESS_TEXT];
    struct text addresses = {0};

    for (size_t i = 0; i < count; i++)
        text_format(&addresses, "%s%s", i ? ", " : "", address_text(&servers[i].address, literal));
    main_say(tr("@%s: the system looked up its address without encryption: %s"), given,
             text_get(&addresses));
    text_clear(&addresses);
}

/* The servers given with "@", those given by name found; the list is the caller's to free. */
static int read_servers(uv_loop_t *loop, const struct options *options, struct server **servers,
                        size_t *count)
{
    *count = 0;
    *servers = memory_new(options->servers.count, MAIN_SERVER_ADDRESSES * sizeof **servers);
    for (size_t i = 0; i < options->servers.count; i++) {
        const char *given = options->servers.list[i], *why;
        struct server_spec spec;
        size_t found = 1;

        if (server_spec_parse(given, &spec, &why) != STATUS_OK) {
            main_say("@%s: %s", given, why);
            return EXIT_USAGE;
        }
        if (!*spec.name)
            (*servers)[*count] = spec.server;
        else
            found = main_server_find(loop, spec.name, options->server_family, spec.server.port,
                                     *servers + *count, &why);
        if (!found) {
            main_say(tr("@%s: unknown name server: %s"), given, why);
            return EXIT_NO_ANSWER;
        }
        for (size_t k = 0; k < found; k++)
            (*servers)[*count + k].encrypted = spec.server.encrypted;
        if (*spec.name && spec.server.encrypted)
            say_looked_up(given, *servers + *count, found);
        *count += found;
    }
    return check_mixture(*servers, *count);
}

static int open_live(uv_loop_t *loop, const struct options *options, struct source **source)
{
    struct live_options live = {
        .port = options->port,
        .family = (uint8_t)options->server_family,
        .tcp = options->tcp,
        .trusted = options->ca,
        .timeout_ms = options->timeout_ms,
        .tries = options->tries,
        .many = options->batch,
        .epoch_ms = uv_now(loop),
    };
    struct faults warnings = {0};
    struct server *servers;
    const char *fault = options->ca ? session_trusted_fault(options->ca) : NULL;
    int status;

    if (fault) {
        main_say("--ca %s: %s", options->ca, fault);
        return EXIT_INPUT;
    }
    status = read_servers(loop, options, &servers, &live.server_count);
    live.servers = servers;
    if (!status) {
        *source = source_live_new(loop, &live, &warnings);
        say_faults(&warnings);
        faults_clear(&warnings);
    }
    free(servers);
    return status;
}

/* What follows "0 reply ", or "0 replies " where several came at once; NULL: another event. */
static const char *reply_of(const char *line)
{
    static const char begin[] = "repl";
    const char *word = *line == '#' ? NULL : strchr(line, ' ');

    if (!word || strncmp(word + 1, begin, strlen(begin)) != 0)
        return NULL;
    word = strchr(word + 1, ' ');
    return word ? word + 1 : NULL;
}

static int read_recording(struct source *replay, FILE *file, const char *path)
{
    size_t capacity = 0, number = 0;
    off_t start = 0;
    char *line = NULL;
    const char *why;
    int status = 0;
    ssize_t length;

    for (; !status && (length = getline(&line, &capacity, file)) >= 0; start += length) {
        const char *reply = reply_of(line);

        number++;
        if (recording_is_torn(line, (size_t)length)) {
            main_say(tr("%s:%zu: the last line is torn: the recording ends before it"), path,
                     number);
            break;
        }
        line[strcspn(line, "\n")] = '\0';
        if (reply && source_replay_add(replay, reply, start + (reply - line), &why) != STATUS_OK) {
            main_say("%s:%zu: %s", path, number, why);
            status = EXIT_INPUT;
        }
    }
    free(line);
    return status;
}

static int open_replay(const char *path, struct source **source)
{
    FILE *file = fopen(path, "re");
    int status;

    if (!file || fseeko(file, 0, SEEK_SET) != 0) {
        main_say("%s: %s", path, file ? tr("a pipe cannot be read twice") : strerror(errno));
        if (file)
            fclose(file);
        return EXIT_INPUT;
    }
    *source = source_replay_new(file_name(path), file);
    status = read_recording(*source, file, path);
    if (status) {
        source_free(*source);
        *source = NULL;
    }
    return status;
}

/* The zone of the lesson, and those of single servers behind it. What is only to be warned of is a
 * fault of a lesson, too. */
static size_t read_lesson(const struct lesson *lesson, struct faults *faults, struct zone **zones)
{
    const struct zone_terms terms = {.warnings = faults};
    struct text label = {0};
    size_t read = 0;

    text_format(&label, "%s.zone", lesson->id);
    if (!zone_read_text(lesson->zone, lesson->zone_length, text_get(&label), &terms, faults, zones))
        read++;
    for (size_t i = 0; i < lesson->server_count; i++) {
        const struct resource *server = lesson->servers[i];
        if (!zone_read_text(server->bytes, server->length, file_name(server->path), &terms, faults,
                            &zones[read]))
            read++;
    }
    text_clear(&label);
    return read;
}

struct source *source_open_lesson(const struct lesson *lesson)
{
    struct zone **zones = memory_new(lesson->server_count + 1, sizeof *zones);
    struct faults faults = {0};
    struct source *source = NULL;
    size_t read = read_lesson(lesson, &faults, zones);

    if (!faults.total) {
        source = source_zone_new(SOURCE_DEMO, zones, read);
        free(zones);
    } else {
        zones_free(zones, read);
    }
    say_faults(&faults);
    faults_clear(&faults);
    return source;
}

static int open_zones(uv_loop_t *loop, const struct options *options, struct places_found *found,
                      struct source **source)
{
    struct zone **zones = zones_read(options);
    struct source *below = NULL;
    int status = 0;

    if (!zones)
        return EXIT_INPUT;
    for (size_t i = 0; i < options->zones.count; i++)
        places_add_zone(found->places, zones[i], !options->overlay, found->arena);
    found->flaws = zone_flaws_find(zones, options->zones.count, options->overlay, found->arena);
    if (options->overlay && (status = open_live(loop, options, &below))) {
        zones_free(zones, options->zones.count);
        return status;
    }
    *source = below ? source_overlay_new(zones, options->zones.count, below)
                    : source_zone_new(SOURCE_ZONE, zones, options->zones.count);
    free(zones);
    return 0;
}

int main_open_source(uv_loop_t *loop, const struct options *options, const struct lesson *lesson,
                     struct places_found *found, struct source **source)
{
    if (lesson) {
        places_add_lesson(found->places, lesson, found->arena);
        return (*source = source_open_lesson(lesson)) ? 0 : EXIT_INPUT;
    }
    if (options->replay)
        return open_replay(options->replay, source);
    if (options->zones.count)
        return open_zones(loop, options, found, source);
    return open_live(loop, options, source);
}

struct source *program_source(const struct program *program)
{
    return program->lesson ? program->lesson : program->source;
}
