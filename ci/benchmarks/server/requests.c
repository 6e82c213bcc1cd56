// HTTP requests, and what a model server says of itself.
#include "server.h"

#include <strings.h>

static void copy_trimmed(char *target, size_t capacity, const char *value, size_t count) {
    while (count && (*value == ' ' || *value == '\t')) value++, count--;
    while (count && (value[count - 1] == ' ' || value[count - 1] == '\r')) count--;
    size_t kept = 0;
    // What would have to be escaped in the log is left out.
    for (size_t at = 0; at < count && kept + 1 < capacity; at++) {
        if (value[at] >= ' ' && value[at] != '"' && value[at] != '\\') target[kept++] = value[at];
    }
    target[kept] = 0;
}

static void read_field(struct request *request, const char *line, size_t count) {
    const char *colon = memchr(line, ':', count);
    if (!colon) return;
    size_t name = (size_t)(colon - line);
    char value[LONGEST_ID + 1];
    copy_trimmed(value, sizeof value, colon + 1, count - name - 1);
    if (name == 14 && !strncasecmp(line, "Content-Length", name)) {
        request->body_bytes = strtoull(value, NULL, 10);
    } else if (name == 12 && !strncasecmp(line, "X-Request-Id", name)) {
        memcpy(request->id, value, sizeof value);
    } else if (name == 6 && !strncasecmp(line, "Expect", name)) {
        request->expects_continue = !strcasecmp(value, "100-continue");
    }
}

enum request_state request_read(const struct text *received, struct request *request) {
    memset(request, 0, sizeof *request);
    const char *bytes = received->bytes;
    const char *end = received->count ? memmem(bytes, received->count, "\r\n\r\n", 4) : NULL;
    if (!end) return received->count > 65536 ? REQUEST_BAD : REQUEST_INCOMPLETE;
    request->head_bytes = (size_t)(end - bytes) + 4;
    const char *line = bytes;
    for (bool first = true; line < end; first = false) {
        const char *stop = memchr(line, '\r', (size_t)(end - line) + 1);
        size_t count = (size_t)(stop - line);
        if (first) {
            char text[256];
            copy_trimmed(text, sizeof text, line, count);
            if (sscanf(text, "%7s %127s HTTP/1.", request->method, request->path) != 2) return REQUEST_BAD;
        } else {
            read_field(request, line, count);
        }
        line = stop + 2;
    }
    if (request->body_bytes > 64 << 20) return REQUEST_BAD;
    return received->count < request->head_bytes + request->body_bytes ? REQUEST_INCOMPLETE : REQUEST_COMPLETE;
}

int request_dialect(const struct request *request) {
    if (strcmp(request->method, "POST")) return -1;
    if (!strcmp(request->path, "/api/chat")) return OLLAMA_CHAT;
    if (!strcmp(request->path, "/api/generate")) return OLLAMA_GENERATE;
    if (!strcmp(request->path, "/v1/chat/completions")) return OPENAI_CHAT;
    return -1;
}

static bool is_get(const struct request *request, const char *path) {
    return !strcmp(request->method, "GET") && !strcmp(request->path, path);
}

static int describe(struct text *body, const struct request *request, const char *model) {
    if (is_get(request, "/api/version")) {
        text_print(body, "{\"version\":\"0.0.0-benchmark\"}");
    } else if (is_get(request, "/api/tags") || is_get(request, "/api/ps")) {
        text_print(
            body,
            "{\"models\":[{\"name\":\"%s\",\"model\":\"%s\",\"modified_at\":\"2026-01-01T00:00:00Z\",\"size\":1,"
            "\"digest\":\"%064d\",\"details\":{\"format\":\"gguf\",\"family\":\"none\",\"parameter_size\":\"0\","
            "\"quantization_level\":\"none\"}}]}",
            model, model, 0);
    } else if (is_get(request, "/v1/models")) {
        text_print(
            body,
            "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"object\":\"model\",\"created\":1767225600,"
            "\"owned_by\":\"benchmark\",\"meta\":{\"n_ctx\":131072,\"n_params\":0,\"size\":1}}]}",
            model);
    } else if (is_get(request, "/props")) {
        text_print(
            body,
            "{\"model_path\":\"%s\",\"build_info\":\"benchmark\",\"total_slots\":4096,"
            "\"default_generation_settings\":{\"n_ctx\":131072}}",
            model);
    } else if (is_get(request, "/health") || is_get(request, "/")) {
        text_print(body, "{\"status\":\"ok\"}");
    } else {
        text_print(
            body, "{\"error\":{\"message\":\"File Not Found\",\"type\":\"not_found_error\",\"code\":404}}");
        return 404;
    }
    return 200;
}

void request_respond(struct text *text, const struct request *request, const struct settings *settings) {
    struct text body = {0};
    int status = describe(&body, request, settings->model);
    text_print(
        text, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
        status == 200 ? "200 OK" : "404 Not Found", body.count);
    text_add(text, body.bytes, body.count);
    free(body.bytes);
}
