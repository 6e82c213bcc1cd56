import Foundation
import GateCore
import GateJSON
import Testing

@testable import GateLint

@Suite("Reports that people have labelled", .enabled(if: LabelledReports.isPresent, "the labelled reports are absent"))
struct LabelledReportTests {
    private static let reports = ["R062", "R100", "R424", "R683", "R737", "R828", "R855", "R876"]

    private func score(_ reports: [String]) throws -> LabelledReports.Score {
        let labels = try LabelledReports.labels()
        var score = LabelledReports.Score()
        for report in reports {
            let facts = try LabelledReports.json("facts/\(report).json")
            let assessment = ReportAudit.assess(
                Array(try LabelledReports.text(report).utf8), known: ReportFacts(facts), settings: QualitySettings(),
                day: "2025-12-01")
            LabelledReports.score(assessment.findings, labels.filter { $0.report == report }, into: &score)
        }
        return score
    }

    @Test("The defects of real reports are found, and little else")
    func developmentSet() throws {
        let score = try score(LabelledReportTests.reports)
        #expect(score.overall >= 0.92, "\(score)")
        #expect(score.coreF1 >= 0.92, "\(score)")
    }

    @Test("One changed number, unit, date or name is found, and a report without a change is left alone")
    func mutations() throws {
        let store = ReportFacts(try LabelledReports.json("mutations/facts.json"))
        var score = LabelledReports.Score()
        var flagged: [String] = []
        for (id, text, labels) in try LabelledReports.mutations() {
            let findings = Reports.assess(text, store).findings.filter { $0.severity != .info }
            LabelledReports.score(findings, labels, into: &score)
            if id.hasPrefix("C"), !findings.isEmpty { flagged.append(id) }
        }
        #expect(score.recall >= 0.97, "\(score)")
        #expect(flagged.count <= 1, "\(flagged)")
    }

    @Test("A number that is changed is not accepted by chance")
    func chance() throws {
        var generator = Jitter(state: 7)
        var (draws, accepted, coarse, coarseAccepted) = (0, 0, 0, 0)
        for label in try LabelledReports.labels()
        where label.kind == "numeric" && ["grounded", "derivable"].contains(label.verdict) {
            let facts = ReportFacts(try LabelledReports.json("facts/\(label.report).json"))
            var lines = try LabelledReports.text(label.report).split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
            for _ in 0..<3 {
                guard let (line, columns, digits) = generator.changed(lines[label.line - 1], label.columns) else {
                    continue
                }
                let before = lines[label.line - 1]
                lines[label.line - 1] = line
                let isFound = Reports.assess(lines.joined(separator: "\n"), facts).findings.contains {
                    $0.severity != .info && $0.place.line == label.line && $0.place.columnStart < columns.upperBound
                        && columns.lowerBound < $0.place.columnEnd
                }
                lines[label.line - 1] = before
                draws += 1
                accepted += isFound ? 0 : 1
                coarse += digits == 2 ? 1 : 0
                coarseAccepted += digits == 2 && !isFound ? 1 : 0
            }
        }
        #expect(draws > 80)
        #expect(Double(accepted) <= 0.05 * Double(draws), "\(accepted) of \(draws)")
        #expect(Double(coarseAccepted) <= 0.10 * Double(coarse), "\(coarseAccepted) of \(coarse)")
    }
}

/// Changes a number by a factor that is log-normal with σ = 0.5 and keeps how precisely it is printed.
private struct Jitter {
    var state: UInt64

    mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return (Double(z >> 11) + 0.5) / 9_007_199_254_740_992
    }

    /// Nil where the changed number prints like the old one.
    mutating func changed(_ line: String, _ columns: Range<Int>) -> (String, Range<Int>, digits: Int)? {
        let scalars = Array(line.unicodeScalars)
        let token = String(String.UnicodeScalarView(scalars[(columns.lowerBound - 1)..<(columns.upperBound - 1)]))
        guard let value = Double(token.filter { $0 != "," }), value > 0 else { return nil }
        // The sum of twelve uniform numbers is normal to within what matters here.
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
        let decimals = token.split(separator: ".").dropFirst().first?.count ?? 0
        let new = fixed(value * exp(0.5 * normal), decimals)
        guard new != token, let number = Double(new), number != 0 else { return nil }
        let text =
            String(String.UnicodeScalarView(scalars[..<(columns.lowerBound - 1)])) + new
            + String(String.UnicodeScalarView(scalars[(columns.upperBound - 1)...]))
        let digits = new.filter { $0 != "." }.drop { $0 == "0" }.count
        return (text, columns.lowerBound..<columns.lowerBound + new.count, digits)
    }

    private func fixed(_ value: Double, _ decimals: Int) -> String {
        let scaled = (value * powerOfTen(decimals)).rounded()
        guard decimals > 0, scaled < 1e15 else { return String(Int(clamping: min(scaled, 1e15))) }
        var digits = String(Int(clamping: scaled))
        while digits.count <= decimals { digits = "0" + digits }
        return digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }
}
