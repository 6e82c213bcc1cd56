#ifndef CHIMERA_GATE_CLINUX_SHIM_H
#define CHIMERA_GATE_CLINUX_SHIM_H

// What the kernel offers and Swift's Glibc module leaves out.
#if defined(__linux__)
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>

// Waits to the nanosecond where the kernel can (Linux 5.11), else to the millisecond above; below 0 waits for ever.
static inline int gate_epoll_wait(int descriptor, struct epoll_event *events, int most, int64_t nanoseconds) {
#if defined(SYS_epoll_pwait2) && defined(__LP64__)
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    long count = syscall(SYS_epoll_pwait2, descriptor, events, most, nanoseconds < 0 ? (void *)0 : &limit, (void *)0, 0);
    if (count >= 0 || errno != ENOSYS) return (int)count;
#endif
    int64_t milliseconds = nanoseconds < 0 ? -1 : (nanoseconds + 999999) / 1000000;
    return epoll_wait(descriptor, events, most, milliseconds > 86400000 ? 86400000 : (int)milliseconds);
}

// Asks the kernel to note when it receives a socket's packets: 0, or -1 where it does not.
static inline int gate_note_receive_times(int descriptor) {
    int flags = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
    return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags);
}

// The kernel's own CLOCK_REALTIME in nanoseconds, with which it notes receive times. The C library may be made to tell
// another time (libfaketime); compared with that one, every receive time would be wrong by the difference.
static inline int64_t gate_kernel_time(void) {
    struct timespec time;
#if defined(SYS_clock_gettime) && defined(__LP64__)
    if (syscall(SYS_clock_gettime, CLOCK_REALTIME, &time) != 0)
#endif
        clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// When the kernel received the last of the next `most` bytes of a TCP socket, in nanoseconds of CLOCK_REALTIME; 0 where
// it did not note that. The bytes stay in the socket; so many as `count` says are copied to `bytes`, unless that is NULL.
static inline int64_t gate_receive_time(int descriptor, void *bytes, size_t most, ssize_t *count) {
    _Alignas(struct cmsghdr) char control[256];
    // Large enough for a socket of another kind: with MSG_TRUNC only one of TCP copies nothing.
    static char scratch[16384];
    struct iovec piece = {bytes ? bytes : scratch, bytes || most < sizeof scratch ? most : sizeof scratch};
    struct msghdr message = {0};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    *count = recvmsg(descriptor, &message, MSG_PEEK | MSG_DONTWAIT | (bytes ? 0 : MSG_TRUNC));
    if (*count <= 0) return 0;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPING) continue;
        struct timespec time;
        memcpy(&time, CMSG_DATA(part), sizeof time);
        return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    }
    return 0;
}
#endif

#endif
