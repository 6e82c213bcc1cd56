public import GateCore
import GateDigest
import GateJSON

/// Findings as SARIF 2.1.0 (OASIS), which code scanning and editors read.
public struct LintSARIF: Sendable {
    private let rules: [RuleDescription]
    private let folder: String
    private let version: String

    /// - Parameters:
    ///   - rules: every rule that a finding may be of.
    ///   - folder: absolute; files below it are named relative to it.
    ///   - version: of chimera-gate.
    public init(rules: [RuleDescription], folder: String, version: String) {
        self.rules = rules
        self.folder = folder
        self.version = version
    }

    public func render(_ reports: [LintedReport]) -> String {
        let driver: JSONValue = [
            "name": "chimera-gate", "semanticVersion": .string(version), "rules": .array(rules.map(rule)),
        ]
        let log: JSONValue = [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
                    "results": .array(reports.flatMap(results)),
                ]
            ],
        ]
        return VisibleJSON.escaped(log.text) + "\n"
    }

    private func rule(_ rule: RuleDescription) -> JSONValue {
        let needs = rule.needsFacts ? " Needs the data that the report was written from." : ""
        let text = "\(rule.definition)\(needs) Example: \(rule.example)"
        return [
            "id": .string(rule.rule.rawValue), "name": .string(LintSARIF.name(rule.title)),
            "shortDescription": ["text": .string(rule.title)], "fullDescription": ["text": .string(rule.definition)],
            "help": ["text": .string(text)],
            "defaultConfiguration": ["level": .string((rule.severities.first ?? .warning).sarif)],
            "properties": ["tags": [.string(rule.rule.family.rawValue)]],
        ]
    }

    /// `MissingSection`
    private static func name(_ title: String) -> String {
        title.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private func results(_ report: LintedReport) -> [JSONValue] {
        let uri = uri(report.path)
        var seen: [String: Int] = [:]
        return report.assessment.findings.map { finding in
            // Wherever the line has moved to, it is the same finding.
            let identity = "\(finding.rule.rawValue)\n\(uri)\n\(finding.claim)"
            let number = seen[identity, default: 0]
            seen[identity] = number + 1
            return result(finding, uri: uri, fingerprint: SHA256.hash("\(identity)\n\(number)"))
        }
    }

    private func result(_ finding: Finding, uri: String, fingerprint: String) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [("ruleId", .string(finding.rule.rawValue))]
        if let index = rules.firstIndex(where: { $0.rule == finding.rule }) {
            members.append(("ruleIndex", JSONValue(index)))
        }
        let place = finding.place
        let region: JSONValue = [
            "startLine": JSONValue(place.line), "startColumn": JSONValue(place.columnStart),
            "endLine": JSONValue(place.line), "endColumn": JSONValue(max(place.columnStart, place.columnEnd)),
        ]
        members += [
            ("level", .string(finding.severity.sarif)),
            // Readers make links of `[text](address)`.
            (
                "message",
                ["text": .string(VisibleText.line(finding.explained, limit: 1_000).replacing("](", with: "] ("))]
            ),
            ("locations", [["physicalLocation": ["artifactLocation": ["uri": .string(uri)], "region": region]]]),
            ("partialFingerprints", ["chimeraGateFinding/v1": .string(fingerprint)]),
        ]
        return .object(members)
    }

    /// Relative to the folder for what is below it; else that of the file.
    private func uri(_ path: String) -> String {
        let root = folder.hasSuffix("/") ? folder : folder + "/"
        let isBelow = path.hasPrefix(root)
        let parts = (isBelow ? path.dropFirst(root.count) : path[...]).split(separator: "/").filter { $0 != "." }
        let encoded = PublishedRepository.escaped(parts.joined(separator: "/"))
        return path.hasPrefix("/") && !isBelow ? "file:///\(encoded)" : encoded
    }
}

extension Severity {
    fileprivate var sarif: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }
}
