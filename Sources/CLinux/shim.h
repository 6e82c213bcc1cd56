#ifndef CHIMERA_GATE_CLINUX_SHIM_H
#define CHIMERA_GATE_CLINUX_SHIM_H

// What the kernel offers and Swift's Glibc module leaves out.
#if defined(__linux__)
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

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
#endif

#endif
