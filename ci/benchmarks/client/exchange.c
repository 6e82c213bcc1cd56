// One request by curl: stamped where it is written and where its tokens are read.
#include "client.h"

static int stamp_start(void *context, char *remote, char *local, int remote_port, int local_port) {
    (void)remote, (void)local, (void)remote_port, (void)local_port;
    ((struct exchange *)context)->sent_ns = monotonic_ns();
    return CURL_PREREQFUNC_OK;
}

static int prepare_socket(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context, (void)purpose;
    stamp_receives(socket);
    return CURL_SOCKOPT_OK;
}

static void stamp_token(void *context, const char *text, size_t count) {
    (void)text, (void)count;
    struct exchange *exchange = context;
    if (exchange->tokens == exchange->capacity) {
        exchange->capacity = exchange->capacity ? exchange->capacity * 2 : 64;
        exchange->stamps = allocated(realloc(exchange->stamps, exchange->capacity * sizeof *exchange->stamps));
    }
    if (exchange->last_read == reading.number) exchange->coalesced++;
    exchange->last_read = reading.number;
    exchange->by_clock |= reading.by_clock;
    exchange->stamps[exchange->tokens++] = reading.stamp_ns;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    scan_bytes(&((struct exchange *)context)->scan, bytes, size * count);
    return size * count;
}

struct exchange *exchange_begin(int64_t id, const struct settings *settings, const struct text *body) {
    struct exchange *exchange = allocated(calloc(1, sizeof *exchange));
    exchange->id = id;
    exchange->scan.api = settings->api;
    exchange->scan.content = stamp_token;
    exchange->scan.context = exchange;
    char text[1024];
    snprintf(text, sizeof text, "X-Request-Id: %lld", (long long)id);
    exchange->headers = curl_slist_append(NULL, text);
    exchange->headers = curl_slist_append(exchange->headers, "Content-Type: application/json");
    exchange->headers = curl_slist_append(exchange->headers, "Expect:");
    snprintf(
        text, sizeof text, "%s%s", settings->url, settings->api == OLLAMA ? "/api/chat" : "/v1/chat/completions");
    CURL *easy = exchange->easy = allocated(curl_easy_init());
    curl_easy_setopt(easy, CURLOPT_URL, text);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->count);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->bytes);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 600000L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->error);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, stamp_start);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, prepare_socket);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    return exchange;
}

static const char *outcome(const struct exchange *exchange, CURLcode code) {
    long status = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200 && status != 0) return "http_status";
    if (code != CURLE_OK) return "connection";
    if (exchange->scan.refused) return "server_error";
    if (exchange->scan.malformed) return "malformed";
    if (!exchange->scan.done) return "cut_stream";
    return exchange->tokens ? "completed" : "no_tokens";
}

static void write_line(const struct exchange *exchange, const char *outcome, FILE *file) {
    static struct text line;
    line.count = 0;
    text_print(
        &line, "{\"id\":%lld,\"sent_monotonic_ns\":%lld,\"clock\":\"%s\",\"outcome\":\"%s\",\"tokens\":%zu",
        (long long)exchange->id, (long long)exchange->sent_ns, exchange->by_clock ? "monotonic" : "kernel", outcome,
        exchange->tokens);
    text_print(&line, ",\"coalesced\":%zu,\"token_offsets_ns\":[", exchange->coalesced);
    for (size_t token = 0; token < exchange->tokens; token++) {
        if (token) text_add(&line, ",", 1);
        text_add_integer(&line, exchange->stamps[token] - exchange->sent_ns);
    }
    text_add(&line, "]}\n", 3);
    fwrite(line.bytes, 1, line.count, file);
}

bool exchange_finish(struct exchange *exchange, CURLcode code, FILE *file) {
    const char *word = outcome(exchange, code);
    bool completed = !strcmp(word, "completed");
    if (!completed) fprintf(stderr, "exchange %lld: %s: %s\n", (long long)exchange->id, word, exchange->error);
    if (file) write_line(exchange, word, file);
    curl_easy_cleanup(exchange->easy);
    curl_slist_free_all(exchange->headers);
    scan_free(&exchange->scan);
    free(exchange->stamps);
    free(exchange);
    return completed;
}

static void add_escaped(struct text *text, const char *bytes, size_t count) {
    for (size_t at = 0; at < count; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte == '"' || byte == '\\') text_print(text, "\\%c", byte);
        else if (byte < 0x20) text_print(text, "\\u%04x", byte);
        else text_add(text, bytes + at, 1);
    }
}

void exchange_body(struct text *body, const struct settings *settings) {
    FILE *file = fopen(settings->prompt_path, "r");
    if (!file) fail("the prompt cannot be read: %s: %s", settings->prompt_path, strerror(errno));
    char bytes[65536];
    text_print(body, "{\"model\":\"%s\",\"stream\":true,", settings->model);
    if (settings->api == OPENAI) text_print(body, "\"stream_options\":{\"include_usage\":true},");
    text_print(body, "\"messages\":[{\"role\":\"user\",\"content\":\"");
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;) add_escaped(body, bytes, count);
    text_print(body, "\"}]}");
    fclose(file);
}
