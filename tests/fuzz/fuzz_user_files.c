/* The files that the program finds in the user's folders: configuration and history. */
#include "app/settings/configuration.h"
#include "app/state/ui.h"
#include "term/line/history.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { PATH_BYTES = 512 };

static char folder[PATH_BYTES / 2];

static const char *path_of(const char *name)
{
    static char path[PATH_BYTES];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void remove_folder(void)
{
    unlink(path_of("mxtrail/config"));
    unlink(path_of("mxtrail/history"));
    rmdir(path_of("mxtrail"));
    rmdir(folder);
}

static void make_folder(void)
{
    const char *below = getenv("TMPDIR");

    if (*folder)
        return;
    snprintf(folder, sizeof folder, "%s/fuzz-XXXXXX", below ? below : "/tmp");
    if (!mkdtemp(folder) || mkdir(path_of("mxtrail"), 0700) < 0)
        abort();
    atexit(remove_folder);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("XDG_STATE_HOME", folder, 1);
}

static void write_file(const char *name, const uint8_t *bytes, size_t length)
{
    FILE *file = fopen(path_of(name), "wb");

    if (!file || chmod(path_of(name), 0600) < 0 || fwrite(bytes, 1, length, file) != length ||
        fclose(file) != 0)
        abort();
}

static void configure(void)
{
    struct configuration config;
    struct faults faults = {0};
    struct ui_settings settings = {.version = "1"};
    struct ui *ui = ui_new(&settings);
    struct text why = {0};

    configuration_load(&config, NULL, &faults);
    ui_bind_keys(ui, &config, &faults);
    configuration_switch(&config, "ui.mouse", true);
    if (configuration_keep(&config, "ui.theme", "projector", &why) == STATUS_OK)
        assert(strcmp(configuration_get(&config, "ui.theme"), "projector") == 0);
    text_clear(&why);
    configuration_clear(&config);
    faults_clear(&faults);
    ui_free(ui);
}

static void remember(void)
{
    struct history *history = history_new();
    const char *why = NULL;

    if (history_load(history, path_of("mxtrail/history"), &why) != STATUS_OK)
        assert(why);
    assert(history_count(history) <= HISTORY_LINES);
    for (size_t i = 0; i < history_count(history); i++)
        assert(strlen(history_line(history, i)) <= HISTORY_LINE_BYTES);
    history_free(history);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    make_folder();
    write_file("mxtrail/config", bytes, length);
    write_file("mxtrail/history", bytes, length);
    configure();
    remember();
    return 0;
}
