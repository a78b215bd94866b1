#include "main/input/main_request.h"

#include "base/message.h"
#include "main/input/main_hints.h"

#include "app/settings/lesson.h"
#include "app/settings/recorded.h"
#include "app/settings/resource.h"
#include "app/state/sender_options.h"
#include "base/file.h"
#include "config.h"
#include "dns/idn.h"
#include "mail/client/client.h"
#include "mail/profiles/profiles.h"
#include "policy/findings/findings.h"
#include "report/report.h"
#include "survey/asking/expect.h"
#include "survey/asking/inquiry.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static enum status read_spf(struct request *request, struct text *why)
{
    const struct options *options = request->options;

    if (!options->spf_ip)
        return STATUS_OK;
    if (!address_parse(options->spf_ip, &request->spf.ip)) {
        options_say(why, "spf-ip", options->spf_ip, tr("is not an IP address"));
        return STATUS_SYNTAX;
    }
    request->spf.from = options->spf_from;
    request->spf.helo = options->spf_helo;
    request->spf.now = request->survey.now;
    request->has_spf = true;
    return STATUS_OK;
}

static enum status read_algorithm(struct request *request, struct text *why)
{
    const char *given = request->options->algorithm;

    if (!given || srv_algorithm_parse(given, &request->algorithm))
        return STATUS_OK;
    options_say(why, "algorithm", given, tr("must be rfc2782, nominal, postfix or exim"));
    return STATUS_SYNTAX;
}

static enum status check_client(const struct request *request, struct text *why)
{
    const char *given = request->options->client;
    const struct client *client;
    char site[CLIENT_SITE];

    if (!given || client_parse(given, &client, site))
        return STATUS_OK;
    options_say(why, "client", given, "must be one of");
    for (size_t i = 0; i < clients_count(); i++)
        text_format(why, "%s %s", i ? "," : "", clients_at(i)->name);
    return STATUS_SYNTAX;
}

/* "postfix,exim", "exim" beside --profile, or "srv": the same sender by SRV. */
static enum status read_comparison(struct request *request, struct text *why)
{
    const char *given = request->options->compare, *comma;
    const struct profile *own = profile_find(request->options->profile), *first, *second;
    char name[32];

    if (!given || !own)
        return STATUS_OK;
    request->compared.by_srv = strcmp(given, "srv") == 0;
    comma = strchr(given, ',');
    snprintf(name, sizeof name, "%.*s", (int)(comma ? comma - given : 0), given);
    first = comma ? profile_find(name) : own;
    second = request->compared.by_srv ? own : profile_find(comma ? comma + 1 : given);
    if (!first || !second) {
        options_say(why, "compare", given, tr("must be srv, or one or two of these:"));
        sender_options_list(why);
        return STATUS_SYNTAX;
    }
    request->compared.left = first;
    request->compared.right = second;
    return STATUS_OK;
}

static enum status check_names(const struct request *request, struct text *why)
{
    const struct strings *names = &request->options->sub_names;
    const struct strings *ignored = &request->options->ignored;
    const struct strings *fields = &request->options->fields;
    const char *srv = request->options->srv, *reason;
    char name[NAME_TEXT];
    enum status status;

    if (srv && (status = idn_to_name(srv, name, &reason))) {
        options_say(why, "srv", srv, reason);
        return status;
    }
    for (size_t i = 0; i < names->count; i++)
        if ((status = idn_to_name(names->list[i], name, &reason))) {
            options_say(why, "names", names->list[i], reason);
            return status;
        }
    for (size_t i = 0; i < ignored->count; i++)
        if (!finding_kinds_find(ignored->list[i])) {
            options_say(why, "ignore", ignored->list[i], tr("there is no such finding"));
            return STATUS_NOT_FOUND;
        }
    for (size_t i = 0; i < fields->count; i++)
        if (!report_has_field(fields->list[i])) {
            options_say(why, "fields", fields->list[i], tr("the JSON object has no such member"));
            return STATUS_NOT_FOUND;
        }
    return STATUS_OK;
}

/* The types are good: options_parse saw to that. */
static void read_types(struct request *request)
{
    const struct strings *types = &request->options->types;
    struct record_request *list;

    request->arena = arena_new();
    list = arena_alloc(request->arena, types->count, sizeof *list);
    for (size_t i = 0; i < types->count; i++)
        inquiry_type(types->list[i], &list[i].type);
    request->survey.requests = list;
    request->survey.request_count = types->count;
}

