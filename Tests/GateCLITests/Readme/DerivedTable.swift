import Foundation
import GateCore
import GateJSON
import GateLint
import GateVerdict
import TestSupport

@testable import GateCLI
@testable import GateCorpus
@testable import GateSettings

/// A table of a page that follows from the code. `<!-- derived: name -->` stands before it.
struct DerivedTable {
    let name: String
    let head: [String]
    let rows: [[String]]

    init(_ name: String, _ head: [String], _ rows: [[String]]) {
        self.name = name
        self.head = head
        self.rows = rows
    }

    var markdown: String {
        ([head, head.map { _ in "---" }] + rows).map { cells in
            "| " + cells.map { $0.replacing("|", with: #"\|"#) }.joined(separator: " | ") + " |\n"
        }.joined()
    }

    /// The names of the derived tables of a page.
    static func names(in text: String) -> [String] {
        text.matches(of: /<!-- derived: (.*) -->/).map { String($0.1) }
    }

    /// The page with this table as the code has it.
    func placed(in text: String) -> String {
        let marker = "<!-- derived: \(name) -->\n\n"
        guard let mark = text.range(of: marker) else { return text }
        let old = text[mark.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("|") }
        let length = old.reduce(0) { $0 + $1.count + 1 }
        let end = text.index(mark.upperBound, offsetBy: length, limitedBy: text.endIndex) ?? text.endIndex
        return text[..<mark.upperBound] + markdown + text[end...]
    }

    static let all = [exitStatuses, keys, limits, rules, formats] + metrics
}

// MARK: - Statuses, rules, metrics

extension DerivedTable {
    private static let exitStatuses = DerivedTable(
        "exit statuses", ["status", "meaning", "in a pipeline"],
        GateExit.allCases.map { ["\($0.rawValue)", $0.meaning, $0.action] }
            + [["128 + n", "signal n: what is kept, and how to judge it, is in the message", "run it again"]])

    private static let rules = DerivedTable(
        "rules", ["rule", "what it finds", "severity", "definition", "example"],
        RuleRegistry.all.map { rule in
            [
                "`\(rule.rule.rawValue)`\(rule.needsFacts ? " \\*" : "")", rule.title,
                rule.severities.map(\.rawValue).joined(separator: ", "), rule.definition, "`\(rule.example)`",
            ]
        })

    private static let formats = DerivedTable(
        "known formats", ["tool", "recognised by", "units that are added"],
        [
            ("JSON", KnownFormats.json + [KnownFormats.scalars]), ("table", KnownFormats.tables),
            ("text", KnownFormats.texts),
        ].flatMap { kind, formats in
            formats.map { format in
                let units = Set(format.units.values.compactMap(\.unit)).sorted().joined(separator: ", ")
                let names = format.signature.map { "`\($0)`" }.joined(separator: ", ")
                return [format.name, "\(kind) with \(names)", units.isEmpty ? "–" : units]
            }
        })

    private static let metrics = [
        ("metrics of a call", MetricCatalogue.call), ("metrics of a window", MetricCatalogue.window),
        ("metrics of a run", MetricCatalogue.run), ("metrics of a command", MetricCatalogue.command),
        ("metrics of reports", MetricCatalogue.quality),
    ].map { name, metrics in
        DerivedTable(
            name, ["metric", "definition", "unit", "better", "clock", "stages", "tolerance"], metrics.map(row))
    }

    private static func row(_ metric: Metric) -> [String] {
        [
            "`\(metric.id)`", metric.definition, metric.unit.rawValue, metric.direction.rawValue,
            metric.origin.rawValue, MetricKey.stages(of: metric).map(\.rawValue).joined(separator: ", "),
            metric.defaultTolerance.map {
                DisplayFormat.allowance($0, direction: metric.direction, unit: metric.unit)
            } ?? "–",
        ]
    }
}

// MARK: - Keys

extension DerivedTable {
    private static let limits = DerivedTable(
        "limits by unit", ["unit", "tolerance", "max, min"],
        MetricUnit.allCases.map { unit in
            [
                unit.rawValue, ValueReader<Tolerance>.toleranceShape(of: unit).words,
                ValueReader<Double>.limit(of: unit).shape.words,
            ]
        })

    private static let keys = DerivedTable(
        "configuration keys", ["key", "value", "default", "meaning"],
        rows(of: ConfigurationSection.file.shape, below: ""))

    private static func rows(of shape: ValueShape, below path: String) -> [[String]] {
        guard case .section(let keys, _) = shape else { return [] }
        return keys.flatMap { key -> [[String]] in
            let name = path.isEmpty ? key.name : "\(path).\(key.name)"
            func row(_ words: String) -> [String] {
                ["`\(name)`", words, key.initial?.plainText ?? "", key.meaning]
            }
            switch key.shape {
            case .section where name == "base.server": return [row("the keys of `server`")]
            case .section(let rules, _) where name == "quality.rules":
                let one = rules.first.map { [["`\(name).RULE`", $0.shape.words, "", "One of the rules."]] }
                return [row("")] + (one ?? [])
            case .section: return [row("")] + rows(of: key.shape, below: name)
            case .table where name == "workloads":
                return [row("a mapping of names, each with keys of this table but `version`, `name` and `alpha`")]
            case .table where name == "command.environment":
                return [row("a mapping of names of variables, each with a text")]
            case .table(let rows) where name == "prices":
                return [row("a mapping of models, each with the keys below")]
                    + (rows.first.map { self.rows(of: $0.shape, below: "prices.MODEL") } ?? [])
            case .table(let metrics): return [row("")] + demands(metrics, below: "\(name).METRIC")
            case .list(let item) where item.isSection:
                return [row("a list of mappings")] + rows(of: item, below: "\(name)[]")
            default: return [row(key.shape.words + (key.isRequired ? "; required" : ""))]
            }
        }
    }

    /// What may be demanded of a metric; the words of most depend on its unit.
    private static func demands(_ metrics: [ValueShape.Row], below path: String) -> [[String]] {
        guard case .either(let shapes)? = metrics.first?.shape, case .section(let keys, _)? = shapes.last else {
            return []
        }
        return [["`\(path)`", "a tolerance, or the keys below", "", "What is demanded of it."]]
            + keys.map { key in
                let words = key.name == "role" ? key.shape.words : "by its unit, see below"
                return ["`\(path).\(key.name)`", words, "", key.meaning]
            }
    }
}

extension ValueShape {
    fileprivate var isSection: Bool {
        if case .section = self { true } else { false }
    }
}
