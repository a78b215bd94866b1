#include "app/settings/options.h"

#include "app/settings/option_table.h"
#include "app/settings/places.h"
#include "base/escape.h"
#include "base/message.h"
#include "base/number.h"
#include "dns/name.h"
#include "dns/type.h"
#include "survey/asking/inquiry.h"

#include <ctype.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { OPTION_BASE = 1000 };

#define OPTION_ROW(identifier, name, letter, argument, help) {name, letter, argument, help},
const struct option_row option_rows[] = {OPTIONS(OPTION_ROW)};
#undef OPTION_ROW

struct parsing {
    struct arena *arena;
    struct options *options;
    struct text *why;
};

void options_say(struct text *why, const char *option, const char *value, const char *reason)
{
    text_format(why, "--%s ", option);
    escape_bytes(why, value, strlen(value), ESCAPE_UTF8, false);
    text_format(why, ": %s", reason);
}

static void say_wrong(struct parsing *parsing, enum option_id id, const char *value,
                      const char *reason)
{
    options_say(parsing->why, option_rows[id].name, value, reason);
}

static bool whole_number(struct parsing *parsing, enum option_id id, const char *value,
                         uint64_t least, uint64_t most, uint64_t *number)
{
    struct text reason = {0};
    bool good = number_read(value, least, most, number, &reason) == STATUS_OK;

    if (!good)
        say_wrong(parsing, id, value, text_get(&reason));
    text_clear(&reason);
    return good;
}

static void add_string(struct parsing *parsing, struct strings *strings, const char *string)
{
    const char **grown = arena_alloc(parsing->arena, strings->count + 1, sizeof *grown);

    if (strings->count)
        memcpy(grown, strings->list, strings->count * sizeof *grown);
    grown[strings->count++] = string;
    strings->list = grown;
}

static void add_list(struct parsing *parsing, struct strings *strings, const char *value)
{
    char *copy = arena_dup(parsing->arena, value), *rest = NULL;

    for (char *part = strtok_r(copy, ",", &rest); part; part = strtok_r(NULL, ",", &rest))
        add_string(parsing, strings, part);
}

static bool set_places(struct parsing *parsing, const char *value)
{
    const char *wrong, *why;

    if (places_add_list(&parsing->options->places, value, parsing->arena, &wrong, &why))
        return true;
    say_wrong(parsing, OPTION_SITE, wrong, why);
    return false;
}

static bool add_type(struct parsing *parsing, const char *value)
{
    uint16_t type;
    const char *why = inquiry_type(value, &type);

    if (why)
        say_wrong(parsing, OPTION_TYPE, value, why);
    else
        add_string(parsing, &parsing->options->types, value);
    return !why;
}

static bool add_address(struct parsing *parsing, const char *value)
{
    struct address address;
    bool good = address_parse(value, &address);

    if (good)
        add_string(parsing, &parsing->options->names, value);
    else
        say_wrong(parsing, OPTION_REVERSE, value, tr("is not an IP address"));
    return good;
}

static bool set_family(struct parsing *parsing, const char *value)
{
    static const char *const words[] = {"any", "4", "6"};
    static const int families[] = {0, 4, 6};

    for (size_t i = 0; i < 3; i++)
        if (strcmp(value, words[i]) == 0) {
            parsing->options->family = families[i];
            return true;
        }
    say_wrong(parsing, OPTION_FAMILY, value, tr("must be any, 4 or 6"));
    return false;
}

static bool set_color(struct parsing *parsing, const char *value)
{
    parsing->options->mono = strcmp(value, "never") == 0;
    if (parsing->options->mono || strcmp(value, "auto") == 0)
        return true;
    say_wrong(parsing, OPTION_COLOR, value, tr("must be never or auto"));
    return false;
}

