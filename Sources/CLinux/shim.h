#ifndef CHIMERA_GATE_CLINUX_SHIM_H
#define CHIMERA_GATE_CLINUX_SHIM_H

// What the kernel offers and Swift's Glibc module leaves out.
#if defined(__linux__)
#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
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

// When the kernel received the last of the next `most` bytes of a TCP socket, in nanoseconds of CLOCK_REALTIME; 0 where
// it did not note that. The bytes stay where they are: with MSG_TRUNC a TCP socket does not even copy them.
static inline int64_t gate_receive_time(int descriptor, size_t most) {
    _Alignas(struct cmsghdr) char control[256];
    // Large enough for a socket of another kind, from which they would be copied.
    static char scratch[16384];
    struct iovec piece = {scratch, most < sizeof scratch ? most : sizeof scratch};
    struct msghdr message = {0};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(descriptor, &message, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT) <= 0) return 0;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPING) continue;
        struct timespec time;
        memcpy(&time, CMSG_DATA(part), sizeof time);
        return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    }
    return 0;
}

#if defined(__LP64__)
// The head of glibc's and musl's struct dl_phdr_info, which <link.h> shows only with _GNU_SOURCE.
struct gate_loaded_object {
    Elf64_Addr base;
    const char *name;
    const Elf64_Phdr *segments;
    Elf64_Half count;
};
extern int gate_for_each_object(int (*visit)(struct gate_loaded_object *, size_t, void *), void *context)
    __asm__("dl_iterate_phdr");

static inline int gate_forget_segments(struct gate_loaded_object *object, size_t size, void *total) {
    uintptr_t mask = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
    for (Elf64_Half index = 0; index < object->count; index++) {
        const Elf64_Phdr *segment = &object->segments[index];
        // What can be written holds more than the file does: relocations, and what is read-only only after them.
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
        uintptr_t first = (object->base + segment->p_vaddr + mask) & ~mask;
        uintptr_t end = (object->base + segment->p_vaddr + segment->p_filesz) & ~mask;
        if (end > first && madvise((void *)first, end - first, MADV_DONTNEED) == 0) *(size_t *)total += end - first;
    }
    return 0;
}
#endif

// Takes the code and constants of the program and its libraries out of our resident memory; the kernel maps them again
// from the files when they are next used. Returns how many bytes of addresses were covered.
static inline size_t gate_forget_code(void) {
    size_t total = 0;
#if defined(__LP64__)
    gate_for_each_object(gate_forget_segments, &total);
#endif
    return total;
}
#endif

#endif
