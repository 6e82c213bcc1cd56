#ifndef CHIMERA_GATE_CCRYPTO_SHIM_H
#define CHIMERA_GATE_CCRYPTO_SHIM_H

#if !__has_include(<openssl/evp.h>)
#error "OpenSSL is missing: install its headers with 'apt-get install libssl-dev' (macOS: 'brew install openssl@3')"
#else
#include <openssl/evp.h>
#include <openssl/pem.h>
#endif

#endif
