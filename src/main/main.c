/* Where everything meets: options in, one source, then the reports or the screen. */
#include "app/settings/configuration.h"
#include "app/settings/lesson.h"
#include "app/settings/options.h"
#include "app/settings/recorded.h"
#include "app/settings/resource.h"
#include "main/batch/main_print.h"
#include "main/batch/main_say.h"
#include "main/input/main_language.h"
#include "main/input/main_request.h"
#include "main/main_lesson.h"
#include "main/main_notes.h"
#include "main/main_screen.h"
#include "main/main_source.h"
#include "main/report/main_expect.h"
#include "main/report/main_report.h"
#include "policy/findings/findings.h"

#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

/* A closed standard file is opened to nothing that fits it, so that no other file takes its place
 * and its use still fails. */
static void keep_standard_files(void)
{
    static const int unfit[] = {O_WRONLY, O_RDONLY, O_RDWR};

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", unfit[fd]);
}

/* The lesson meant by "--demo=ID[.STEP]", by "--demo ID" (then the first operand), or the first of
 * all. Takes the operand away. */
static const struct lesson *find_lesson(const struct lessons *lessons, struct options *options)
{
    size_t *step = &options->lesson_step;
    const struct lesson *lesson =
        options->lesson ? lessons_find_step(lessons, options->lesson, step) : NULL;

    if (lesson)
        options->lesson = lesson->id;
    if (!options->lesson && options->names.count &&
        (lesson = lessons_find_step(lessons, options->names.list[0], step))) {
        options->lesson = lesson->id;
        options->names.list++;
        options->names.count--;
    }
    if (!lesson && !options->lesson && lessons->count)
        lesson = &lessons->list[0];
    return lesson;
}

static void add_name(struct options *options, struct arena *arena, const char *name)
{
    const char **names = arena_alloc(arena, 1, sizeof *names);

    names[0] = name;
    options->names = (struct strings){names, 1, 1};
}

/* A report needs a name: the lesson's, or that of the SRV owner or SPF sender. False when there is
 * none. */
static bool supply_name(struct options *options, struct arena *arena, const struct lesson *lesson)
{
    if (options->names.count || options->batch)
        return true;
    if (options->srv && strchr(options->srv, '.') && !lesson)
        add_name(options, arena, options->srv);
    else if (lesson)
        add_name(options, arena, lesson->name);
    else if (options->spf_from && *options->spf_from && !strstr(options->spf_from, "<>"))
        add_name(options, arena, options->spf_from);
    else if (options->spf_helo && *options->spf_helo)
        add_name(options, arena, options->spf_helo);
    return options->names.count > 0;
}

/* Adds the words of a list in the configuration file. */
static void add_words(struct strings *words, const char *list, struct arena *arena)
{
    const char **all = arena_alloc(arena, words->count + (list ? strlen(list) : 0), sizeof *all);

    for (size_t i = 0; i < words->count; i++)
        all[i] = words->list[i];
    while (list && *(list += strspn(list, " ,\t"))) {
        const char *word = arena_dup_bytes(arena, list, strcspn(list, " ,\t"));
        list += strlen(word);
        all[words->count++] = word;
    }
    words->list = all;
}

/* Those that are findings; what else the configuration file has is told. */
static void keep_findings(struct strings *ids, size_t first, const struct configuration *config,
                          struct faults *faults, struct arena *arena)
{
    const char **kept = arena_alloc(arena, ids->count, sizeof *kept);
    size_t count = 0;

    for (size_t i = 0; i < ids->count; i++) {
        if (i < first || finding_kinds_find(ids->list[i]))
            kept[count++] = ids->list[i];
        else
            faults_add(faults, config->file, configuration_line(config, "findings.ignore"),
                       tr("no such finding: %s"), ids->list[i]);
    }
    *ids = (struct strings){kept, count, count};
}

/* What the configuration file says of every name: findings that are left out, own DKIM selectors,
 * whose certificates count. */
static void add_configured(struct options *options, struct arena *arena)
{
    struct configuration config;
    struct faults screen = {0}, faults = {0}; /* `screen`: said where the screen reads the file */
    size_t given = options->ignored.count;

    configuration_load(&config, options->config, &screen);
    add_words(&options->ignored, configuration_get(&config, "findings.ignore"), arena);
    keep_findings(&options->ignored, given, &config, &faults, arena);
    add_words(&options->selectors, configuration_get(&config, "mail.selectors"), arena);
    if (!options->hints && !options->replay && configuration_get(&config, "dns.hints"))
        options->hints = arena_dup(arena, configuration_get(&config, "dns.hints"));
    if (!options->ca && configuration_get(&config, "dns.ca"))
        options->ca = arena_dup(arena, configuration_get(&config, "dns.ca"));
    say_faults(&faults);
    configuration_clear(&config);
    faults_clear(&screen);
    faults_clear(&faults);
}