static enum status read_resolvers(struct request *request, struct text *why)
{
    const char *given = request->options->resolvers, *wrong, *reason;
    enum status status;

    if (!given)
        return STATUS_OK;
    status = inquiry_resolvers(given, request->arena, &request->survey.resolvers,
                               &request->survey.resolver_count, &wrong, &reason);
    if (status)
        options_say(why, "resolvers", wrong, reason);
    return status;
}

static void read_operators(struct request *request)
{
    const struct resource *file = resource_find("help/operators.ini");
    const char *why;
    size_t line;

    request->operators = operators_new();
    if (file)
        operators_read(request->operators, file->bytes, &line, &why);
}

enum { TIME_LIMIT_MS = 20000 };

static bool is_live(const struct options *options)
{
    return !options->demo && !options->replay && (!options->zones.count || options->overlay);
}

#define HEADER "# mxtrail %31s recording, seed %" SCNu64 ", time %" SCNd64 ", servers %d"

static const char zone_files_mark[] = ", zone files", overlay_mark[] = ", over name servers";

void request_print_header(const struct request *request, struct text *out)
{
    text_format(out, "# mxtrail %s recording, seed %" PRIu64 ", time %" PRId64 ", servers %d%s%s\n",
                VERSION, request->survey.seed, request->survey.now, request->survey.ask_servers,
                request->survey.zone_files ? zone_files_mark : "",
                request->survey.zone_files && request->survey.networked ? overlay_mark : "");
    recorded_print_options(request->options, out);
    recorded_print_flaws(request->survey.flaws, out);
    if (request->survey.hints.count) {
        text_add(out, "# option --hints=");
        hints_print(request->survey.hints, out);
        text_add_char(out, '\n');
    }
    if (request->survey.questions)
        text_format(out, "# option --questions=%zu\n", request->survey.questions);
    if (request->time_limit_ms)
        text_format(out, "# option --time-limit=%" PRId64 "\n", request->time_limit_ms / 1000);
}

/* Recordings without such a line, or of a file that cannot be read, leave the request as it is;
 * what is wrong with the file is said by whoever plays it. */
static void read_header(struct request *request)
{
    FILE *file = fopen(request->options->replay, "re");
    char line[160] = "", version[32];
    int servers;

    if (file && fgets(line, sizeof line, file) &&
        sscanf(line, HEADER, version, &request->survey.seed, &request->survey.now, &servers) == 4 &&
        servers >= REACH_NONE && servers < REACH_COUNT)
        request->survey.ask_servers = (enum server_reach)servers;
    request->survey.zone_files = strstr(line, zone_files_mark) != NULL;
    request->survey.networked =
        strstr(line, overlay_mark) ||
        (request->survey.ask_servers != REACH_NONE && request->survey.ask_servers != REACH_ALL);
    if (file)
        fclose(file);
}

enum status request_init(struct request *request, const struct options *options, struct text *why)
{
    struct sender sender;
    enum status status;

    *request = (struct request){.options = options, .algorithm = SRV_RFC2782};
    request->survey.now = is_live(options) ? (int64_t)time(NULL) : 0;
    request->survey.seed = options->seed;
    request->survey.zone_files = options->zones.count > 0;
    request->survey.networked = is_live(options);
    request->time_limit_ms = options->time_limit_s ? 1000 * (int64_t)options->time_limit_s
                             : is_live(options)    ? TIME_LIMIT_MS
                                                   : 0;
    request->survey.questions = options->questions ? options->questions
                                : is_live(options) ? SURVEY_QUESTIONS
                                                   : 0;
    if (options->replay)
        read_header(request);
    read_operators(request);
    read_types(request);
    if (request->survey.zone_files && options->replay)
        request->survey.flaws = recorded_read_flaws(options->replay, request->arena);
    if ((status = read_spf(request, why)) || (status = read_algorithm(request, why)) ||
        (status = check_client(request, why)) || (status = read_comparison(request, why)) ||
        (status = read_resolvers(request, why)) || (status = check_names(request, why)))
        return status;
    if ((status = request_sender(request, ".", &sender, why)) == STATUS_OK)
        sender_clear(&sender);
    return status;
}

