import Foundation
import GateCore
import GateJSON
import TestSupport

@testable import GateLint

/// The labelled reports and mutations that lie beside the project, scored as their own scorer does.
struct LabelledReports {
    struct Label {
        let report: String
        let line: Int
        let columns: Range<Int>
        let kind: String
        let claim: String
        let verdict: String
        let rule: String
        let mutation: String?

        var isDefect: Bool { ["unsupported", "contradicted", "defect"].contains(verdict) }
        var isSound: Bool { ["grounded", "derivable", "not-a-claim"].contains(verdict) }

        func overlaps(_ finding: Finding) -> Bool {
            line == finding.place.line && finding.place.columnStart < columns.upperBound
                && columns.lowerBound < finding.place.columnEnd
        }

        func isHit(by finding: Finding) -> Bool {
            if kind == "structure" {
                guard finding.rule.rawValue == rule else { return false }
                guard rule == "S01" else { return abs(finding.place.line - line) <= 2 }
                let section = claim.components(separatedBy: ": ").last ?? claim
                return finding.claim.lowercased().contains(section.lowercased())
            }
            if overlaps(finding) { return true }
            if kind == "qualitative", line == finding.place.line, finding.rule.rawValue == rule { return true }
            return line == finding.place.line && ["entity", "comparison", "unit"].contains(mutation ?? "")
        }
    }

    struct Score {
        var hits = 0
        var falseAlarms = 0
        var found = 0
        var defects = 0
        var coreFound = 0
        var core = 0

        var precision: Double { Double(hits) / Double(max(1, hits + falseAlarms)) }
        var recall: Double { Double(found) / Double(max(1, defects)) }
        func f1(_ recall: Double) -> Double { 2 * precision * recall / max(1e-9, precision + recall) }
        var overall: Double { f1(recall) }
        /// Of numbers, dates and names.
        var coreF1: Double { f1(Double(coreFound) / Double(max(1, core))) }
    }

    static let folder = SharedData.url("data/report-quality")
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func json(_ path: String) throws -> JSONValue {
        try JSONValue.parse([UInt8](Data(contentsOf: folder.appending(path: path))))
    }

    static func text(_ report: String) throws -> String {
        try String(contentsOf: folder.appending(path: "reports/\(report).md"), encoding: .utf8)
    }

    static func labels() throws -> [Label] {
        try lines("labels.jsonl").compactMap(Label.init)
    }

    static func mutations() throws -> [(id: String, text: String, labels: [Label])] {
        try lines("mutations/cases.jsonl").compactMap { json in
            guard let id = json["case_id"]?.string, let text = json["text"]?.string else { return nil }
            return (id, text, (json["labels"]?.array ?? []).compactMap(Label.init))
        }
    }

    private static func lines(_ path: String) throws -> [JSONValue] {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8).split(separator: "\n")
            .map { try JSONValue.parse(String($0)) }
    }

    static func score(_ findings: [Finding], _ labels: [Label], into score: inout Score) {
        var used: Set<Int> = []
        for finding in findings where finding.severity != .info {
            let hits = labels.indices.filter { labels[$0].isDefect && labels[$0].isHit(by: finding) }
            guard hits.isEmpty else {
                score.hits += 1
                let open = hits.filter { !used.contains($0) }
                let best = open.min { distance(labels[$0], finding) < distance(labels[$1], finding) }
                if let best { used.insert(best) }
                continue
            }
            let touched = labels.filter { $0.overlaps(finding) }
            guard !touched.contains(where: { $0.verdict == "uncertain" }) else { continue }
            if touched.contains(where: \.isSound) { score.falseAlarms += 1 }
        }
        for (index, label) in labels.enumerated() where label.isDefect {
            score.defects += 1
            score.found += used.contains(index) ? 1 : 0
            guard ["numeric", "date", "entity"].contains(label.kind) else { continue }
            score.core += 1
            score.coreFound += used.contains(index) ? 1 : 0
        }
    }

    private static func distance(_ label: Label, _ finding: Finding) -> Int {
        (label.line == finding.place.line ? 0 : 10_000) + abs(label.columns.lowerBound - finding.place.columnStart)
    }
}

extension LabelledReports.Label {
    init?(_ json: JSONValue) {
        guard let report = json["report_id"]?.string, let line = json["line"]?.int, let start = json["col_start"]?.int,
            let end = json["col_end"]?.int, let kind = json["kind"]?.string, let verdict = json["label"]?.string
        else { return nil }
        self.init(
            report: report, line: line, columns: start..<max(start, end), kind: kind,
            claim: json["claim_text"]?.string ?? "", verdict: verdict, rule: json["rule_id"]?.string ?? "",
            mutation: json["mutation"]?.string)
    }
}
