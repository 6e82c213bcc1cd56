#include "schemas.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char baseline[] = {
#embed "../GateCLI/Schemas/baseline.schema.json"
};
static const unsigned char baseline_change[] = {
#embed "../GateCLI/Schemas/baseline-change.schema.json"
};
static const unsigned char baseline_diff[] = {
#embed "../GateCLI/Schemas/baseline-diff.schema.json"
};
static const unsigned char baseline_list[] = {
#embed "../GateCLI/Schemas/baseline-list.schema.json"
};
static const unsigned char baseline_verify[] = {
#embed "../GateCLI/Schemas/baseline-verify.schema.json"
};
static const unsigned char calibration[] = {
#embed "../GateCLI/Schemas/calibration.schema.json"
};
static const unsigned char chimera_gate[] = {
#embed "../GateCLI/Schemas/chimera-gate.schema.json"
};
static const unsigned char config_faults[] = {
#embed "../GateCLI/Schemas/config-faults.schema.json"
};
static const unsigned char config_print[] = {
#embed "../GateCLI/Schemas/config-print.schema.json"
};
static const unsigned char corpus[] = {
#embed "../GateCLI/Schemas/corpus.schema.json"
};
static const unsigned char exchange[] = {
#embed "../GateCLI/Schemas/exchange.schema.json"
};
static const unsigned char explanation[] = {
#embed "../GateCLI/Schemas/explanation.schema.json"
};
static const unsigned char fact_explanation[] = {
#embed "../GateCLI/Schemas/fact-explanation.schema.json"
};
static const unsigned char facts[] = {
#embed "../GateCLI/Schemas/facts.schema.json"
};
static const unsigned char init[] = {
#embed "../GateCLI/Schemas/init.schema.json"
};
static const unsigned char judge_case[] = {
#embed "../GateCLI/Schemas/judge-case.schema.json"
};
static const unsigned char judge_verdict[] = {
#embed "../GateCLI/Schemas/judge-verdict.schema.json"
};
static const unsigned char junit_merge[] = {
#embed "../GateCLI/Schemas/junit-merge.schema.json"
};
static const unsigned char lint[] = {
#embed "../GateCLI/Schemas/lint.schema.json"
};
static const unsigned char lint_bindings[] = {
#embed "../GateCLI/Schemas/lint-bindings.schema.json"
};
static const unsigned char listening[] = {
#embed "../GateCLI/Schemas/listening.schema.json"
};
static const unsigned char passed_calls[] = {
#embed "../GateCLI/Schemas/passed-calls.schema.json"
};
static const unsigned char rules[] = {
#embed "../GateCLI/Schemas/rules.schema.json"
};
static const unsigned char schemas[] = {
#embed "../GateCLI/Schemas/schemas.schema.json"
};
static const unsigned char session[] = {
#embed "../GateCLI/Schemas/session.schema.json"
};
static const unsigned char session_overview[] = {
#embed "../GateCLI/Schemas/session-overview.schema.json"
};
static const unsigned char verdict[] = {
#embed "../GateCLI/Schemas/verdict.schema.json"
};

static const unsigned char workloads[] = {
#embed "../GateCLI/Schemas/workloads.schema.json"
};

static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} all[] = {
    {"baseline", baseline, sizeof baseline},
    {"baseline-change", baseline_change, sizeof baseline_change},
    {"baseline-diff", baseline_diff, sizeof baseline_diff},
    {"baseline-list", baseline_list, sizeof baseline_list},
    {"baseline-verify", baseline_verify, sizeof baseline_verify},
    {"calibration", calibration, sizeof calibration},
    {"chimera-gate", chimera_gate, sizeof chimera_gate},
    {"config-faults", config_faults, sizeof config_faults},
    {"config-print", config_print, sizeof config_print},
    {"corpus", corpus, sizeof corpus},
    {"exchange", exchange, sizeof exchange},
    {"explanation", explanation, sizeof explanation},
    {"fact-explanation", fact_explanation, sizeof fact_explanation},
    {"facts", facts, sizeof facts},
    {"init", init, sizeof init},
    {"judge-case", judge_case, sizeof judge_case},
    {"judge-verdict", judge_verdict, sizeof judge_verdict},
    {"junit-merge", junit_merge, sizeof junit_merge},
    {"lint", lint, sizeof lint},
    {"lint-bindings", lint_bindings, sizeof lint_bindings},
    {"listening", listening, sizeof listening},
    {"passed-calls", passed_calls, sizeof passed_calls},
    {"rules", rules, sizeof rules},
    {"schemas", schemas, sizeof schemas},
    {"session", session, sizeof session},
    {"session-overview", session_overview, sizeof session_overview},
    {"verdict", verdict, sizeof verdict},
    {"workloads", workloads, sizeof workloads},
};

size_t chimera_gate_schema_count(void) { return sizeof all / sizeof all[0]; }

const char *chimera_gate_schema_name(size_t index) { return all[index].name; }

const unsigned char *chimera_gate_schema_bytes(size_t index, size_t *count) {
    *count = all[index].count;
    return all[index].bytes;
}
