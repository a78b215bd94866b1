/* Whether the program is built with a sanitizer: gcc says so by a macro, clang by a feature. */
#ifndef BASE_SANITIZERS_H
#define BASE_SANITIZERS_H

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define SANITIZES_ADDRESS 1
#else
#define SANITIZES_ADDRESS 0
#endif

#if SANITIZES_ADDRESS || defined(__SANITIZE_THREAD__) || __has_feature(memory_sanitizer) ||        \
    __has_feature(thread_sanitizer)
#define SANITIZES_MALLOC 1 /* it brings an allocator of its own */
#else
#define SANITIZES_MALLOC 0
#endif

#endif
