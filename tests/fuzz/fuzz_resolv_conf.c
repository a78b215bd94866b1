/* resolv.conf and what may stand behind "@". */
#include "net/live/resolv_conf.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = malloc(length + 1);
    struct faults warnings = {0};
    struct resolv_conf conf;
    struct server_spec spec;
    const char *why = NULL;

    assert(text);
    if (length > 0)
        memcpy(text, bytes, length);
    text[length] = '\0';
    resolv_conf_parse(text, length, "conf", &conf, &warnings);
    assert(conf.server_count >= 1 && conf.server_count <= RESOLV_CONF_SERVERS);
    for (size_t i = 0; i < conf.server_count; i++)
        assert(conf.servers[i].address.family == 4 || conf.servers[i].address.family == 6);
    assert(server_spec_parse(text, &spec, &why) == STATUS_OK || why);
    faults_clear(&warnings);
    free(text);
    return 0;
}