static bool set_speed(struct parsing *parsing, const char *value)
{
    char *end;
    double speed = strtod(value, &end);

    if ((parsing->options->slides = strcmp(value, "step") == 0))
        return true;
    if (strcmp(value, "max") == 0) {
        parsing->options->speed = 0;
        return true;
    }
    if (end == value || *end || !isfinite(speed) || speed <= 0) {
        say_wrong(parsing, OPTION_SPEED, value, tr("must be a number above 0, max, or step"));
        return false;
    }
    parsing->options->speed = speed;
    return true;
}

static bool set_seed(struct parsing *parsing, const char *value)
{
    uint64_t number;

    if (!whole_number(parsing, OPTION_SEED, value, 0, SEED_MAX, &number))
        return false;
    parsing->options->seed = number;
    return true;
}

static bool set_port(struct parsing *parsing, const char *value)
{
    uint64_t number;

    if (!whole_number(parsing, OPTION_PORT, value, 1, UINT16_MAX, &number))
        return false;
    parsing->options->port = (uint16_t)number;
    return true;
}

static bool set_unsigned(struct parsing *parsing, enum option_id id, const char *value,
                         unsigned most, unsigned *out)
{
    uint64_t number;

    if (!whole_number(parsing, id, value, 1, most, &number))
        return false;
    *out = (unsigned)number;
    return true;
}

static bool set_simulate(struct parsing *parsing, const char *value)
{
    uint64_t number = DELIVERIES_DEFAULT;

    if (value && !whole_number(parsing, OPTION_SIMULATE, value, 1, DELIVERIES_MAX, &number))
        return false;
    parsing->options->simulate = (unsigned long)number;
    return true;
}

static bool set_overlay(struct parsing *parsing, const char *value)
{
    parsing->options->overlay = true;
    if (value)
        add_string(parsing, &parsing->options->zones, value);
    return true;
}

/* An option that is a mark and takes no value. */
static bool take_mark(struct options *options, enum option_id id)
{
    bool *const marks[OPTION_COUNT] = {
        [OPTION_TRACE] = &options->trace,
        [OPTION_MATRIX] = &options->matrix,
        [OPTION_ROUND_ROBIN] = &options->round_robin,
        [OPTION_CHECK] = &options->check,
        [OPTION_ORDERED] = &options->ordered,
        [OPTION_FORCE] = &options->force,
        [OPTION_SUMMARY] = &options->summary,
        [OPTION_DUMP] = &options->dump,
        [OPTION_TCP] = &options->tcp,
        [OPTION_ASK_PRIVATE] = &options->ask_private,
        [OPTION_DIAGRAM] = &options->diagram,
        [OPTION_AS_IF_SIGNED] = &options->as_if_signed,
        [OPTION_RESOLVER_ROTATES] = &options->rotates,
        [OPTION_FETCH_POLICY] = &options->fetch_policy,
        [OPTION_ASCII] = &options->ascii,
        [OPTION_NO_COLOR] = &options->mono,
        [OPTION_PRESENT] = &options->present,
        [OPTION_SCHEMA] = &options->schema,
        [OPTION_VERSION] = &options->version,
        [OPTION_HELP] = &options->help,
    };

    if (marks[id])
        return *marks[id] = true;
    switch (id) {
    case OPTION_JSON:
        return options->output = OUTPUT_JSON, true;
    case OPTION_IPV4:
        return options->server_family = 4, true;
    case OPTION_IPV6:
        return options->server_family = 6, true;
    case OPTION_NO_MOUSE:
        return options->mouse = false, true;
    case OPTION_NO_CONFIG:
        return options->config = "", true;
    case OPTION_NO_HISTORY:
        return options->history = false, true;
    default:
        return false;
    }
}

