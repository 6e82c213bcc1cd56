// A relay that only passes bytes on: the least that anything between a client and a server can add.
//
//     relay PORT
//
// Listens on a port of 127.0.0.1 that it prints, and connects each client to PORT. One thread, one wait, one read and
// one write for each piece; nothing is looked at, and what a client does not take at once ends its connection.
#include "../common/text.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_SOCKETS 65536

static int peers[MOST_SOCKETS];
static int poller;
static volatile sig_atomic_t stopping;

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

static int tcp_socket(void) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) fail("socket: %s", strerror(errno));
    return descriptor;
}

static void join(int one, int other) {
    if (one >= MOST_SOCKETS || other >= MOST_SOCKETS) fail("too many sockets");
    int yes = 1;
    setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = one};
    epoll_ctl(poller, EPOLL_CTL_ADD, one, &event);
    peers[one] = other;
}

static void accept_one(int listener, const struct sockaddr_in *server) {
    int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0) return;
    int upstream = tcp_socket();
    if (connect(upstream, (const struct sockaddr *)server, sizeof *server)) fail("connect: %s", strerror(errno));
    join(client, upstream);
    join(upstream, client);
}

static void pass_on(int from) {
    static char bytes[16384];
    int to = peers[from];
    if (!to) return;
    ssize_t count = recv(from, bytes, sizeof bytes, MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count > 0 && send(to, bytes, (size_t)count, MSG_NOSIGNAL | MSG_DONTWAIT) == count) return;
    peers[from] = peers[to] = 0;
    close(from);
    close(to);
}

int main(int count, char **arguments) {
    if (count != 2) fail("wanted: relay PORT");
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1])),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof own;
    int listener = tcp_socket();
    if (bind(listener, (struct sockaddr *)&own, sizeof own) || listen(listener, 4096)) fail("%s", strerror(errno));
    getsockname(listener, (struct sockaddr *)&own, &length);
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    printf("listening on http://127.0.0.1:%d\n", ntohs(own.sin_port));
    fflush(stdout);
    while (!stopping) {
        struct epoll_event events[256];
        int ready = epoll_wait(poller, events, 256, -1);
        for (int at = 0; at < ready; at++) {
            int descriptor = events[at].data.fd;
            if (descriptor == listener) accept_one(listener, &server);
            else pass_on(descriptor);
        }
    }
    return 0;
}
