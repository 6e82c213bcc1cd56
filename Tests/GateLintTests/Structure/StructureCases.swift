import GateCore

@testable import GateLint

/// Findings of structure alone.
func structure(
    _ text: String, required: [String] = [], names: [String] = []
) -> [Finding] {
    let lines = ReportLines(text)
    let audit = Audit(
        lines: lines, headings: lines.headings(), degeneration: Degeneration(lines), required: required, names: names,
        claims: ClaimAudit(ReportDocument(text), .none, explains: false))
    let rules = RuleRegistry.rules.filter { $0.description.rule.family == .structure }
    return Findings.reduced(rules.flatMap { $0.findings(audit) })
}

/// Rules with the lines and claims of what they find: `S03 2 [Your Name]`.
func found(_ text: String, required: [String] = [], names: [String] = []) -> [String] {
    structure(text, required: required, names: names).map { "\($0.rule.rawValue) \($0.place.line) \($0.claim)" }
}

/// A report without any defect of structure, in the workload's layout.
let soundReport = """
    # Technical Report: Analyst Analysis

    **Date:** 2026-11-25
    **Model:** smollm2

    ---

    ## 1. Executive Summary

    The corpus holds 101 files; gemma3 reached 102.20 tok/s.

    ## 2. Data Ingestion Summary

    | Type | Files |
    |------|------:|
    | CSV  | 28 |
    | JSON | 44 |

    ## 3. Performance Analysis

    * **Throughput:** the mean is 102.20 tok/s (`results[0].tokens_s`).
    * **TTFT:** the median is 0.14 s, see [the runs](reports/runs.md).

    ## 4. Key Findings

    1. Throughput hardly varies between the runs of a model.
    2. The first call after a load takes twenty times as long as the others.

    ## 5. Recommendations

    - Keep the model loaded, so that you avoid cold calls.

    ## 6. Appendix

    ```json
    {"tokens_s": 102.20, "name": "[not a placeholder]"}
    ```

    """
