// The bytes of an answer. Those of its tokens are the same in every answer and made once, one HTTP chunk for each, as
// real servers flush every token.
#include "server.h"

// As they stand in JSON: mostly plain words, and now and then what a parser must decode.
static const char *const words[] = {
    " the",  " model", " first", " token", " of",    " a",           " run",      " was",    " faster",         ",",
    " and",  " its",   " median", " is",   " 42",    ".",            "7",         " ms",     "\\n",              " than",
    " in",   " every", " other", " case",  ":",      " caf\\u00e9",  " größer",   " (",      " \\\"quoted\\\"", ")",
    " it",   " \\u2192", " 速度", " per",   " second",
};
enum { WORDS = sizeof words / sizeof *words };

struct frames {
    struct text bytes;
    // Where each token's chunk begins, and at last where the final one ends.
    size_t begins[WORDS + LARGEST_BATCH + 1];
    struct text head, role;
};
static struct frames frames[DIALECTS];

static void add_chunk(struct text *text, const struct text *body) {
    text_print(text, "%zx\r\n", body->count);
    text_add(text, body->bytes, body->count);
    text_add(text, "\r\n", 2);
}

static void token_body(struct text *body, enum dialect dialect, const char *model, const char *word) {
    body->count = 0;
    switch (dialect) {
    case OLLAMA_CHAT:
        text_print(
            body,
            "{\"model\":\"%s\",\"created_at\":\"2026-01-01T00:00:00.000000000Z\","
            "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}\n",
            model, word);
        break;
    case OLLAMA_GENERATE:
        text_print(
            body,
            "{\"model\":\"%s\",\"created_at\":\"2026-01-01T00:00:00.000000000Z\",\"response\":\"%s\",\"done\":false}\n",
            model, word);
        break;
    case OPENAI_CHAT:
        text_print(
            body,
            "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"%s\"}}],"
            "\"created\":1767225600,\"id\":\"chatcmpl-benchmark\",\"model\":\"%s\",\"system_fingerprint\":\"b0\","
            "\"object\":\"chat.completion.chunk\"}\n\n",
            word, model);
        break;
    }
}

void frames_prepare(const struct settings *settings) {
    struct text body = {0};
    for (int dialect = 0; dialect < DIALECTS; dialect++) {
        struct frames *made = &frames[dialect];
        for (int token = 0; token < WORDS + LARGEST_BATCH; token++) {
            made->begins[token] = made->bytes.count;
            token_body(&body, (enum dialect)dialect, settings->model, words[token % WORDS]);
            add_chunk(&made->bytes, &body);
        }
        made->begins[WORDS + LARGEST_BATCH] = made->bytes.count;
        text_print(
            &made->head, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n",
            dialect == OPENAI_CHAT ? "text/event-stream" : "application/x-ndjson");
    }
    body.count = 0;
    text_print(
        &body,
        "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}],"
        "\"created\":1767225600,\"id\":\"chatcmpl-benchmark\",\"model\":\"%s\",\"system_fingerprint\":\"b0\","
        "\"object\":\"chat.completion.chunk\"}\n\n",
        settings->model);
    add_chunk(&frames[OPENAI_CHAT].role, &body);
    free(body.bytes);
}

static struct slice whole(const struct text *text) { return (struct slice){text->bytes, text->count}; }

struct slice frames_head(enum dialect dialect) { return whole(&frames[dialect].head); }

struct slice frames_role(enum dialect dialect) { return whole(&frames[dialect].role); }

struct slice frames_tokens(enum dialect dialect, int first, int count) {
    const struct frames *made = &frames[dialect];
    size_t begin = made->begins[first % WORDS], end = made->begins[first % WORDS + count];
    return (struct slice){made->bytes.bytes + begin, end - begin};
}

static void ollama_end(struct text *body, const struct answer *answer, const char *model, int64_t prompt_tokens) {
    int64_t prompt_ns = answer->send_ns[0] - answer->arrived_ns;
    int64_t evaluation_ns = answer->send_ns[answer->sent - 1] - answer->send_ns[0];
    text_print(
        body, "{\"model\":\"%s\",\"created_at\":\"2026-01-01T00:00:00.000000000Z\",%s,\"done\":true", model,
        answer->dialect == OLLAMA_CHAT ? "\"message\":{\"role\":\"assistant\",\"content\":\"\"}" : "\"response\":\"\"");
    text_print(
        body,
        ",\"done_reason\":\"length\",\"total_duration\":%lld,\"load_duration\":1000000,\"prompt_eval_count\":%lld,"
        "\"prompt_eval_duration\":%lld,\"eval_count\":%d,\"eval_duration\":%lld}\n",
        (long long)(prompt_ns + evaluation_ns), (long long)prompt_tokens, (long long)prompt_ns, answer->sent,
        (long long)evaluation_ns);
}

static void openai_end(struct text *text, const struct answer *answer, const char *model, int64_t prompt_tokens) {
    double prompt_ms = (double)(answer->send_ns[0] - answer->arrived_ns) / 1e6;
    double predicted_ms = (double)(answer->send_ns[answer->sent - 1] - answer->send_ns[0]) / 1e6;
    struct text body = {0};
    text_print(
        &body,
        "data: {\"choices\":[{\"finish_reason\":\"length\",\"index\":0,\"delta\":{}}],\"created\":1767225600,"
        "\"id\":\"chatcmpl-benchmark\",\"model\":\"%s\",\"object\":\"chat.completion.chunk\"}\n\n",
        model);
    add_chunk(text, &body);
    body.count = 0;
    text_print(
        &body,
        "data: {\"choices\":[],\"created\":1767225600,\"id\":\"chatcmpl-benchmark\",\"model\":\"%s\","
        "\"object\":\"chat.completion.chunk\",\"usage\":{\"completion_tokens\":%d,\"prompt_tokens\":%lld,"
        "\"total_tokens\":%lld,\"prompt_tokens_details\":{\"cached_tokens\":0}}",
        model, answer->sent, (long long)prompt_tokens, (long long)prompt_tokens + answer->sent);
    text_print(
        &body,
        ",\"timings\":{\"cache_n\":0,\"prompt_n\":%lld,\"prompt_ms\":%.3f,\"predicted_n\":%d,\"predicted_ms\":%.3f,"
        "\"predicted_per_second\":%.3f}}\n\n",
        (long long)prompt_tokens, prompt_ms, answer->sent, predicted_ms,
        predicted_ms > 0 ? (answer->sent - 1) * 1e3 / predicted_ms : 0);
    add_chunk(text, &body);
    add_chunk(text, &(struct text){.bytes = "data: [DONE]\n\n", .count = 14});
    free(body.bytes);
}

void frames_end(struct text *text, const struct answer *answer, const struct settings *settings) {
    // One token for every three bytes: no tokenizer counts less in plain words by much, so nothing seems cut.
    int64_t prompt_tokens = answer->prompt_bytes / 3 + 1;
    if (answer->dialect == OPENAI_CHAT) {
        openai_end(text, answer, settings->model, prompt_tokens);
    } else {
        struct text body = {0};
        ollama_end(&body, answer, settings->model, prompt_tokens);
        add_chunk(text, &body);
        free(body.bytes);
    }
    text_add(text, "0\r\n\r\n", 5);
}
