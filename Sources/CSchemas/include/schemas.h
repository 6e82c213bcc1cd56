#ifndef CHIMERA_GATE_SCHEMAS_H
#define CHIMERA_GATE_SCHEMAS_H

#include <stddef.h>

/// How many schemas there are.
size_t chimera_gate_schema_count(void);

/// The name of a schema, as in `session`; its index is less than the count.
const char *chimera_gate_schema_name(size_t index);

/// The bytes of a schema, without an end mark.
const unsigned char *chimera_gate_schema_bytes(size_t index, size_t *count);

#endif