/* An option whose value is kept as it is. */
static bool take_word(struct options *options, enum option_id id, const char *value)
{
    const char **places[OPTION_COUNT] = {
        [OPTION_BATCH] = &options->batch,
        [OPTION_PROFILE] = &options->profile,
        [OPTION_AS] = &options->as,
        [OPTION_MTA_STS_POLICY] = &options->mta_sts_policy,
        [OPTION_COMPARE] = &options->compare,
        [OPTION_SRV] = &options->srv,
        [OPTION_ALGORITHM] = &options->algorithm,
        [OPTION_CLIENT] = &options->client,
        [OPTION_SPF_IP] = &options->spf_ip,
        [OPTION_SPF_FROM] = &options->spf_from,
        [OPTION_SPF_HELO] = &options->spf_helo,
        [OPTION_DIFF] = &options->diff,
        [OPTION_EXPECT] = &options->expect,
        [OPTION_RESOLVERS] = &options->resolvers,
        [OPTION_HINTS] = &options->hints,
        [OPTION_CA] = &options->ca,
        [OPTION_RECORD] = &options->record,
        [OPTION_REPLAY] = &options->replay,
        [OPTION_THEME] = &options->theme,
        [OPTION_LANG] = &options->lang,
        [OPTION_CONFIG] = &options->config,
        [OPTION_RESUME] = &options->resume,
        [OPTION_COMPLETION] = &options->completion,
        [OPTION_ORIGIN] = &options->origin,
        [OPTION_CHECK_LESSON] = &options->check_lesson,
        [OPTION_EXPORT_LESSON] = &options->export_lesson,
        [OPTION_NOTES] = &options->notes,
        [OPTION_CAST] = &options->cast,
    };

    if (!places[id])
        return false;
    *places[id] = value;
    return true;
}

/* An option that may stand several times, or whose value is a list itself. */
static bool take_list(struct parsing *parsing, enum option_id id, const char *value)
{
    struct options *options = parsing->options;
    struct strings *const repeated[OPTION_COUNT] = {
        [OPTION_ZONE] = &options->zones,
        [OPTION_SET] = &options->sets,
        [OPTION_WHATIF] = &options->edits,
    };
    struct strings *const lists[OPTION_COUNT] = {
        [OPTION_OWN_ADDRESS] = &options->own_addresses,
        [OPTION_DOWN] = &options->downs,
        [OPTION_DKIM] = &options->selectors,
        [OPTION_NAMES] = &options->sub_names,
        [OPTION_IGNORE] = &options->ignored,
        [OPTION_FIELDS] = &options->fields,
    };

    if (repeated[id])
        add_string(parsing, repeated[id], value);
    else if (lists[id])
        add_list(parsing, lists[id], value);
    return repeated[id] || lists[id];
}

/* How a report, or a lesson, is written. */
static bool set_markdown(struct parsing *parsing, enum option_id id, const char *value,
                         bool *markdown)
{
    *markdown = value && strcmp(value, "md") == 0;
    if (!value || strcmp(value, "text") == 0 || *markdown)
        return true;
    say_wrong(parsing, id, value, tr("must be text or md"));
    return false;
}

static bool take_value(struct parsing *parsing, enum option_id id, const char *value)
{
    struct options *options = parsing->options;

    switch (id) {
    case OPTION_OVERLAY:
        return set_overlay(parsing, value);
    case OPTION_DEMO:
        options->lesson = value;
        return options->demo = true;
    case OPTION_REPORT:
        options->output = OUTPUT_REPORT;
        return set_markdown(parsing, id, value, &options->markdown);
    case OPTION_TYPE:
        return add_type(parsing, value);
    case OPTION_REVERSE:
        return add_address(parsing, value);
    case OPTION_PRINT:
        options->print = true;
        return set_markdown(parsing, id, value, &options->print_markdown);
    case OPTION_SIMULATE:
        return set_simulate(parsing, value);
    case OPTION_SEED:
        return set_seed(parsing, value);
    case OPTION_SITE:
        return set_places(parsing, value);
    case OPTION_FAMILY:
        return set_family(parsing, value);
    case OPTION_COLOR:
        return set_color(parsing, value);
    case OPTION_SPEED:
        return set_speed(parsing, value);
    case OPTION_PORT:
        return set_port(parsing, value);
    case OPTION_TIMEOUT:
        return set_unsigned(parsing, id, value, 60000, &options->timeout_ms);
    case OPTION_TRIES:
        return set_unsigned(parsing, id, value, 20, &options->tries);
    case OPTION_QUESTIONS:
        return set_unsigned(parsing, id, value, 100000, &options->questions);
    case OPTION_TIME_LIMIT:
        return set_unsigned(parsing, id, value, 3600, &options->time_limit_s);
    default:
        return false;
    }
}

