#ifndef CHIMERA_GATE_CCURL_SHIM_H
#define CHIMERA_GATE_CCURL_SHIM_H

#if !__has_include(<curl/curl.h>)
#error "libcurl is missing: install its headers with 'apt-get install libcurl4-openssl-dev' (macOS: 'brew install curl')"
#else
#include <curl/curl.h>
#endif

#endif
