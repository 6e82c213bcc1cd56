#ifndef CHIMERA_GATE_CURL_ON_DEMAND_H
#define CHIMERA_GATE_CURL_ON_DEMAND_H

// Nothing to call: linked into the program, this target answers libcurl's own names (see curl_on_demand.c).

#endif