static bool take(struct parsing *parsing, enum option_id id, const char *value)
{
    return take_mark(parsing->options, id) || take_word(parsing->options, id, value) ||
           take_list(parsing, id, value) || take_value(parsing, id, value);
}

bool options_is_optional(const char *argument)
{
    return *argument == '[' && argument[strlen(argument) - 1] == ']';
}

static void make_getopt(struct option longs[], char *shorts)
{
    *shorts++ = ':';
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const char *argument = option_rows[i].argument;
        int takes = *argument == '\0'               ? no_argument
                    : options_is_optional(argument) ? optional_argument
                                                    : required_argument;
        longs[i] = (struct option){option_rows[i].name, takes, NULL, OPTION_BASE + (int)i};
        if (option_rows[i].letter) {
            *shorts++ = option_rows[i].letter;
            if (takes == required_argument)
                *shorts++ = ':';
        }
    }
    *shorts = '\0';
    longs[OPTION_COUNT] = (struct option){0};
}

static enum option_id by_letter(int letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (option_rows[i].letter == letter)
            return (enum option_id)i;
    return OPTION_COUNT;
}

/* What getopt complained about: an option known by its row, a letter, or a long word. */
static void say_unusable(struct parsing *parsing, int code, const char *argument)
{
    struct text *why = parsing->why;
    char letter = (char)optopt;

    if (optopt >= OPTION_BASE) {
        text_format(why, "--%s: %s", option_rows[optopt - OPTION_BASE].name,
                    code == ':' ? tr("a value is missing") : tr("takes no value"));
        return;
    }
    if (letter)
        text_add_char(why, '-');
    escape_bytes(why, letter ? &letter : argument, letter ? 1 : strlen(argument), ESCAPE_UTF8,
                 false);
    text_format(why, ": %s",
                code == ':' ? tr("a value is missing") : tr("no such option; see --help"));
}

