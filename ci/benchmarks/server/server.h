// A stand-in for a model server: it answers with the same tokens at a known pace and logs when it sent each.
#ifndef BENCHMARKS_SERVER_H
#define BENCHMARKS_SERVER_H

#include "../common/clock.h"
#include "../common/text.h"

#include <stdbool.h>

struct settings {
    int port;
    // Tokens per second and stream; 0 for as fast as the socket takes them.
    double rate;
    // Tokens per send at full rate.
    int batch;
    int tokens;
    int64_t ttft_ns;
    bool spread;
    const char *log_path;
    const char *model;
};

enum dialect { OLLAMA_CHAT, OLLAMA_GENERATE, OPENAI_CHAT };

enum { DIALECTS = 3, LARGEST_BATCH = 1024, LONGEST_ID = 64 };

// One answer, from the request to its last token.
struct answer {
    enum dialect dialect;
    char id[LONGEST_ID + 1];
    int64_t sequence;
    int client_port;
    int64_t prompt_bytes;
    // When the last byte of the request reached the kernel, and when the server read it.
    int64_t arrived_ns, read_ns;
    int64_t due_ns;
    int sent;
    int64_t *send_ns;
    bool complete;
    struct answer *next;
};

struct connection {
    int socket;
    int client_port;
    bool closing;
    // The client was told to send the body.
    bool continued;
    struct text received;
    // Accepted by us and not yet by the socket.
    struct text pending;
    struct answer *answer;
    // Where the connection is in the schedule; -1 when it is not there.
    int place;
};

// schedule.c: which connection must send next.
void schedule_insert(struct connection *connection);
void schedule_remove(struct connection *connection);
struct connection *schedule_first(void);

// frames.c: the bytes of an answer, made before they are needed.
struct slice {
    const char *bytes;
    size_t count;
};
void frames_prepare(const struct settings *settings);
struct slice frames_head(enum dialect dialect);
// What comes before the first token; empty for Ollama.
struct slice frames_role(enum dialect dialect);
struct slice frames_tokens(enum dialect dialect, int first, int count);
void frames_end(struct text *text, const struct answer *answer, const struct settings *settings);

// requests.c
struct request {
    char method[8];
    char path[128];
    char id[LONGEST_ID + 1];
    size_t head_bytes, body_bytes;
    bool expects_continue;
};
enum request_state { REQUEST_INCOMPLETE, REQUEST_COMPLETE, REQUEST_BAD };
// Reads the head of a request; complete only when its body has arrived too.
enum request_state request_read(const struct text *received, struct request *request);
// The dialect of a request for tokens; -1 when it is for something else.
int request_dialect(const struct request *request);
// The answer to any other request.
void request_respond(struct text *text, const struct request *request, const struct settings *settings);

// log.c: kept in memory while an answer runs, so that writing disturbs none.
void log_open(const struct settings *settings);
void log_keep(struct answer *answer);
void log_flush(void);

#endif
