import GateCore
import GateVocabulary

@testable import GateLint

/// Small data for the tests of single stages: three ferries, measured once each, and a run of training.
enum Sample {
    static let ferries = facts([
        table(
            "ferries.csv", key: "ferry",
            [
                ("aurora", ["load_ms": 214.7, "p95_latency_ms": 388.1, "requests": 1240, "tokens_per_s": 51.6]),
                ("borealis", ["load_ms": 163.2, "p95_latency_ms": 301.9, "requests": 990, "tokens_per_s": 77.4]),
                ("calypso", ["load_ms": 321.4, "p95_latency_ms": 512.6, "requests": 410, "tokens_per_s": 38.9]),
            ])
    ])

    static let training = facts([
        steps("fit_alder.csv", [(100, 4.8312), (200, 3.9174)]), steps("fit_birch.csv", [(100, 5.1167), (200, 4.4409)]),
    ])

    /// Three servers, each under three loads.
    static let servers = facts([
        [
            ("pine", 1, 82.2, 142.1, 4121, 76), ("pine", 8, 137.8, 567.3, 5904, 56),
            ("pine", 64, 226.3, 782.4, 4308, 28),
            ("oak", 1, 94.1, 162.6, 6362, 88), ("oak", 8, 176.8, 697.1, 8967, 98), ("oak", 64, 190.3, 915.2, 4590, 89),
            ("elm", 1, 102.3, 248.4, 5626, 77), ("elm", 8, 155.4, 768.2, 2115, 22),
            ("elm", 64, 276.0, 1518.3, 7473, 91),
        ].enumerated().flatMap { row, entry -> [Fact] in
            let labels = [
                FactLabel(.file, text: "loads"), FactLabel(.text, name: "server", text: entry.0),
                FactLabel(.key, name: "clients", text: "\(entry.1)"),
            ]
            return [
                fact(labels, "ttft_ms", entry.2, "loads.csv", row + 2),
                fact(labels, "throughput_tok_s", entry.3, "loads.csv", row + 2),
                fact(labels, "requests", Double(entry.4), "loads.csv", row + 2),
                fact(labels, "requests_per_s", Double(entry.4) / 500, "loads.csv", row + 2),
                fact(labels, "failed", Double(entry.5), "loads.csv", row + 2),
            ]
        }
    ])

    /// - Parameter passedOver: files of other kinds beside those of the facts.
    static func facts(_ facts: [[Fact]], mentions: [Fact] = [], passedOver: Int = 0) -> ReportFacts {
        let all = facts.flatMap(\.self)
        let files = Set(all.map(\.source.file))
        var file = FactsFile(
            generatedDate: "", model: "", agent: nil, config: [:],
            ingest: FactsFile.Ingest(
                totalFiles: files.count, byType: ["csv": files.count],
                latestModified: ["csv": "2026-02-03 10:00:00 UTC"],
                listedFiles: ["csv": files.sorted()], notListed: [:], totalBytes: 4096, dataTypes: ["csv"]),
            performanceMetrics: [:], requiredSections: [], run: [:], facts: all)
        file.mentions = mentions
        file.ingest.passedOver = passedOver
        return ReportFacts(file)
    }

    /// `12.5 ms` on a line of notes.
    static func mention(_ value: Double, unit: String? = nil, line: Int) -> Fact {
        Fact(
            labels: [], metric: "", statistic: .unknown,
            dimension: unit.flatMap { MeasuredUnit($0) }?.dimension ?? .unknown, unit: unit, value: .number(value),
            written: "\(value)", source: FactSource(file: "notes.md", line: line))
    }

    static func table(_ file: String, key: String, _ rows: [(String, [String: Double])]) -> [Fact] {
        rows.enumerated().flatMap { index, row in
            row.1.sorted { $0.key < $1.key }.map { column, value in
                fact(
                    [FactLabel(.file, text: stem(file)), FactLabel(.text, name: key, text: row.0)], column, value, file,
                    index + 2)
            }
        }
    }

    static func steps(_ file: String, _ rows: [(Int, Double)]) -> [Fact] {
        rows.enumerated().map { index, row in
            fact(
                [FactLabel(.file, text: stem(file)), FactLabel(.key, name: "step", text: "\(row.0)")], "loss", row.1,
                file, index + 2)
        }
    }

    static func fact(_ labels: [FactLabel], _ metric: String, _ value: Double, _ file: String, _ line: Int) -> Fact {
        let reading = NameReading(metric)
        return Fact(
            labels: labels, metric: metric, statistic: reading.statistic, dimension: reading.dimension,
            unit: reading.unit?.name,
            value: .number(value), written: "\(value)", source: FactSource(file: file, line: line, column: metric))
    }

    private static func stem(_ file: String) -> String { String(file.prefix { $0 != "." }) }

    /// `error G04 163.2 ms`, one for each finding that is no mere information.
    static func findings(_ text: String, _ facts: ReportFacts) -> [String] {
        assess(text, facts).findings.filter { $0.severity > .info && $0.rule.family != .structure }
            .map { "\($0.severity.rawValue) \($0.rule.rawValue) \($0.claim)" }
    }

    static func assess(_ text: String, _ facts: ReportFacts) -> ReportAssessment {
        ReportAudit.assess(
            Array(text.utf8), known: facts, settings: QualitySettings(requiredSections: []), day: "2026-02-04")
    }
}
