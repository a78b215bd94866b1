#include "net/curl_library.h"

#include "base/message.h"
#include "config.h"

#include <stddef.h>

#ifdef HAVE_DLOPEN
#include <dlfcn.h>
#include <stdbool.h>

static bool load(struct curl_functions *functions)
{
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);

    if (!library)
        return false;
#define LOAD(name)                                                                                 \
    *(void **)&functions->name = dlsym(library, "curl_" #name);                                    \
    if (!functions->name)                                                                          \
        return false;
    CURL_FUNCTIONS(LOAD)
#undef LOAD
    functions->global_init(CURL_GLOBAL_DEFAULT);
    return true;
}

const struct curl_functions *curl_library(const char **why)
{
    static struct curl_functions functions;
    static bool loaded;

    if (loaded || (loaded = load(&functions)))
        return &functions;
    *why = N_("libcurl is not installed (libcurl.so.4)");
    return NULL;
}
#else
const struct curl_functions *curl_library(const char **why)
{
    *why = N_("this mxtrail is linked statically and cannot load libcurl");
    return NULL;
}
#endif
