internal import GateCore
internal import GateVocabulary

/// Columns that are called by names of rows: `clicks_A` beside `clicks_B` where A and B are known, `WER v2.4` beside `WER v3.0`,
/// `db-01` beside `db-02`. What tells them apart names their rows, the rest is the metric.
struct OwnerColumns {
    /// Kinds of names by the texts that are known of them.
    private var kinds: [String: Set<String>] = [:]

    private struct Part {
        let metric: String
        let kind: String
        let text: String
    }

    /// The facts with the names in their columns as texts of their rows.
    static func named(_ facts: [Fact]) -> [Fact] {
        let known = OwnerColumns(facts)
        var result = facts
        for file in facts.files {
            let metrics = Set(facts[file].lazy.filter { $0.value.kind == .number }.map(\.metric))
            let parts = metrics.count > 1 ? known.parts(of: metrics.sorted(), facts[file.lowerBound].source.file) : [:]
            guard !parts.isEmpty else { continue }
            for index in file {
                let fact = facts[index]
                guard fact.value.kind == .number, let part = parts[fact.metric] else { continue }
                result[index] = fact.labeled(
                    fact.labels + [FactLabel(.text, name: part.kind, text: part.text)], metric: part.metric)
            }
        }
        return result
    }

    private init(_ facts: [Fact]) {
        var last: [FactLabel] = []
        for fact in facts where fact.labels != last {
            last = fact.labels
            for label in fact.labels
            where label.kind == .text && label.text.utf8.count <= 24 && Double(label.text) == nil {
                kinds[label.text, default: []].insert(label.name)
            }
        }
    }

    private func parts(of metrics: [String], _ file: String) -> [String: Part] {
        let whole = whole(metrics, file)
        guard whole.isEmpty else { return whole }
        let rated = rated(metrics)
        guard rated.isEmpty else { return rated }
        var members: [String: [(metric: String, text: String)]] = [:]
        for metric in metrics {
            // `run-7 - eval/loss`, as runs are exported side by side.
            if let dash = metric.firstRange(of: " - "), kinds[String(metric[..<dash.lowerBound])] != nil {
                members[String(metric[dash.upperBound...]), default: []].append(
                    (metric, String(metric[..<dash.lowerBound])))
                continue
            }
            let pieces = metric.split { $0 == "_" || $0 == " " }
            guard pieces.count > 1 else { continue }
            for (index, piece) in pieces.enumerated().dropFirst()
            where kinds[String(piece)] != nil {
                let rest = (pieces[..<index] + pieces[(index + 1)...]).joined(separator: "_")
                members[rest, default: []].append((metric, String(piece)))
            }
        }
        var parts: [String: Part] = [:]
        for (rest, members) in members where Set(members.map(\.text)).count > 1 {
            guard let kind = kind(of: members.map(\.text)) else { continue }
            for member in members { parts[member.metric] = Part(metric: rest, kind: kind, text: member.text) }
        }
        return parts
    }

    /// All columns but one or two are called by names alone: what is measured is the file's name.
    private func whole(_ metrics: [String], _ file: String) -> [String: Part] {
        let named = metrics.filter { kinds[$0] != nil }
        guard named.count > 1, named.count + 2 >= metrics.count, let kind = kind(of: named) else { return [:] }
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return Dictionary(
            uniqueKeysWithValues: named.map { ($0, Part(metric: stem, kind: kind, text: $0)) })
    }

    /// `cuBLAS (TFLOPS)` beside `Triton (TFLOPS)`: all that is measured is one rate, and of whom each column says.
    private func rated(_ metrics: [String]) -> [String: Part] {
        var parts: [String: Part] = [:]
        var units: Set<String> = []
        for metric in metrics {
            guard metric.hasSuffix(")"), let open = metric.lastIndex(of: "("),
                case let name = metric[..<open].split(separator: " ").joined(separator: " "), !name.isEmpty,
                case let unit = String(metric[metric.index(after: open)...].dropLast()),
                MeasuredUnit(unit)?.dimension == .rate,
                case let reading = NameReading(name), reading.dimension == .unknown, reading.statistic == .raw
            else { return [:] }
            units.insert(unit)
            parts[metric] = Part(metric: "throughput (\(unit))", kind: "provider", text: name)
        }
        return parts.count > 1 && units.count == 1 ? parts : [:]
    }

    /// What all of the texts are names of.
    private func kind(of texts: [String]) -> String? {
        let common = texts.dropFirst().reduce(kinds[texts[0]] ?? []) { $0.intersection(kinds[$1] ?? []) }
        return common.min()
    }
}