/* Returns 0 or the exit status. What the configuration file names wrongly is said and left out. */
static int read_hints(struct request *request, bool configured)
{
    struct faults faults = {0};
    struct text why = {0};
    int status = 0;

    if (request_read_hints(request, &why, &faults))
        status = faults.total ? EXIT_INPUT : EXIT_USAGE;
    if (why.length)
        main_say("%s", text_get(&why));
    say_faults(&faults);
    faults_clear(&faults);
    text_clear(&why);
    return configured ? 0 : status;
}

/* What libuv, a terminal and one question need; libuv itself aborts for want of them. */
static bool descriptors_suffice(void)
{
    enum { NEEDED = 12 };
    int opened[NEEDED], count = 0;
    bool suffice;

    while (count < NEEDED && (opened[count] = dup(STDERR_FILENO)) >= 0)
        count++;
    suffice = count == NEEDED;
    while (count > 0)
        close(opened[--count]);
    return suffice;
}

static void close_loop(uv_loop_t *loop, struct source *source)
{
    source_free(source);
    uv_run(loop, UV_RUN_DEFAULT);
    uv_loop_close(loop);
}

static bool prints_all(const struct options *options)
{
    return options->print && options->lesson && strcmp(options->lesson, "all") == 0;
}

/* What the options ask for. */
static int work(uv_loop_t *loop, struct source *source, const struct request *request,
                const struct lessons *lessons, const struct lesson *lesson, bool utf8)
{
    const struct options *options = request->options;

    if (options->check_lesson)
        return main_check_lessons(source, request, lessons);
    if (options->print)
        return main_print_lessons(source, request, lessons, prints_all(options) ? NULL : lesson);
    if (options->notes)
        return main_follow_notes(source, request, lessons);
    if (options->output == OUTPUT_SCREEN)
        return main_run_screen(loop, source, request, lessons, utf8);
    return main_run_report(loop, source, request);
}

/* Who may be asked directly, as the source has it. Returns 0 or the exit status. */
static int choose_servers(struct request *request, struct source *source)
{
    const struct options *options = request->options;

    if (!options->replay)
        request->survey.ask_servers = source_info(source).servers;
    if (options->resolvers && request_is_answered_by_files(request)) {
        main_say(tr("--resolvers %s: with zone files no resolver is queried"), options->resolvers);
        return EXIT_USAGE;
    }
    if (options->ask_private && request->survey.ask_servers == REACH_HOSTS)
        request->survey.ask_servers = REACH_PRIVATE;
    return 0;
}

/* With the loop and the source that the request wants. */
static int run_request(struct request *request, struct options *options, struct arena *arena,
                       const struct lessons *lessons, const struct lesson *lesson, bool utf8)
{
    struct places_found found = {.places = &options->places, .arena = arena};
    struct source *source = NULL;
    uv_loop_t loop;
    int status;

    if (!descriptors_suffice() || uv_loop_init(&loop) < 0) {
        main_say(tr("no file descriptors left"));
        return EXIT_INPUT;
    }
    status = main_open_source(&loop, options, lesson, &found, &source);
    if (!status && options->zones.count)
        request->survey.flaws = found.flaws;
    if (!status)
        status = choose_servers(request, source);
    if (!status)
        status = work(&loop, source, request, lessons, lesson, utf8);
    close_loop(&loop, source);
    return status;
}

/* Returns 0 or the exit status; what is wrong was said. The request is to be cleared either way. */
static int read_request(struct request *request, struct options *options, struct arena *arena)
{
    bool configured = !options->hints;
    struct text why = {0};
    int status;

    add_configured(options, arena);
    status = request_init(request, options, &why) ? EXIT_USAGE : read_hints(request, configured);
    if (!status && !request_read_policy(request, &why))
        status = EXIT_INPUT;
    if (why.length)
        main_say("%s", text_get(&why));
    text_clear(&why);
    return status;
}

