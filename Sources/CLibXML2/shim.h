#ifndef CHIMERA_GATE_CLIBXML2_SHIM_H
#define CHIMERA_GATE_CLIBXML2_SHIM_H

#if !__has_include(<libxml/xmlversion.h>)
#error "libxml2 is missing: install its headers with 'apt-get install libxml2-dev' (macOS: 'brew install libxml2')"
#else
#include <libxml/xmlversion.h>
// libxml2 would pull in ICU's headers, which Foundation brings in another version.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>
#endif

#endif
