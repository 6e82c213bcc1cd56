import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@testable import GateQuality

/// Every error on real reports, read: `Precision/read-findings.csv` has the rule, the report, its line, the first such
/// claim of the line, the judgement and why. Reports named `recorded-…` are those of `ci/benchmarks/groundedness`.
@Suite("Errors that people have read")
struct PrecisionTests {
    private struct Reading: Hashable {
        let report: String
        let line: Int
        let rule: String
    }

    private func readings() throws -> [(reading: Reading, isRight: Bool)] {
        let file = SharedData.packageRoot.appending(path: "Tests/GateQualityTests/Precision/read-findings.csv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { row in
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            let line = try #require(Int(cells[2]))
            let reading = Reading(report: String(cells[1]), line: line, rule: String(cells[0]))
            return (reading, row.contains(",right,"))
        }
    }

    /// The errors that the rules find in the recorded reports now.
    private func foundInRecorded() throws -> [(reading: Reading, words: String)] {
        let folder = SharedData.packageRoot.appending(path: "ci/benchmarks/groundedness/recorded")
        let store = FactStore(try JSONValue.parse(Array(Data(contentsOf: folder.appending(path: "facts.json")))))
        var found: [(reading: Reading, words: String)] = []
        for arm in ["facts", "names"] {
            for number in 1...8 {
                let file = folder.appending(path: "\(arm)/\(number).md")
                let text = ReportBody.modelsPart(of: try String(contentsOf: file, encoding: .utf8))
                for finding in ReportCheck.assess(text, against: store).findings where finding.severity == .error {
                    let reading = Reading(
                        report: "recorded-\(arm)-\(number)", line: finding.place.line, rule: finding.rule.rawValue)
                    found.append((reading, "\(finding.claim): \(finding.message)"))
                }
            }
        }
        return found
    }

    @Test("Every error about claims in the recorded reports has been read, and 92 of 100 are defects of the report")
    func recorded() throws {
        let readings = try readings()
        let known = Set(readings.map(\.reading))
        let wrong = Set(readings.filter { !$0.isRight }.map(\.reading))
        let found = try foundInRecorded()
        #expect(found.count >= 100)
        for (reading, words) in found {
            let isRead = known.contains(reading)
            #expect(isRead, "\(reading): \(words)")
        }
        let defects = found.count { !wrong.contains($0.reading) }
        #expect(Double(defects) >= 0.92 * Double(found.count), "\(defects) of \(found.count)")
    }

    @Test(
        "Every error about claims in the real reports has been read",
        .enabled(if: LabelledReports.isPresent, "the reports are absent"))
    func allRead() throws {
        let known = Set(try readings().map(\.reading))
        let folder = SharedData.url("data/agent-reports")
        let given = try LabelledReports.json("facts/R424.json")
        let nothing: JSONValue = .object([
            ("ingest", .object([("total_files", 0), ("total_bytes", 0)])), ("performance_metrics", .object([])),
        ])
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where file.hasSuffix(".md") {
            let text = String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
            let isOfCorpus = ["Files analyzed: 101", "Total files analyzed: 101", "101 files"].contains {
                text.contains($0)
            }
            var store = FactStore(isOfCorpus ? given : nothing)
            store.generatedDate = nil
            for finding in ReportCheck.assess(text, against: store).findings where finding.severity == .error {
                let reading = Reading(
                    report: String(file.dropLast(3)), line: finding.place.line, rule: finding.rule.rawValue)
                let isRead = known.contains(reading)
                #expect(isRead, "\(reading): \(finding.claim): \(finding.message)")
            }
        }
    }
}