bool request_read_policy(struct request *request, struct text *why)
{
    const char *path = request->options->mta_sts_policy;
    int file;
    bool done;

    if (!path)
        return true;
    file = open(path, O_RDONLY | O_CLOEXEC);
    done = file >= 0 && file_read(file, STS_POLICY_MOST, &request->policy);
    if (!done)
        options_say(why, "mta-sts-policy", path, strerror(errno));
    if (file >= 0)
        close(file);
    return done;
}

enum status request_read_hints(struct request *request, struct text *why, struct faults *faults)
{
    const char *given = request->options->hints;
    enum status status =
        given ? hints_read(given, request->arena, &request->survey.hints, faults) : STATUS_OK;

    if (status && !faults->total)
        options_say(why, "hints", given, tr("is neither a file nor a list of addresses"));
    return status;
}

const char *request_policy(const struct request *request)
{
    if (request->options->mta_sts_policy)
        return text_get(&request->policy);
    return request->options->demo && request->options->lesson
               ? lesson_policy(request->options->lesson)
               : NULL;
}

void request_clear(struct request *request)
{
    text_clear(&request->policy);
    operators_free(request->operators);
    arena_free(request->arena);
    expectations_free(request->expectations);
    *request = (struct request){0};
}

bool request_is_answered_by_files(const struct request *request)
{
    return !request->options->replay && !request->survey.networked &&
           request->survey.ask_servers == REACH_NONE;
}

enum status request_sender(const struct request *request, const char *domain, struct sender *sender,
                           struct text *why)
{
    return sender_options_read(request->options, request->survey.seed, domain, sender, why);
}

static enum status srv_owner(const struct request *request, const char *domain,
                             char owner[NAME_TEXT], struct text *why)
{
    const char *given = request->options->srv, *reason;
    enum status status = STATUS_OK;

    owner[0] = '\0';
    if (given && (status = subject_owner(given, domain, owner, &reason)))
        options_say(why, "srv", given, reason);
    return status;
}

/* The names of --names, relative ones below the domain. */
static const char **sub_names(const struct request *request, const char *domain,
                              struct arena *arena, size_t *count)
{
    const struct strings *given = &request->options->sub_names;
    const char **names = arena_alloc(arena, given->count, sizeof *names);
    char name[NAME_TEXT], joined[NAME_TEXT];

    *count = 0;
    for (size_t i = 0; i < given->count; i++) {
        const char *string = given->list[i], *why;
        if (idn_to_name(string, name, &why))
            continue;
        if (!name_is_within(name, domain) && string[strlen(string) - 1] != '.') {
            char prefix[NAME_TEXT];
            memcpy(prefix, name, sizeof prefix);
            prefix[strlen(name) - 1] = '\0';
            if (name_join(prefix, domain, joined))
                continue;
            memcpy(name, joined, sizeof name);
        }
        names[(*count)++] = arena_dup(arena, name);
    }
    return names;
}

struct survey_options request_options(const struct request *request)
{
    const struct options *given = request->options;
    struct survey_options options = request->survey;

    options.selectors = given->selectors.list;
    options.selector_count = given->selectors.count;
    options.client = given->client;
    options.places = given->places.list;
    options.place_count = given->places.count;
    options.trace = given->trace;
    options.ignored = given->ignored.list;
    options.ignored_count = given->ignored.count;
    options.spf = request->has_spf ? &request->spf : NULL;
    options.operators = request->operators;
    options.sts_policy = request_policy(request);
    options.as_if_signed = given->as_if_signed;
    return options;
}

enum status request_survey(const struct request *request, const struct subject *subject,
                           struct survey **survey, char owner[NAME_TEXT], struct text *why)
{
    struct survey_options options = request_options(request);
    const char *owners[1] = {owner};
    struct sender sender;
    struct arena *arena;
    enum status status = request_sender(request, subject->name, &sender, why);

    if (status)
        return status;
    arena = arena_new();
    if (!(status = srv_owner(request, subject->name, owner, why))) {
        options.names = sub_names(request, subject->name, arena, &options.name_count);
        options.owners = owners;
        options.owner_count = *owner != '\0';
        options.sender = &sender;
        *survey = survey_new(subject, &options);
    }
    arena_free(arena);
    sender_clear(&sender);
    return status;
}
