// CLOCK_MONOTONIC in nanoseconds, and the kernel's receive times brought to it.
#ifndef BENCHMARKS_CLOCK_H
#define BENCHMARKS_CLOCK_H

#include <linux/net_tstamp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static inline int64_t clock_ns(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static inline int64_t monotonic_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

// What must be subtracted from CLOCK_REALTIME to get CLOCK_MONOTONIC: of a few readings the one that was least
// interrupted.
static inline int64_t realtime_offset_ns(void) {
    int64_t best_width = INT64_MAX, offset = 0;
    for (int reading = 0; reading < 5; reading++) {
        int64_t before = monotonic_ns(), real = clock_ns(CLOCK_REALTIME), after = monotonic_ns();
        if (after - before < best_width) {
            best_width = after - before;
            offset = real - (before + after) / 2;
        }
    }
    return offset;
}

// Asks the kernel to stamp what the socket receives.
static inline int stamp_receives(int socket) {
    int flags = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
    return setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags);
}

// The receive time in a message's control data, as CLOCK_REALTIME; 0 where there is none.
static inline int64_t receive_time_ns(struct msghdr *message) {
    for (struct cmsghdr *item = CMSG_FIRSTHDR(message); item; item = CMSG_NXTHDR(message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_TIMESTAMPING) continue;
        struct timespec times[3];
        memcpy(times, CMSG_DATA(item), sizeof times);
        return (int64_t)times[0].tv_sec * 1000000000 + times[0].tv_nsec;
    }
    return 0;
}

#define RECEIVE_TIME_SPACE CMSG_SPACE(3 * sizeof(struct timespec))

#endif
