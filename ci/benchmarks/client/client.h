// The reference client: what chimera-gate's `load` does, in C, on the same libcurl and by the same techniques.
#ifndef BENCHMARKS_CLIENT_H
#define BENCHMARKS_CLIENT_H

#include "../common/clock.h"
#include "../common/text.h"
#include "scan.h"

#include <curl/curl.h>
#include <stdbool.h>

struct settings {
    const char *url, *model, *prompt_path, *exchanges_path;
    enum api api;
    int concurrency;
    int64_t requests;
    // Requests per second, begun whether or not earlier ones have ended; 0 for as many as the concurrency allows.
    double rate;
};

// One request and its answer.
struct exchange {
    int64_t id;
    CURL *easy;
    struct curl_slist *headers;
    struct scan scan;
    // Just before the request is written.
    int64_t sent_ns;
    int64_t *stamps;
    size_t tokens, capacity;
    size_t coalesced;
    // The read that the last token came in.
    int64_t last_read;
    bool by_clock, ended;
    char error[CURL_ERROR_SIZE];
};

// What the loop knows of the read that is under way.
struct reading {
    int64_t number;
    int64_t stamp_ns;
    bool by_clock;
};
extern struct reading reading;

// exchange.c
struct exchange *exchange_begin(int64_t id, const struct settings *settings, const struct text *body);
// Writes its line and frees it. Returns whether the answer was complete.
bool exchange_finish(struct exchange *exchange, CURLcode code, FILE *file);
void exchange_body(struct text *body, const struct settings *settings);

#endif
