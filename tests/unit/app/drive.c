#include "drive.h"

#include "base/array.h"
#include "base/fault.h"
#include "base/memory.h"
#include "mail/profiles/profiles.h"
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void path_of(const char *name, char out[1024])
{
    const char *srcdir = getenv("srcdir");

    snprintf(out, 1024, "%s/tests/unit/app/%s", srcdir ? srcdir : ".", name);
}

static void open_zone(struct drive *drive, const char *text)
{
    struct faults faults = {0};
    char path[1024];

    path_of("example.zone", path);
    if (text)
        zone_read_text(text, strlen(text), "test.zone", NULL, &faults, &drive->zone);
    else
        zone_read(path, NULL, &faults, &drive->zone);
    if (faults.kept)
        fail_msg("%s", faults.lines[0]);
    faults_clear(&faults);
    assert_non_null(drive->zone);
}

void drive_open(struct drive *drive, int width, int height, const char *zone_text)
{
    static const char *const themes[] = {"okabe-dark", "okabe-light", "projector"};
    static const char *const names[] = {"example.org", "old.example"};
    struct ui_settings settings = {.source = "zone test.zone",
                                   .version = "1.0",
                                   .theme = "okabe-dark",
                                   .themes = themes,
                                   .theme_count = 3,
                                   .names = names,
                                   .name_count = 2};
    struct sender sender;

    sender_init(&sender, profile_at(0));
    sender.seed = 42;
    settings.sender = &sender;
    settings.marks = drive->marks;
    settings.privacy = drive->privacy;
    settings.survey.panes_only = drive->panes_only;
    settings.time_limit_ms = drive->time_limit_ms;
    settings.survey.seed = 42;
    open_zone(drive, zone_text);
    drive->ui = ui_new(&settings);
    sender_clear(&sender);
    drive->canvas = canvas_new(width, height);
    drive_resize(drive, width, height);
}

void drive_close(struct drive *drive)
{
    for (size_t i = 0; i < drive->asked_count; i++)
        free((char *)drive->asked[i].name);
    free(drive->asked);
    effects_free(&drive->effects);
    ui_free(drive->ui);
    canvas_free(drive->canvas);
    zone_free(drive->zone);
    text_clear(&drive->screen);
    *drive = (struct drive){0};
}

static void answer(struct drive *drive, const struct question *question)
{
    const struct zone *const zones[] = {drive->zone};
    struct event event = {.kind = EVENT_REPLY, .reply = zone_answer(zones, 1, question)};

    drive_event(drive, event);
}

static void keep(struct drive *drive, const struct question *question)
{
    struct question copy = *question;

    copy.name = memory_dup(question->name);
    ARRAY_PUSH(drive->asked, drive->asked_count, drive->asked_capacity, copy);
    drive->total++;
    if (drive->asked_count > drive->most_open)
        drive->most_open = drive->asked_count;
}

static void cancel(struct drive *drive, const struct question *question)
{
    for (size_t i = 0; i < drive->asked_count; i++)
        if (question_equal(&drive->asked[i], question)) {
            free((char *)drive->asked[i].name);
            drive->asked[i] = drive->asked[--drive->asked_count];
            return;
        }
}

/* Questions are kept apart; the other effects stay in the list for the test. */
static void take_questions(struct drive *drive)
{
    for (size_t i = 0; i < drive->effects.count; i++) {
        const struct effect *effect = &drive->effects.list[i];
        if (effect->kind == EFFECT_ASK)
            keep(drive, &effect->question);
        else if (effect->kind == EFFECT_CANCEL)
            cancel(drive, &effect->question);
    }
}

void drive_event(struct drive *drive, struct event event)
{
    bool reply = event.reply;
    struct effects fresh = {0};

    event.at_ms = drive->now_ms;
    if (!reply)
        effects_clear(&drive->effects);
    update(drive->ui, &event, reply ? &fresh : &drive->effects);
    if (reply) {
        for (size_t i = 0; i < fresh.count; i++)
            if (fresh.list[i].kind == EFFECT_ASK)
                keep(drive, &fresh.list[i].question);
        effects_free(&fresh);
        return;
    }
    take_questions(drive);
    if (!drive->silent)
        drive_answer(drive);
}

void drive_answer(struct drive *drive)
{
    while (drive->asked_count) {
        struct question question = drive->asked[0];
        memmove(drive->asked, drive->asked + 1, --drive->asked_count * sizeof question);
        answer(drive, &question);
        free((char *)question.name);
    }
}

static bool take_type(struct drive *drive, uint16_t type, struct question *question)
{
    for (size_t i = 0; i < drive->asked_count; i++)
        if (drive->asked[i].type == type) {
            *question = drive->asked[i];
            memmove(drive->asked + i, drive->asked + i + 1,
                    (--drive->asked_count - i) * sizeof *question);
            return true;
        }
    return false;
}

