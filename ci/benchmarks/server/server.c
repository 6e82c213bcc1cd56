// The event loop: one thread, epoll, every token on an absolute deadline. See README.md for the options.
#include "server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static struct settings settings = {.rate = 50, .batch = 64, .tokens = 250, .ttft_ns = 300000000, .spread = true,
                                   .model = "benchmark"};
static int poller, listener;
static int64_t answers_begun;
static int answers_running;
static volatile sig_atomic_t stopping;

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

// MARK: - Sending

static void watch(struct connection *connection, bool writable) {
    struct epoll_event event = {.events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = connection};
    epoll_ctl(poller, EPOLL_CTL_MOD, connection->socket, &event);
}

// Sends what the socket takes and keeps the rest.
static void deliver(struct connection *connection, struct slice slice, bool more_follows) {
    ssize_t sent = 0;
    if (!connection->pending.count) {
        sent = send(connection->socket, slice.bytes, slice.count, MSG_NOSIGNAL | (more_follows ? MSG_MORE : 0));
        if (sent < 0 && errno != EAGAIN) {
            connection->closing = true;
            return;
        }
        if (sent < 0) sent = 0;
    }
    if ((size_t)sent == slice.count) return;
    if (!connection->pending.count) watch(connection, true);
    text_add(&connection->pending, slice.bytes + sent, slice.count - (size_t)sent);
}

static void end_answer(struct connection *connection, bool complete) {
    struct answer *answer = connection->answer;
    schedule_remove(connection);
    connection->answer = NULL;
    answer->complete = complete;
    answers_running--;
    log_keep(answer);
}

// The golden ratio's multiples fall evenly between 0 and 1, however many there are.
static double phase(int64_t sequence) {
    double multiple = (double)sequence * 0.6180339887498949;
    return multiple - (double)(int64_t)multiple;
}

static void begin_answer(
    struct connection *connection, const struct request *request, int dialect, int64_t arrived, int64_t read) {
    struct answer *answer = allocated(calloc(1, sizeof *answer));
    answer->dialect = (enum dialect)dialect;
    memcpy(answer->id, request->id, sizeof answer->id);
    answer->sequence = answers_begun++;
    answer->client_port = connection->client_port;
    answer->prompt_bytes = (int64_t)request->body_bytes;
    answer->arrived_ns = arrived;
    answer->read_ns = read;
    answer->send_ns = allocated(malloc((size_t)settings.tokens * sizeof *answer->send_ns));
    answer->due_ns = arrived + settings.ttft_ns;
    if (settings.spread && settings.rate > 0) {
        // A stream has its phase on the clock, not after its request: how close together a client's requests arrive must
        // not decide how many of their tokens fall together.
        int64_t period = (int64_t)(1e9 / settings.rate);
        int64_t due = answer->due_ns / period * period + (int64_t)(phase(answer->sequence) * (double)period);
        answer->due_ns = due < answer->due_ns ? due + period : due;
    }
    connection->answer = answer;
    answers_running++;
    schedule_insert(connection);
    // llama-server sends its headers before it evaluates the prompt, Ollama with the first token.
    if (answer->dialect == OPENAI_CHAT) deliver(connection, frames_head(answer->dialect), false);
}

static void send_tokens(struct connection *connection) {
    struct answer *answer = connection->answer;
    int count = settings.rate > 0 ? 1 : settings.batch;
    if (count > settings.tokens - answer->sent) count = settings.tokens - answer->sent;
    if (answer->sent == 0) {
        if (answer->dialect != OPENAI_CHAT) deliver(connection, frames_head(answer->dialect), true);
        else deliver(connection, frames_role(answer->dialect), true);
    }
    struct slice tokens = frames_tokens(answer->dialect, answer->sent, count);
    int64_t now = monotonic_ns();
    deliver(connection, tokens, false);
    for (int token = 0; token < count; token++) answer->send_ns[answer->sent++] = now;
    if (connection->closing) return;
    if (answer->sent == settings.tokens) {
        struct text end = {0};
        frames_end(&end, answer, &settings);
        deliver(connection, (struct slice){end.bytes, end.count}, false);
        free(end.bytes);
        end_answer(connection, true);
        return;
    }
    schedule_remove(connection);
    answer->due_ns = settings.rate > 0 ? answer->due_ns + (int64_t)(1e9 / settings.rate) : now;
    // At full rate a stream waits until its socket takes more; a paced one keeps its times.
    if (settings.rate > 0 || !connection->pending.count) schedule_insert(connection);
}

// MARK: - Connections

static void close_connection(struct connection *connection) {
    if (connection->answer) end_answer(connection, false);
    close(connection->socket);
    free(connection->received.bytes);
    free(connection->pending.bytes);
    free(connection);
}

static void accept_all(void) {
    for (;;) {
        struct sockaddr_in address;
        socklen_t length = sizeof address;
        int socket = accept4(listener, (struct sockaddr *)&address, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return;
        int yes = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        stamp_receives(socket);
        struct connection *connection = allocated(calloc(1, sizeof *connection));
        connection->socket = socket;
        connection->client_port = ntohs(address.sin_port);
        connection->place = -1;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event);
    }
}