static bool is_file(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* What is no option: "@server", a name; and the FILE or LESSON behind "--overlay", "--demo". False
 * for an option of dig. */
static bool take_operand(struct parsing *parsing, const char *word, const char *before)
{
    struct options *options = parsing->options;

    if (*word == '+' && isalpha((unsigned char)word[1])) {
        inquiry_say_plus(word, parsing->why);
        return false;
    }
    if (*word == '@' && word[1])
        add_string(parsing, &options->servers, word + 1);
    else if (before && strcmp(before, "--overlay") == 0 && is_file(word))
        add_string(parsing, &options->zones, word);
    else
        add_string(parsing, &options->names, word);
    return true;
}

/* Without a dot, and known as a type or as the class dig is given in front of one. */
static bool is_type_word(const char *word)
{
    uint16_t type;

    return strcasecmp(word, "IN") == 0 || type_parse(word, &type);
}

/* "example.com MX": words that are types are no names where others are. The first behind --demo may
 * be a lesson. */
static bool sort_types_out(struct parsing *parsing)
{
    struct options *options = parsing->options;
    struct strings all = options->names;
    size_t first = options->demo && !options->lesson && all.count, types = 0;

    for (size_t i = first; i < all.count; i++)
        types += is_type_word(all.list[i]);
    if (types == all.count)
        return true;
    options->names = (struct strings){0};
    for (size_t i = 0; i < all.count; i++)
        if (i < first || !is_type_word(all.list[i]))
            add_string(parsing, &options->names, all.list[i]);
        else if (strcasecmp(all.list[i], "IN") != 0 && !add_type(parsing, all.list[i]))
            return false;
    return true;
}

static bool check_together(struct parsing *parsing)
{
    struct options *options = parsing->options;
    const char *fault = NULL;
    char origin[NAME_TEXT];

    if (options->overlay && !options->zones.count)
        fault = tr("--overlay: needs a file, here or by --zone");
    else if (options->origin && name_canonical(options->origin, origin, NULL))
        fault = tr("--origin: not a name");
    else if (options->demo && options->zones.count)
        fault = tr("--demo cannot be combined with --zone");
    else if (options->replay && (options->demo || options->zones.count || options->servers.count))
        fault = tr("--replay cannot be combined with --demo, --zone or @server");
    else if (options->servers.count &&
             (options->demo || (options->zones.count && !options->overlay)))
        fault = tr("@server: not queried with --zone or --demo; --overlay asks it for the rest");
    else if (options->fetch_policy &&
             (options->demo || (options->zones.count && !options->overlay)))
        fault = tr("--fetch-policy: needs the network; --mta-sts-policy reads it from a file");
    else if (options->fetch_policy && options->mta_sts_policy)
        fault = tr("--fetch-policy cannot be combined with --mta-sts-policy");
    else if (options->ordered && !options->batch)
        fault = tr("--ordered: needs --batch");
    else if (options->print && !options->demo)
        fault = tr("--print: needs --demo=LESSON or --demo=all");
    else if (options->cast && !options->replay)
        fault = tr("--cast: needs --replay");
    else if (options->force && !options->record)
        fault = tr("--force: needs --record");
    else if (options->dump && !options->replay)
        fault = tr("--dump: needs --replay");
    else if (options->resume && (!options->batch || options->output == OUTPUT_REPORT))
        fault = tr("--resume: needs --batch and JSON");
    else if (options->fields.count && options->summary)
        fault = tr("--summary: cannot be combined with --fields");
    else if (options->algorithm && !options->srv)
        fault = tr("--algorithm: needs --srv");
    else if ((options->spf_from || options->spf_helo) && !options->spf_ip)
        fault = tr("--spf-from, --spf-helo: need --spf-ip");
    if (fault)
        text_add(parsing->why, fault);
    return !fault;
}

enum status options_parse(int argc, char **argv, struct arena *arena, struct options *options,
                          struct text *why)
{
    struct option longs[OPTION_COUNT + 1];
    char shorts[2 * OPTION_COUNT + 3];
    struct options parsed = {
        .seed = SEED_DEFAULT, .profile = "rfc5321", .speed = 1, .mouse = true, .history = true};
    struct parsing parsing = {arena, &parsed, why};
    int code, reading = 1; /* reading: the argument getopt is in */

    make_getopt(longs, shorts + 1);
    shorts[0] = '-'; /* operands come as code 1, in place */
    opterr = 0;
    optind = 0; /* begins anew, whatever was left in the middle */
    while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        enum option_id id =
            code >= OPTION_BASE ? (enum option_id)(code - OPTION_BASE) : by_letter(code);
        if (code == 1) {
            if (!take_operand(&parsing, optarg, optind > 2 ? argv[optind - 2] : NULL))
                return STATUS_SYNTAX;
        } else if (code == '?' || code == ':') {
            say_unusable(&parsing, code, argv[reading]);
            return STATUS_SYNTAX;
        } else if (!take(&parsing, id, optarg)) {
            return STATUS_RANGE;
        }
        reading = optind;
    }
    for (; optind < argc; optind++)
        if (!take_operand(&parsing, argv[optind], NULL))
            return STATUS_SYNTAX;
    if (!sort_types_out(&parsing))
        return STATUS_RANGE;
    if ((parsed.batch || parsed.fields.count || parsed.summary) && parsed.output == OUTPUT_SCREEN)
        parsed.output = OUTPUT_JSON;
    if (parsed.expect && parsed.output == OUTPUT_SCREEN)
        parsed.output = OUTPUT_REPORT;
    if (!check_together(&parsing))
        return STATUS_SYNTAX;
    *options = parsed;
    return STATUS_OK;
}
