// The loop: curl_multi_socket_action on epoll, and before each read the time at which the kernel received it.
#include "client.h"

#include <getopt.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

struct reading reading;

static struct settings settings = {.api = OLLAMA, .concurrency = 1, .requests = 1};
static CURLM *multi;
static int poller;
// When curl wants to be called without a ready socket; -1 for never.
static int64_t curl_due_ns = -1;
static int64_t realtime_offset, realtime_sampled;
static struct text body;
static FILE *exchanges;
static int64_t begun, ended, failed, tokens;
static int64_t first_start_ns;

// MARK: - curl's wishes

static int socket_changed(CURL *easy, curl_socket_t socket, int what, void *context, void *known) {
    (void)easy, (void)context;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(poller, EPOLL_CTL_DEL, socket, NULL);
        return 0;
    }
    struct epoll_event event = {.data.fd = socket};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    epoll_ctl(poller, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
    curl_multi_assign(multi, socket, &settings);
    return 0;
}

static int timer_changed(CURLM *handle, long milliseconds, void *context) {
    (void)handle, (void)context;
    curl_due_ns = milliseconds < 0 ? -1 : monotonic_ns() + milliseconds * 1000000;
    return 0;
}

// MARK: - Receive times

static void sample_offset(int64_t now) {
    if (now - realtime_sampled < 100000000) return;
    realtime_offset = realtime_offset_ns();
    realtime_sampled = now;
}

// When the kernel received what is about to be read. Looks without copying: with MSG_TRUNC, TCP fills no buffer.
static void stamp_read(int socket) {
    struct iovec nowhere = {NULL, 1 << 20};
    _Alignas(struct cmsghdr) char control[RECEIVE_TIME_SPACE];
    struct msghdr message = {.msg_iov = &nowhere, .msg_iovlen = 1, .msg_control = control,
                             .msg_controllen = sizeof control};
    ssize_t count = recvmsg(socket, &message, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    int64_t stamp = count > 0 ? receive_time_ns(&message) : 0;
    reading.number++;
    reading.by_clock = !stamp;
    reading.stamp_ns = stamp ? stamp - realtime_offset : monotonic_ns();
}

// MARK: - Requests

static bool may_begin(int64_t now) {
    if (begun == settings.requests) return false;
    if (settings.rate > 0) return now >= first_start_ns + (int64_t)((double)begun * 1e9 / settings.rate);
    return begun - ended < settings.concurrency;
}

static void begin_requests(void) {
    while (may_begin(monotonic_ns())) {
        struct exchange *exchange = exchange_begin(++begun, &settings, &body);
        curl_multi_add_handle(multi, exchange->easy);
    }
}

static void finish_requests(void) {
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        struct exchange *exchange;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
        curl_multi_remove_handle(multi, exchange->easy);
        tokens += (int64_t)exchange->tokens;
        ended++;
        if (!exchange_finish(exchange, code, exchanges)) failed++;
    }
}

// MARK: - The loop

static int64_t sooner(int64_t one, int64_t other) { return one < 0 ? other : other < 0 || one < other ? one : other; }

static void turn(void) {
    int64_t due = curl_due_ns;
    if (settings.rate > 0 && begun < settings.requests) {
        due = sooner(due, first_start_ns + (int64_t)((double)begun * 1e9 / settings.rate));
    }
    int64_t now = monotonic_ns();
    int64_t wait = due < 0 ? 1000000000 : due > now ? due - now : 0;
    struct timespec timeout = {wait / 1000000000, wait % 1000000000};
    struct epoll_event events[256];
    int running, count = epoll_pwait2(poller, events, 256, &timeout, NULL);
    sample_offset(monotonic_ns());
    for (int at = 0; at < count; at++) {
        int mask = 0;
        if (events[at].events & EPOLLIN) mask |= CURL_CSELECT_IN;
        if (events[at].events & EPOLLOUT) mask |= CURL_CSELECT_OUT;
        if (events[at].events & (EPOLLERR | EPOLLHUP)) mask |= CURL_CSELECT_ERR;
        if (mask & CURL_CSELECT_IN) stamp_read(events[at].data.fd);
        curl_multi_socket_action(multi, events[at].data.fd, mask, &running);
    }
    if (curl_due_ns >= 0 && curl_due_ns <= monotonic_ns()) {
        curl_due_ns = -1;
        reading.number++;
        reading.by_clock = true;
        reading.stamp_ns = monotonic_ns();
        curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    finish_requests();
    begin_requests();
}

static void read_options(int count, char **arguments) {
    static const struct option options[] = {
        {"url", 1, 0, 'u'}, {"api", 1, 0, 'a'}, {"model", 1, 0, 'm'}, {"prompt-file", 1, 0, 'p'},
        {"concurrency", 1, 0, 'c'}, {"requests", 1, 0, 'n'}, {"rate", 1, 0, 'r'}, {"exchanges", 1, 0, 'e'},
        {0, 0, 0, 0},
    };
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'u': settings.url = optarg; break;
        case 'a': settings.api = !strcmp(optarg, "openai") ? OPENAI : OLLAMA; break;
        case 'm': settings.model = optarg; break;
        case 'p': settings.prompt_path = optarg; break;
        case 'c': settings.concurrency = atoi(optarg); break;
        case 'n': settings.requests = atoll(optarg); break;
        case 'r': settings.rate = atof(optarg); break;
        case 'e': settings.exchanges_path = optarg; break;
        default: exit(64);
        }
    }
    if (!settings.url || !settings.model || !settings.prompt_path || settings.concurrency < 1) {
        fail("wanted: load --url U --api ollama|openai --model M --prompt-file F --concurrency N --requests R");
    }
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    exchange_body(&body, &settings);
    if (settings.exchanges_path && !(exchanges = fopen(settings.exchanges_path, "w"))) {
        fail("the exchanges cannot be written: %s: %s", settings.exchanges_path, strerror(errno));
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = curl_multi_init();
    poller = epoll_create1(EPOLL_CLOEXEC);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket_changed);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer_changed);
    first_start_ns = monotonic_ns();
    sample_offset(first_start_ns);
    begin_requests();
    while (ended < settings.requests) turn();
    curl_multi_cleanup(multi);
    if (exchanges) fclose(exchanges);
    printf("%lld requests, %lld failed, %lld tokens\n", (long long)ended, (long long)failed, (long long)tokens);
    return failed ? 3 : 0;
}