// When the bytes reached the kernel, in CLOCK_MONOTONIC; `read` where it does not say.
static ssize_t receive(struct connection *connection, int64_t *arrived, int64_t *read) {
    text_reserve(&connection->received, 65536);
    struct iovec space = {
        connection->received.bytes + connection->received.count,
        connection->received.capacity - connection->received.count,
    };
    _Alignas(struct cmsghdr) char control[RECEIVE_TIME_SPACE];
    struct msghdr message = {.msg_iov = &space, .msg_iovlen = 1, .msg_control = control,
                             .msg_controllen = sizeof control};
    ssize_t count = recvmsg(connection->socket, &message, 0);
    *read = monotonic_ns();
    int64_t stamp = count > 0 ? receive_time_ns(&message) : 0;
    *arrived = stamp ? stamp - realtime_offset_ns() : *read;
    if (count > 0) connection->received.count += (size_t)count;
    return count;
}

static void read_requests(struct connection *connection) {
    int64_t arrived, read;
    ssize_t count = receive(connection, &arrived, &read);
    if (count == 0 || (count < 0 && errno != EAGAIN)) connection->closing = true;
    struct request request;
    while (!connection->closing && !connection->answer) {
        enum request_state state = request_read(&connection->received, &request);
        if (state == REQUEST_BAD) connection->closing = true;
        if (state == REQUEST_INCOMPLETE && request.expects_continue && !connection->continued) {
            connection->continued = true;
            deliver(connection, (struct slice){"HTTP/1.1 100 Continue\r\n\r\n", 25}, false);
        }
        if (state != REQUEST_COMPLETE) return;
        connection->continued = false;
        text_drop(&connection->received, request.head_bytes + request.body_bytes);
        int dialect = request_dialect(&request);
        if (dialect >= 0) {
            begin_answer(connection, &request, dialect, arrived, read);
        } else {
            struct text response = {0};
            request_respond(&response, &request, &settings);
            deliver(connection, (struct slice){response.bytes, response.count}, false);
            free(response.bytes);
        }
    }
}

static void write_pending(struct connection *connection) {
    struct text *pending = &connection->pending;
    ssize_t sent = send(connection->socket, pending->bytes, pending->count, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) connection->closing = true;
    if (sent <= 0) return;
    text_drop(pending, (size_t)sent);
    if (pending->count) return;
    watch(connection, false);
    if (connection->answer && connection->place < 0) schedule_insert(connection);
}

// MARK: - The loop

static void send_due(void) {
    // So many that a burst of tokens does not keep requests waiting for long.
    for (int turn = 0; turn < 32; turn++) {
        struct connection *connection = schedule_first();
        if (!connection || connection->answer->due_ns > monotonic_ns()) return;
        send_tokens(connection);
        if (connection->closing) close_connection(connection);
    }
}

static void wait_for_events(void) {
    struct connection *first = schedule_first();
    int64_t wait = first ? first->answer->due_ns - monotonic_ns() : 1000000000;
    if (wait < 0) wait = 0;
    struct timespec timeout = {wait / 1000000000, wait % 1000000000};
    struct epoll_event events[256];
    int count = epoll_pwait2(poller, events, 256, &timeout, NULL);
    for (int at = 0; at < count; at++) {
        struct connection *connection = events[at].data.ptr;
        if (!connection) {
            accept_all();
            continue;
        }
        if (events[at].events & EPOLLOUT) write_pending(connection);
        if (!connection->closing && (events[at].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) read_requests(connection);
        if (connection->closing) close_connection(connection);
    }
}

static void listen_on(int port) {
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    stamp_receives(listener);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4096)) {
        fail("port %d cannot be listened on: %s", port, strerror(errno));
    }
    getsockname(listener, (struct sockaddr *)&address, &length);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    printf("listening on http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
}

static void read_options(int count, char **arguments) {
    static const struct option options[] = {
        {"port", 1, 0, 'p'}, {"rate", 1, 0, 'r'}, {"batch", 1, 0, 'b'}, {"tokens", 1, 0, 't'},
        {"ttft-ms", 1, 0, 'f'}, {"log", 1, 0, 'l'}, {"model", 1, 0, 'm'}, {"no-spread", 0, 0, 's'}, {0, 0, 0, 0},
    };
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'p': settings.port = atoi(optarg); break;
        case 'r': settings.rate = atof(optarg); break;
        case 'b': settings.batch = atoi(optarg); break;
        case 't': settings.tokens = atoi(optarg); break;
        case 'f': settings.ttft_ns = (int64_t)(atof(optarg) * 1e6); break;
        case 'l': settings.log_path = optarg; break;
        case 'm': settings.model = optarg; break;
        case 's': settings.spread = false; break;
        default: exit(64);
        }
    }
    if (settings.tokens < 1 || settings.rate < 0 || settings.batch < 1 || settings.batch > LARGEST_BATCH) {
        fail("--tokens must be 1 or more, --rate 0 or more, --batch from 1 to %d", LARGEST_BATCH);
    }
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    // Timers are 50 µs late by default.
    prctl(PR_SET_TIMERSLACK, 1);
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    frames_prepare(&settings);
    log_open(&settings);
    listen_on(settings.port);
    while (!stopping) {
        send_due();
        wait_for_events();
        if (!answers_running) log_flush();
    }
    log_flush();
    return 0;
}
