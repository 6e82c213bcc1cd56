internal import GateCore

/// The rules of structure: what is wrong with a report whatever the data says.
enum StructureRules {
    /// - Parameters:
    ///   - required: names of the sections that the report must have.
    ///   - names: names of the data and allowed words, which are no drift of script.
    static func findings(
        _ lines: ReportLines, required: [String], names: [String], degeneration: Degeneration
    ) -> [Finding] {
        let headings = lines.headings()
        let findings =
            RequiredSections.findings(lines, headings: headings, required: required)
            + EmptySections.findings(lines, headings: headings, required: required)
            + Placeholders.findings(lines) + RepeatedSections.findings(lines, headings: headings, required: required)
            + Truncation.findings(lines) + Chatter.findings(lines, headings: headings)
            + BrokenMarkup.findings(lines) + ScriptDrift.findings(lines, names: names)
            + RepeatedLines.findings(lines, degeneration)
        // A fragment in broken emphasis is one defect.
        let strays = Set(findings.filter { $0.rule == .S09 }.map(\.place.line))
        return capped(findings.filter { $0.rule != .S08 || !strays.contains($0.place.line) })
    }

    /// A text that goes round in circles repeats its defects; more than so many alike tell nothing new.
    private static let mostAlike = 5

    private static func capped(_ findings: [Finding]) -> [Finding] {
        struct Kind: Hashable {
            let rule: RuleID
            let claim: String
        }
        var counts: [Kind: Int] = [:]
        return findings.filter { finding in
            let kind = Kind(rule: finding.rule, claim: finding.claim)
            counts[kind, default: 0] += 1
            return counts[kind, default: 0] <= mostAlike
        }
    }
}
