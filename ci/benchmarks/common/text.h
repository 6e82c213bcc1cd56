// Text that grows, and the end of a program that cannot go on.
#ifndef BENCHMARKS_TEXT_H
#define BENCHMARKS_TEXT_H

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 1, 2), noreturn)) static inline void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

static inline void *allocated(void *memory) {
    if (!memory) fail("out of memory");
    return memory;
}

struct text {
    char *bytes;
    size_t count, capacity;
};

static inline void text_reserve(struct text *text, size_t more) {
    if (text->count + more <= text->capacity) return;
    size_t wanted = text->capacity ? text->capacity * 2 : 256;
    while (wanted < text->count + more) wanted *= 2;
    text->bytes = allocated(realloc(text->bytes, wanted));
    text->capacity = wanted;
}

static inline void text_add(struct text *text, const char *bytes, size_t count) {
    text_reserve(text, count);
    memcpy(text->bytes + text->count, bytes, count);
    text->count += count;
}

__attribute__((format(printf, 2, 3))) static inline void text_print(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    text_reserve(text, (size_t)count + 1);
    va_start(arguments, format);
    vsnprintf(text->bytes + text->count, (size_t)count + 1, format, arguments);
    va_end(arguments);
    text->count += (size_t)count;
}

// Removes bytes from the beginning.
static inline void text_drop(struct text *text, size_t count) {
    text->count -= count;
    memmove(text->bytes, text->bytes + count, text->count);
}

// Decimal digits, several times as fast as printf: files of stamps have millions of them.
static inline void text_add_integer(struct text *text, int64_t value) {
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) digits[--at] = '-';
    text_add(text, digits + at, sizeof digits - at);
}

#endif
