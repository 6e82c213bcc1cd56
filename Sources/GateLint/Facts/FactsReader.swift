internal import GateCore
internal import GateJSON
internal import GateVocabulary

/// Reads a facts file of any version into facts: what it does not have is unknown.
enum FactsReader {
    static func facts(_ json: JSONValue) -> [Fact] {
        let facts = (json["facts"]?.array ?? []).compactMap(fact)
        let tables = (json["tables"]?.array ?? []).flatMap(table)
        let settings = (json["config"]?.object ?? []).compactMap { key, value in value.double.map { setting(key, $0) } }
        return (facts.isEmpty ? tables + harvested(json["performance_metrics"]) : facts + tables) + settings
    }

    /// Numbers, dates and versions of sentences.
    static func mentions(_ json: JSONValue) -> [Fact] { (json["mentions"]?.array ?? []).compactMap(fact) }

    /// What the model was run with: `num_ctx`, `temperature`.
    static func setting(_ name: String, _ value: Double) -> Fact {
        Fact(
            labels: [FactLabel(.file, text: "config")], metric: name, statistic: .raw, dimension: .unknown, unit: nil,
            value: .number(value),
            written: shown(value), source: FactSource(file: "config", pointer: "/\(name)"))
    }

    private static func fact(_ json: JSONValue) -> Fact? {
        guard let metric = json["metric"]?.string else { return nil }
        let source = FactSource(
            file: json["source"]?["file"]?.string ?? "", line: json["source"]?["line"]?.int,
            column: json["source"]?["column"]?.string, pointer: json["source"]?["pointer"]?.string)
        let kind = json["kind"]?.string.flatMap(FactValue.Kind.init) ?? .number
        guard let value = FactValue(kind, number: json["value"]?.double) else { return nil }
        var labels = (json["labels"]?.array ?? []).compactMap { label -> FactLabel? in
            guard let kind = label["kind"]?.string.flatMap(FactLabel.Kind.init), let text = label["text"]?.string else {
                return nil
            }
            return FactLabel(kind, name: label["name"]?.string ?? "", text: text)
        }
        // The first version knew owners without their kinds, and nothing of the file.
        if let owners = json["entity"]?.array {
            labels =
                [FactLabel(.file, text: stem(of: source.file))]
                + owners.compactMap(\.string).enumerated().map { FactLabel(.text, name: "entity \($0)", text: $1) }
        }
        return Fact(
            labels: labels, metric: metric,
            statistic: json["statistic"]?.string.flatMap(Statistic.init(name:)) ?? .unknown,
            dimension: json["dimension"]?.string.flatMap(Dimension.init) ?? .unknown, unit: json["unit"]?.string,
            value: value,
            written: json["written"]?.string ?? "", source: source)
    }

    /// `{name, source_file, key_column, columns: {name: unit}, rows: [{…}]}`
    private static func table(_ json: JSONValue) -> [Fact] {
        guard let name = json["name"]?.string, let key = json["key_column"]?.string, let rows = json["rows"]?.array
        else { return [] }
        let file = json["source_file"]?.string ?? name
        let units = Dictionary((json["columns"]?.object ?? []).map { ($0.key, $0.value.string) }) { first, _ in first }
        var facts: [Fact] = []
        for (index, row) in rows.enumerated() {
            var labels = [FactLabel(.file, text: stem(of: file))]
            labels += (row.object ?? []).compactMap { column, value in
                value.string.flatMap { $0.isEmpty ? nil : FactLabel(.text, name: column, text: $0) }
            }
            if let number = row[key]?.double { labels.append(FactLabel(.key, name: key, text: shown(number))) }
            for (column, value) in row.object ?? [] where column != key {
                guard let number = value.double else { continue }
                let reading = NameReading(column)
                let unit = (units[column] ?? nil).flatMap { $0.isEmpty ? nil : $0 } ?? reading.unit?.name
                facts.append(
                    Fact(
                        labels: labels, metric: column, statistic: reading.statistic,
                        dimension: unit.flatMap { MeasuredUnit($0) }?.dimension ?? reading.dimension, unit: unit,
                        value: .number(number),
                        written: shown(number), source: FactSource(file: file, line: index + 2, column: column)))
            }
        }
        return facts
    }

    /// `json_results[2].tokens_s`: the path names the row, its last key the metric.
    static func harvested(_ json: JSONValue?) -> [Fact] {
        (json?.object ?? []).compactMap { key, value in value.double.flatMap { harvested(key, $0) } }
    }

    static func harvested(_ key: String, _ value: Double) -> Fact? {
        // The ingest says these, and says them better.
        guard !["total_files_analyzed", "total_file_size_bytes"].contains(key) else { return nil }
        var parts = key.split(separator: ".").map(String.init)
        let metric = parts.removeLast()
        for prefix in ["json_", "csv_"] where parts.first?.hasPrefix(prefix) == true {
            parts[0].removeFirst(prefix.count)
        }
        let plain = ["json_", "csv_"].reduce(metric) { $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0 }
        let reading = NameReading(plain)
        let labels = parts.map { FactLabel(.path, name: String($0.prefix { $0 != "[" }), text: $0) }
        return Fact(
            labels: labels, metric: plain, statistic: reading.statistic, dimension: reading.dimension,
            unit: reading.unit?.name,
            value: .number(value), written: shown(value),
            source: FactSource(file: "performance_metrics", pointer: "/\(key)"))
    }

    private static func stem(of path: String) -> String {
        let name = baseName(path)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}

extension IngestFacts {
    init(_ json: JSONValue) {
        totalFiles = json["total_files"]?.int ?? 0
        passedOver = json["passed_over"]?.int ?? 0
        totalBytes = json["total_bytes"]?.double ?? 0
        for (kind, value) in json["by_type"]?.object ?? [] { byKind[kind.lowercased()] = value.int }
        for (kind, value) in json["latest_modified"]?.object ?? [] {
            latest[kind.lowercased()] = value.string.flatMap(ReportDate.init(iso:))
        }
        for (kind, value) in json["not_listed"]?.object ?? [] { notListed[kind.lowercased()] = value.int }
        for (kind, value) in json["listed_files"]?.object ?? [] {
            let paths = (value.array ?? []).compactMap(\.string)
            listed[kind.lowercased()] = paths.count
            for path in paths { addFile(path) }
        }
    }
}
