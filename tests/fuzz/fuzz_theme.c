/* Theme files of the user, which may inherit from the built-in ones and from themselves. */
#include "view/canvas/theme.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool find(void *context, const char *name, const char **file, const char **text)
{
    if (strcmp(name, "fuzz") != 0)
        return theme_embedded.find(theme_embedded.context, name, file, text);
    *file = "fuzz.ini";
    *text = context;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = malloc(length + 1);
    struct faults faults = {0};
    struct theme *theme = NULL;

    assert(text);
    if (length > 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    if (theme_read("fuzz", &(struct theme_finder){find, text}, &faults, &theme) == STATUS_OK) {
        for (int tier = 0; tier < TIER_COUNT; tier++)
            for (int role = 0; role < ROLE_COUNT; role++)
                theme_style(theme, (enum tier)tier, (enum role)role);
        assert(theme_name(theme));
        theme_free(theme);
    }
    faults_clear(&faults);
    free(text);
    return 0;
}
