/* A growing string. Zero-initialised is empty and ready; text_clear gives the memory back. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    char *bytes; /* NUL terminated once anything was added, NULL before */
    size_t length, capacity;
};

void text_add_bytes(struct text *text, const void *bytes, size_t length);
static inline void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}
void text_add_char(struct text *text, char c);
void text_add_number(struct text *text, uint64_t number);               /* in decimal digits */
void text_add_hex(struct text *text, const void *bytes, size_t length); /* two digits a byte */
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_cut(struct text *text, size_t length); /* shorten to length bytes, keep the memory */
void text_clear(struct text *text);

/* The string so far, "" when empty; valid until the next change. */
const char *text_get(const struct text *text);
/* Hands the string over (free() it), never NULL, and leaves the text empty. */
char *text_take(struct text *text);

/* For qsort() over strings (char *): numbers at the front count as numbers, 5 before 10. */
int text_compare_numbers(const void *a, const void *b);

#endif
