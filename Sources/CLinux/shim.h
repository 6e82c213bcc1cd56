#ifndef CHIMERA_GATE_CLINUX_SHIM_H
#define CHIMERA_GATE_CLINUX_SHIM_H

// What the kernel offers and Swift's Glibc module leaves out.
#if defined(__linux__)
#include <sys/epoll.h>
#endif

#endif
