// A scanner of answers: bytes in any portions in, contents out.
#ifndef BENCHMARKS_SCAN_H
#define BENCHMARKS_SCAN_H

#include "../common/text.h"

#include <stdbool.h>

enum api { OLLAMA, OPENAI };

struct scan {
    enum api api;
    // Of each content that is not empty.
    void (*content)(void *context, const char *text, size_t count);
    void *context;
    // The end marker: `"done":true` or `[DONE]`.
    bool done;
    bool malformed, refused;
    // The beginning of a line whose end has not arrived.
    struct text line;
    struct text unescaped;
};

void scan_bytes(struct scan *scan, const char *bytes, size_t count);
void scan_free(struct scan *scan);

#endif
