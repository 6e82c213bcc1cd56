// One JSON line for each answer that was begun.
#include "server.h"

static FILE *file;
static struct answer *first, **last = &first;

void log_open(const struct settings *settings) {
    if (!settings->log_path) return;
    file = fopen(settings->log_path, "w");
    if (!file) fail("the log cannot be written: %s: %s", settings->log_path, strerror(errno));
}

void log_keep(struct answer *answer) {
    answer->next = NULL;
    *last = answer;
    last = &answer->next;
}

static void write_line(const struct answer *answer, struct text *line) {
    line->count = 0;
    text_print(
        line, "{\"sequence\":%lld,\"id\":%s%s%s,\"client_port\":%d,\"complete\":%s,\"tokens\":%d",
        (long long)answer->sequence, *answer->id ? "\"" : "", *answer->id ? answer->id : "null",
        *answer->id ? "\"" : "", answer->client_port, answer->complete ? "true" : "false", answer->sent);
    text_print(
        line, ",\"request_arrived_ns\":%lld,\"request_read_ns\":%lld,\"send_ns\":[", (long long)answer->arrived_ns,
        (long long)answer->read_ns);
    for (int token = 0; token < answer->sent; token++) {
        if (token) text_add(line, ",", 1);
        text_add_integer(line, answer->send_ns[token]);
    }
    text_add(line, "]}\n", 3);
    fwrite(line->bytes, 1, line->count, file);
}

void log_flush(void) {
    if (!first) return;
    struct text line = {0};
    while (first) {
        struct answer *answer = first;
        if (file) write_line(answer, &line);
        first = answer->next;
        free(answer->send_ns);
        free(answer);
    }
    last = &first;
    free(line.bytes);
    if (file) fflush(file);
}
