#include "net/curl_library.h"

#include <dlfcn.h>
#include <stddef.h>

const struct curl_functions *curl_library(void)
{
    static struct curl_functions functions;
    static void *library;

    if (library)
        return &functions;
    if (!(library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL)))
        return NULL;
#define LOAD(name)                                                                                 \
    *(void **)&functions.name = dlsym(library, "curl_" #name);                                     \
    if (!functions.name)                                                                           \
        return library = NULL;
    CURL_FUNCTIONS(LOAD)
#undef LOAD
    functions.global_init(CURL_GLOBAL_DEFAULT);
    return &functions;
}
