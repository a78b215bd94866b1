#include "main/main_program.h"

#include "app/settings/recorded.h"
#include "app/settings/resource.h"
#include "base/message.h"
#include "config.h"
#include "main/batch/main_say.h"
#include "main/input/main_marks.h"
#include "main/main_source.h"
#include "survey/asking/inquiry.h"
#include "term/screen.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 1023, NAME_BYTES = 253 };

/* A recording that cannot be gone on with is said at once, and again at the end. */
static void look_at_recording(struct program *program)
{
    struct text said = {0};

    if (program->recording_lost || !recording_error(program->recording))
        return;
    program->recording_lost = true;
    text_format(&said, tr("the recording ends here: %s"),
                strerror(recording_error(program->recording)));
    inbox_note(&program->inbox, text_get(&said));
    text_clear(&said);
}

static void take_event(struct program *program, struct event *event)
{
    program->event_ms = program->now(program);
    if (!program->playing)
        event->at_ms = program->event_ms;
    recording_event(program->recording, event);
    update(program->ui, event, &program->effects);
    program->dirty = true;
    program_do_effects(program);
    look_at_recording(program);
}

enum status program_line(struct program *program, const char *line, const char **why)
{
    struct text storage = {0};
    struct event event;
    enum status status = event_parse(line, &storage, &event, why);

    if (status == STATUS_OK) {
        if (event.kind == EVENT_RESIZE)
            canvas_resize(program->canvas, event.x, event.y);
        program_event(program, &event);
    }
    text_clear(&storage);
    return status;
}

void program_inbox(struct program *program)
{
    struct inbox_event later;

    while (inbox_take(&program->inbox, &later)) {
        struct event next = {.kind = later.kind, .text = later.text};
        next.bytes = (struct octets){(const uint8_t *)later.bytes, later.length};
        take_event(program, &next);
        inbox_event_clear(&later);
    }
}

void program_event(struct program *program, struct event *event)
{
    take_event(program, event);
    program_inbox(program);
}

bool program_replies(struct program *program)
{
    struct reply *reply = source_take(program_source(program)), *next;
    bool any = reply != NULL;

    for (; reply && !program->quit; reply = next) {
        struct event event = {.reply = reply};
        next = source_take(program_source(program));
        event.kind = next ? EVENT_REPLIES : EVENT_REPLY;
        program_event(program, &event);
        if (!next)
            next = source_take(program_source(program));
    }
    reply_free(reply);
    return any;
}

void program_note(struct program *program, const char *sentence)
{
    struct event event = {.kind = EVENT_NOTE, .text = sentence};

    program_event(program, &event);
}

void program_size(struct program *program)
{
    struct event event = {.kind = EVENT_RESIZE};

    screen_size(&event.x, &event.y);
    canvas_resize(program->canvas, event.x, event.y);
    program_event(program, &event);
}

static const char *complete(void *context, const char *before, size_t word, size_t n)
{
    struct program *program = context;

    return ui_complete(program->ui, before, word, n);
}

static void open_lines(struct program *program)
{
    struct line_options options = {
        .history = program->history, .limit = NAME_BYTES, .complete = complete, .context = program};

    line_edit_new(&options, &program->name_line);
    options.history = NULL;
    options.limit = LINE_BYTES;
    line_edit_new(&options, &program->line);
}

/* An audience has no business with the names looked up before, nor they with what is shown now. */
static void open_history(struct program *program)
{
    const char *why;
    enum status status;

    program->history = history_new();
    if (!program->request->options->history || program->request->options->replay ||
        program->request->options->present || !(program->history_path = history_path()))
        return;
    status = history_load(program->history, program->history_path, &why);
    if (!status || status == STATUS_NOT_FOUND)
        return;
    main_say("%s: %s", program->history_path, why);
    free(program->history_path);
    program->history_path = NULL;
}

