/* The user's list of mail operators. */
#include "policy/setup/operators.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check(const struct mail_operator *found)
{
    assert(!found || (found->name && found->kind && found->url));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct operators *operators = operators_new();
    char *text = malloc(length + 1);
    const char *why = NULL;
    size_t line = 0;

    assert(text);
    if (length > 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    if (operators_read(operators, text, &line, &why) != STATUS_OK)
        assert(line > 0 && why);
    check(operators_by_exchange(operators, "mx1.mail.example.com."));
    check(operators_by_spf(operators, "_spf.example.com."));
    check(operators_by_name_server(operators, "."));
    check(operators_by_selector(operators, "selector1"));
    operators_free(operators);
    free(text);
    return 0;
}
