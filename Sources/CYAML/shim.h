#ifndef CHIMERA_GATE_CYAML_SHIM_H
#define CHIMERA_GATE_CYAML_SHIM_H

#if !__has_include(<yaml.h>)
#error "libyaml is missing: install its headers with 'apt-get install libyaml-dev' (macOS: 'brew install libyaml')"
#else
#include <yaml.h>
#endif

#endif