/* What is found once is told like a fault of the configuration; then nothing is kept. */
static void open_marks(struct program *program, struct faults *faults)
{
    const struct options *options = program->request->options;
    const char *recording = options->replay ? options->replay : options->notes;
    struct text why = {0};

    if (recording)
        recorded_read_marks(recording, &program->marks);
    if (!program->keeps_marks || !options->history || options->replay || options->present ||
        !(program->marks_path = marks_path()))
        return;
    if (!marks_load(program->marks_path, &program->marks, &why)) {
        faults_add(faults, program->marks_path, 0, "%s", text_get(&why));
        free(program->marks_path);
        program->marks_path = NULL;
    }
    text_clear(&why);
}

static int open_recording(struct program *program)
{
    const struct options *options = program->request->options;
    struct text head = {0};
    int status;

    request_print_header(program->request, &head);
    recorded_print_settings(&program->config, options->demo ? options->lesson : NULL, &head);
    recorded_print_marks(text_get(&program->marks), &head);
    status = recording_open(options, text_get(&head), &program->recording);
    if (!program->recording)
        program->recording = recording_keep(text_get(&head));
    text_clear(&head);
    return status;
}

/* Is the screen shown to others, who need not know which resolver answers? */
static bool is_private(const struct program *program)
{
    return program->request->options->present ||
           configuration_switch(&program->config, "ui.privacy", false);
}

/* "mxtrail example.com 127.0.0.1#53": what the title bar shows of the source. */
static void describe_source(const struct program *program, struct text *out)
{
    struct source_info info = source_info(program->source);

    if (*info.server)
        text_add(out, is_private(program) ? tr("resolver") : info.server);
    if (*info.file)
        text_format(out, "%s%s %s", out->length ? ", " : "", source_kind_word(info.kind),
                    info.file);
}

static const char **theme_names(size_t *count)
{
    const char **paths = resource_list("themes/", ".ini", count);

    for (size_t i = 0; i < *count; i++) {
        const char *base = strrchr(paths[i], '/') + 1;
        paths[i] = memory_dup_bytes(base, strlen(base) - strlen(".ini"));
    }
    return paths;
}

/* The sender of the options, for mail to the first name that is looked up. */
static bool program_sender(const struct program *program, struct sender *sender)
{
    const struct options *options = program->request->options;
    const struct lesson *lesson =
        options->lesson ? lessons_find(program->lessons, options->lesson) : NULL;
    const char *typed = options->names.count ? options->names.list[0] : lesson ? lesson->name : "";
    struct subject subject;
    struct inquiry inquiry;
    struct text why = {0};
    bool named = inquiry_subject(typed, &inquiry, &subject, NULL) == STATUS_OK;
    bool made =
        request_sender(program->request, named ? subject.name : ".", sender, &why) == STATUS_OK;

    if (named) {
        subject_clear(&subject);
        inquiry_clear(&inquiry);
    }
    text_clear(&why);
    return made;
}

static const struct own_command *own_commands(const struct configuration *config,
                                              struct arena *arena, size_t *count)
{
    static const char prefix[] = "commands.";
    struct own_command *commands = arena_alloc(arena, config->count, sizeof *commands);

    *count = 0;
    for (size_t i = 0; i < config->count; i++)
        if (strncmp(config->pairs[i].setting, prefix, strlen(prefix)) == 0)
            commands[(*count)++] = (struct own_command){config->pairs[i].setting + strlen(prefix),
                                                        config->pairs[i].value};
    return commands;
}

