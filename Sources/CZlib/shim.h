#ifndef CHIMERA_GATE_CZlib_SHIM_H
#define CHIMERA_GATE_CZlib_SHIM_H

#if !__has_include(<zlib.h>)
#error "zlib is missing: install its headers with 'apt-get install zlib1g-dev' (macOS: 'brew install zlib')"
#else
#include <zlib.h>
#endif

#endif