bool drive_answer_type(struct drive *drive, uint16_t type)
{
    struct question question;

    if (!take_type(drive, type, &question))
        return false;
    answer(drive, &question);
    free((char *)question.name);
    return true;
}

bool drive_fail_type(struct drive *drive, uint16_t type, enum outcome outcome)
{
    struct question question;
    struct event event = {.kind = EVENT_REPLY};

    if (!take_type(drive, type, &question))
        return false;
    event.reply = reply_new(&question);
    event.reply->outcome = outcome;
    event.reply->rcode = outcome == OUTCOME_SERVFAIL ? 2 : outcome == OUTCOME_REFUSED ? 5 : -1;
    event.reply->server = "192.0.2.53#53";
    if (outcome == OUTCOME_MALFORMED)
        event.reply->why = "cut off in the answer section";
    drive_event(drive, event);
    free((char *)question.name);
    return true;
}

void drive_keys(struct drive *drive, const char *keys)
{
    while (*keys) {
        char name[KEY_TEXT];
        size_t length = strcspn(keys, " ");
        struct event event = {.kind = EVENT_KEY};
        assert_true(length < sizeof name);
        memcpy(name, keys, length);
        name[length] = '\0';
        if (!key_parse(name, &event.key))
            fail_msg("no such key: %s", name);
        drive->now_ms++;
        drive_event(drive, event);
        keys += length + strspn(keys + length, " ");
    }
}

static int characters(const char *text)
{
    int count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

void drive_type(struct drive *drive, const char *text)
{
    struct event event = {.kind = EVENT_EDIT, .text = text, .caret = characters(text)};

    drive->now_ms++;
    drive_event(drive, event);
}

static void submit(struct drive *drive, const char *text)
{
    struct event event = {.kind = EVENT_SUBMIT, .text = text};

    drive_type(drive, text);
    drive_event(drive, event);
}

void drive_name(struct drive *drive, const char *name)
{
    if (ui_editor(drive->ui) != EDITOR_NAME)
        drive_keys(drive, "o");
    submit(drive, name);
}

void drive_command(struct drive *drive, const char *command)
{
    char line[1024];

    if (ui_editor(drive->ui) == EDITOR_NAME) { /* the prompt takes commands, too */
        snprintf(line, sizeof line, ":%s", command);
        submit(drive, line);
        return;
    }
    drive_keys(drive, ":");
    submit(drive, command);
}

void drive_resize(struct drive *drive, int width, int height)
{
    struct event event = {.kind = EVENT_RESIZE, .x = width, .y = height};

    canvas_resize(drive->canvas, width, height);
    drive_event(drive, event);
}

void drive_wait(struct drive *drive, int64_t ms)
{
    struct event tick = {.kind = EVENT_TICK};

    drive->now_ms += ms;
    drive_event(drive, tick);
    for (int i = 0; ui_busy(drive->ui); i++) {
        assert_true(i < 2000);
        drive_event(drive, tick);
    }
}

const char *drive_screen(struct drive *drive)
{
    ui_draw(drive->ui, drive->canvas);
    text_cut(&drive->screen, 0);
    canvas_dump(drive->canvas, false, &drive->screen);
    return text_get(&drive->screen);
}

void drive_sees(struct drive *drive, const char *text)
{
    if (!strstr(drive_screen(drive), text)) {
        fprintf(stderr, "%s\n", drive_screen(drive));
        fail_msg("\"%s\" is not on the screen", text);
    }
}

void drive_misses(struct drive *drive, const char *text)
{
    if (strstr(drive_screen(drive), text)) {
        fprintf(stderr, "%s\n", drive_screen(drive));
        fail_msg("\"%s\" is on the screen", text);
    }
}

const char *drive_effect(const struct drive *drive, enum effect_kind kind)
{
    for (size_t i = 0; i < drive->effects.count; i++)
        if (drive->effects.list[i].kind == kind)
            return drive->effects.list[i].text ? drive->effects.list[i].text : "";
    return NULL;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct text text = {0};
    char block[4096];
    size_t length;

    if (!file)
        return NULL;
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        text_add_bytes(&text, block, length);
    fclose(file);
    return text_take(&text);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

void drive_golden(struct drive *drive, const char *name)
{
    const char *write = getenv("GOLDEN"), *screen = drive_screen(drive);
    char file[256], path[1024], *golden;

    snprintf(file, sizeof file, "golden/%s.txt", name);
    path_of(file, path);
    if (write && strcmp(write, "write") == 0)
        write_file(path, screen);
    golden = read_file(path);
    if (!golden)
        fail_msg("%s is missing", path);
    if (strcmp(golden, screen) != 0) {
        fprintf(stderr, "%s\nshould be\n%s\n", screen, golden);
        fail_msg("not the screen of %s", path);
    }
    free(golden);
}
