import GateCore
import Testing

struct QualitySettingsTests {
    private func finding(_ rule: RuleID, _ severity: Severity, _ claim: String) -> Finding {
        Finding(
            rule: rule, severity: severity, place: ReportPlace(line: 1, columnStart: 1, columnEnd: 2), claim: claim,
            evidence: "", message: "")
    }

    @Test("rules are off or have another severity; what only informs stays so")
    func rules() {
        let settings = QualitySettings(rules: [
            .init(rule: .S06, isOn: false), .init(rule: .G01, severity: .error), .init(rule: .G02, severity: .warning),
        ])
        let findings = [
            finding(.S06, .warning, "a"), finding(.G01, .warning, "b"), finding(.G01, .info, "c"),
            finding(.G02, .error, "d"), finding(.E01, .error, "e"),
        ]
        let left = settings.applied(to: findings, on: "2026-11-25")
        #expect(left.map(\.claim) == ["b", "c", "d", "e"])
        #expect(left.map(\.severity) == [.error, .info, .warning, .error])
    }

    @Test("names that are configured are no inventions")
    func entities() {
        let settings = QualitySettings(entities: ["Model A", "bench_*.csv"])
        let findings = [
            finding(.E02, .warning, "model a"), finding(.E01, .error, "bench_1.csv"),
            finding(.E02, .warning, "Model B"),
            finding(.G04, .error, "Model A"),
        ]
        #expect(settings.applied(to: findings, on: "2026-11-25").map(\.claim) == ["Model B", "Model A"])
    }

    @Test("an allowed finding holds through its last day, for its rule and claim alone")
    func allowed() {
        let entry = QualitySettings.AllowedFinding(
            rule: .G06, claim: "october*2023", reason: "the fixture", expires: "2026-11-25")
        let settings = QualitySettings(allowed: [entry])
        let findings = [
            finding(.G06, .error, "October 26, 2023"), finding(.G07, .error, "October 26, 2023"),
            finding(.G06, .error, "November 26, 2023"),
        ]
        #expect(settings.applied(to: findings, on: "2026-11-25").count == 2)
        #expect(settings.expiryWarnings(on: "2026-11-25") == [])
        #expect(settings.applied(to: findings, on: "2026-11-26").count == 3)
        #expect(settings.expiryWarnings(on: "2026-11-26").count == 1)
    }

    @Test(
        "a pattern covers the whole text, letter case aside",
        arguments: [
            ("a*c", "AbbC", true), ("a*c", "abcd", false), ("*", "", true), ("ab", "AB", true), ("ab", "abc", false),
            ("*b*b*", "abab", true), ("a*a", "a", false), ("*12 ms", "is 12 ms", true), ("", "", true),
            ("", "x", false),
        ])
    func patterns(pattern: String, text: String, matches: Bool) {
        #expect(WildcardPattern(pattern).matches(text) == matches)
    }

    @Test("configured sections go before those of the facts, and nobody else asks for any")
    func sections() {
        #expect(QualitySettings(requiredSections: ["A"]).sections(facts: ["B"]) == ["A"])
        #expect(QualitySettings().sections(facts: ["B"]) == ["B"])
        #expect(QualitySettings().sections(facts: []) == [])
        #expect(QualitySettings().sections(facts: nil) == [])
    }
}
