/* libcurl, loaded when it is needed first and not before: the program works without it. */
#ifndef NET_CURL_LIBRARY_H
#define NET_CURL_LIBRARY_H

#include <curl/curl.h>

/* What is taken from the library. */
#define CURL_FUNCTIONS(X)                                                                          \
    X(global_init)                                                                                 \
    X(easy_init)                                                                                   \
    X(easy_setopt)                                                                                 \
    X(easy_getinfo)                                                                                \
    X(easy_strerror)                                                                               \
    X(easy_cleanup)                                                                                \
    X(multi_init)                                                                                  \
    X(multi_setopt)                                                                                \
    X(multi_add_handle)                                                                            \
    X(multi_assign)                                                                                \
    X(multi_perform)                                                                               \
    X(multi_poll)                                                                                  \
    X(multi_socket_action)                                                                         \
    X(multi_wakeup)                                                                                \
    X(multi_info_read)                                                                             \
    X(multi_remove_handle)                                                                         \
    X(multi_cleanup)                                                                               \
    X(slist_append)                                                                                \
    X(slist_free_all)

struct curl_functions {
#define MEMBER(name) __typeof__(&curl_##name) name;
    CURL_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* The functions; NULL where the library is not to be had, and *why (static) says why. */
const struct curl_functions *curl_library(const char **why);

#endif