static int run(struct options *options, struct arena *arena, const struct lessons *lessons,
               bool utf8)
{
    bool all = prints_all(options);
    const struct lesson *lesson = !options->demo ? NULL
                                  : all          ? &lessons->list[0]
                                                 : find_lesson(lessons, options);
    struct expectations *expectations = NULL;
    struct request request;
    int status;

    if (options->demo && !lesson) {
        main_say(tr("--demo %s: no such lesson or step; --demo=list lists the lessons"),
                 options->lesson);
        return EXIT_USAGE;
    }
    if (options->expect && !(expectations = main_read_expectations(options, arena)))
        return EXIT_INPUT;
    if (options->output != OUTPUT_SCREEN && !supply_name(options, arena, lesson)) {
        main_say(tr("a name is missing; see --help"));
        expectations_free(expectations);
        return EXIT_USAGE;
    }
    status = read_request(&request, options, arena);
    request.expectations = expectations;
    if (!status)
        status = run_request(&request, options, arena, lessons, lesson, utf8);
    request_clear(&request);
    return status;
}

/* The options a recording was made with come before those of the command line. */
static enum status parse_with_recorded(int argc, char **argv, struct arena *arena,
                                       struct options *options, struct text *why)
{
    struct strings recorded = {0};
    char **all;

    recorded_read_options(options->replay, arena, &recorded);
    all = arena_alloc(arena, recorded.count + (size_t)argc + 1, sizeof *all);
    all[0] = argv[0];
    for (size_t i = 0; i < recorded.count; i++)
        all[i + 1] = arena_dup(arena, recorded.list[i]);
    for (int i = 1; i < argc; i++)
        all[recorded.count + (size_t)i] = argv[i];
    return options_parse((int)recorded.count + argc, all, arena, options, why);
}

static enum status parse(int argc, char **argv, struct arena *arena, struct options *options)
{
    struct text why = {0};
    enum status status = options_parse(argc, argv, arena, options, &why);

    if (!status && options->replay)
        status = parse_with_recorded(argc, argv, arena, options, &why);
    if (status)
        main_say("%s", text_get(&why));
    text_clear(&why);
    return status;
}

/* Lessons are checked as they are for everybody: no configuration, no history. */
static void prepare_play(struct options *options)
{
    struct stat about;

    if (options->check_lesson || options->notes)
        options->lesson = NULL;
    options->demo = true;
    options->output = OUTPUT_SCREEN;
    options->config = "";
    options->history = false;
    if (options->check_lesson && stat(options->check_lesson, &about) == 0 && S_ISDIR(about.st_mode))
        resource_lessons(options->check_lesson);
}

/* Without a screen of its own, though it is no report. */
static bool plays_alone(const struct options *options)
{
    return options->check_lesson || options->print || options->notes;
}

static int start(int argc, char **argv, struct arena *arena, bool utf8)
{
    struct options options;
    struct lessons lessons = {0};
    int status;

    language_from_arguments(argc, argv, utf8);
    if (parse(argc, argv, arena, &options))
        return EXIT_USAGE;
    if (!language_choose(&options, utf8))
        return EXIT_USAGE;
    if (options.help)
        return print_help();
    if (options.version)
        return print_version();
    if (options.schema)
        return print_page("help/schema.json");
    if (plays_alone(&options))
        prepare_play(&options);
    if (options.output == OUTPUT_SCREEN && !options.dump && !options.cast &&
        !plays_alone(&options) && !isatty(STDOUT_FILENO))
        options.output = OUTPUT_REPORT;
    if (options.config && *options.config && access(options.config, R_OK) != 0) {
        main_say("--config %s: %s", options.config, strerror(errno));
        return EXIT_INPUT;
    }
    options.ascii = options.ascii || !utf8;
    if (options.demo || options.completion || options.export_lesson)
        lessons_load(&lessons);
    if (options.completion)
        status = print_completion(options.completion, &lessons);
    else if (options.export_lesson)
        status = main_export_lesson(&lessons, options.export_lesson,
                                    options.names.count ? options.names.list[0] : ".");
    else if (options.demo && options.lesson && strcmp(options.lesson, "list") == 0)
        status = print_lessons(&lessons);
    else
        status = run(&options, arena, &lessons, utf8);
    lessons_clear(&lessons);
    resource_forget();
    return status;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    bool utf8;
    int status;

    keep_standard_files();
    if (!(utf8 = language_set_charset()))
        say_in_ascii();
    language_from_environment(utf8);
    signal(SIGPIPE, SIG_IGN); /* said where it is written */
    signal(SIGXFSZ, SIG_IGN);
    status = start(argc, argv, arena, utf8);
    arena_free(arena);
    return status;
}