static void new_ui(struct program *program, const char *theme, struct faults *faults)
{
    const struct options *options = program->request->options;
    struct text source = {0};
    size_t theme_count, name_count = history_count(program->history);
    const char **themes = theme_names(&theme_count);
    const char **names = memory_new(name_count, sizeof *names);
    struct ui_settings settings = {0};
    struct source_info info = source_info(program->source);
    struct arena *arena = arena_new();
    struct sender sender;

    for (size_t i = 0; i < name_count; i++)
        names[i] = history_line(program->history, i);
    describe_source(program, &source);
    settings.source = text_get(&source);
    settings.source_kind = source_kind_text(info.kind);
    settings.source_server = info.server;
    settings.commands = own_commands(&program->config, arena, &settings.command_count);
    settings.resolvers = configuration_get(&program->config, "dns.resolvers");
    settings.source_file = info.file;
    settings.networked = info.kind == SOURCE_LIVE || info.kind == SOURCE_OVERLAY;
    settings.ascii = options->ascii;
    settings.lesson =
        options->demo ? options->lesson : configuration_get(&program->config, "ui.lesson");
    settings.marks = text_get(&program->marks);
    settings.version = VERSION;
    settings.privacy = is_private(program);
    settings.present = options->present;
    settings.theme = theme;
    settings.themes = themes;
    settings.theme_count = theme_count;
    settings.names = names;
    settings.name_count = name_count;
    settings.mouse = options->mouse && configuration_switch(&program->config, "ui.mouse", true);
    settings.raw_ttl = configuration_switch(&program->config, "ui.raw-ttl", false);
    settings.panes = configuration_get(&program->config, "ui.panes");
    settings.sender = program_sender(program, &sender) ? &sender : NULL;
    settings.recorded = options->replay;
    settings.time_limit_ms = program->request->time_limit_ms;
    settings.survey = request_options(program->request);
    program->ui = ui_new(&settings);
    arena_free(arena);
    if (settings.sender)
        sender_clear(&sender);
    ui_bind_keys(program->ui, &program->config, faults);
    text_clear(&source);
    for (size_t i = 0; i < theme_count; i++)
        free((char *)themes[i]);
    free(themes);
    free(names);
}

/* The theme of the command line must be there; that of the configuration had better be. An audience
 * gets one of its own where neither names one. */
static int first_theme(struct program *program, struct faults *faults)
{
    const char *wanted = program->request->options->theme;
    const char *kept = configuration_get(&program->config, "ui.theme");

    if (wanted && !program_set_theme(program, wanted, faults)) {
        main_say(tr("--theme %s: no such theme"), wanted);
        return EXIT_USAGE;
    }
    if (!wanted && kept && !program_set_theme(program, kept, faults))
        faults_add(faults, program->config.file, 0, tr("there is no theme %s"), kept);
    if (!program->theme &&
        !program_set_theme(program, program->request->options->present ? "projector" : "okabe-dark",
                           faults))
        return EXIT_INPUT;
    return 0;
}

/* For the message line: what is said on standard error goes behind the screen. */
static void keep_first(struct program *program, const struct faults *faults)
{
    if (!faults->kept)
        return;
    text_add(&program->fault, faults->lines[0]);
    if (faults->total > 1) {
        text_add_char(&program->fault, ' ');
        text_format(&program->fault, tr_in("faults", "(and %zu more)"), faults->total - 1);
    }
}

int program_open(struct program *program)
{
    struct faults faults = {0};
    int status;

    configuration_load(&program->config, program->request->options->config, &faults);
    if (program->request->options->replay)
        recorded_read_settings(program->request->options->replay, &program->config);
    status = first_theme(program, &faults);
    if (!status) {
        open_history(program);
        open_marks(program, &faults);
        open_lines(program);
        program->canvas = canvas_new(80, 24);
        program->first_theme = memory_dup(theme_name(program->theme));
        new_ui(program, theme_name(program->theme), &faults);
    }
    say_faults(&faults);
    keep_first(program, &faults);
    faults_clear(&faults);
    return status ? status : open_recording(program);
}

void program_restart(struct program *program)
{
    struct faults faults = {0};

    ui_free(program->ui);
    effects_free(&program->effects);
    inbox_clear(&program->inbox);
    program->editing = NULL;
    if (strcmp(theme_name(program->theme), program->first_theme) != 0)
        program_set_theme(program, program->first_theme, &faults);
    new_ui(program, program->first_theme, &faults);
    program->dirty = program->redraw = true;
    faults_clear(&faults);
}

int program_close(struct program *program)
{
    program_end_fetch(program);
    line_edit_free(program->name_line);
    line_edit_free(program->line);
    ui_free(program->ui);
    canvas_free(program->canvas);
    theme_free(program->theme);
    source_free(program->lesson);
    history_free(program->history);
    free(program->history_path);
    free(program->marks_path);
    free(program->first_theme);
    text_clear(&program->marks);
    effects_free(&program->effects);
    inbox_clear(&program->inbox);
    text_clear(&program->fault);
    configuration_clear(&program->config);
    return recording_close(program->recording) ? 0 : EXIT_INPUT;
}
