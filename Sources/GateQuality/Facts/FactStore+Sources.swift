public import GateCore
public import GateJSON
import GateVocabulary

extension FactStore {
    /// A facts file of any version, the development sets' included: what it does not have is unknown.
    public init(_ json: JSONValue) {
        self.init()
        requiredSections = (json["required_sections"]?.array ?? []).compactMap(\.string)
        generatedDate = json["generated_date"]?.string
        model = json["model"]?.string
        for (name, value) in json["config"]?.object ?? [] { config[name.lowercased()] = value.double }
        if let ingest = json["ingest"] { self.ingest = IngestFacts(ingest) }
        knowsNumbers = ["performance_metrics", "tables", "facts"].contains { json[$0] != nil }
        for (key, value) in json["performance_metrics"]?.object ?? [] {
            if let number = value.double { addMetric(key, number, source: "performance_metrics \(key)") }
        }
        for table in json["tables"]?.array ?? [] { add(table) }
        addOwned(json["facts"]?.array ?? [])
        factsLeftOut = json["facts_left_out"]?.int ?? 0
        index()
    }

    /// The facts beside a report, as `run` writes them.
    public init(_ file: FactsFile) {
        self.init()
        requiredSections = file.requiredSections
        generatedDate = file.generatedDate
        model = file.model
        for (name, value) in file.config { config[name.lowercased()] = value }
        ingest = IngestFacts(file.ingest)
        knowsNumbers = true
        for (key, value) in file.performanceMetrics.sorted(by: { $0.key < $1.key }) {
            if case .number(let number) = value { addMetric(key, number, source: "performance_metrics \(key)") }
        }
        var tables = OwnedTables()
        for fact in file.facts { tables.add(fact) }
        tables.finish(into: &self)
        factsLeftOut = file.factsLeftOut ?? 0
        index()
    }

    /// The facts of an ingested corpus; when and by which model the report was written is not known.
    public init(_ corpus: Corpus) {
        self.init(
            FactsFile(
                corpus: corpus, generatedDate: "", model: "", agent: nil, config: [:], requiredSections: [], run: [:]))
        generatedDate = nil
        model = nil
    }

    private mutating func addMetric(_ key: String, _ number: Double, source: String) {
        // The ingest says these, and says them better.
        if ["total_files_analyzed", "total_file_size_bytes"].contains(key) { return }
        var words = nameWords(key)
        if words.first == "json" || words.first == "csv" { words.removeFirst() }
        facts.append(
            StoredFact(key: key.lowercased(), words: words, number: number, unit: nil, cell: nil, source: source))
    }

    /// `{name, source_file, key_column, columns: {name: unit}, rows: [{…}]}`
    private mutating func add(_ json: JSONValue) {
        guard let name = json["name"]?.string, let key = json["key_column"]?.string,
            let rows = json["rows"]?.array
        else { return }
        let file = json["source_file"]?.string ?? name
        var table = FactTable(name: name.lowercased(), file: file, words: Set(nameWords(name + " " + file)))
        table.rows = rows.map { ($0[key]?.string ?? "").lowercased() }
        let units = Dictionary((json["columns"]?.object ?? []).map { ($0.key, $0.value.string) }) { first, _ in first }
        var names: [String] = []
        for (name, value) in rows.first?.object ?? [] where value.double != nil { names.append(name) }
        let index = tables.count
        for column in names {
            let unit = (units[column] ?? nil).flatMap { $0.isEmpty ? nil : $0 }
            let words = nameWords(column)
            let model = StoredFact(key: column.lowercased(), words: words, number: 0, unit: unit, cell: nil, source: "")
            table.columns.append(FactColumn(model, values: rows.map { $0[column]?.double }))
            for (row, value) in rows.enumerated() {
                guard let number = value[column]?.double else { continue }
                facts.append(
                    StoredFact(
                        key: column.lowercased(), words: words, number: number, unit: unit,
                        cell: StoredFact.Cell(table: index, row: row),
                        source: "\(file), row \(row + 1) (\(value[key]?.string ?? "")), \(column)"))
            }
        }
        tables.append(table)
    }

    /// The `facts` of a facts file in JSON.
    private mutating func addOwned(_ facts: [JSONValue]) {
        var tables = OwnedTables()
        for json in facts {
            guard let metric = json["metric"]?.string, let value = json["value"]?.double else { continue }
            let source = json["source"]
            tables.add(
                Fact(
                    labels: FactStore.labels(of: json), metric: metric,
                    statistic: (json["statistic"]?.string).flatMap(Statistic.init(name:)) ?? .unknown,
                    dimension: (json["dimension"]?.string).flatMap(Dimension.init) ?? .unknown,
                    unit: json["unit"]?.string, value: .number(value), written: json["written"]?.string ?? "",
                    source: FactSource(
                        file: source?["file"]?.string ?? "", line: source?["line"]?.int,
                        column: source?["column"]?.string, pointer: source?["pointer"]?.string)))
        }
        tables.finish(into: &self)
    }

    /// Of a fact of version 2; version 1 had one text for each.
    private static func labels(of fact: JSONValue) -> [FactLabel] {
        if let texts = fact["entity"]?.array { return texts.compactMap(\.string).map { FactLabel(.text, text: $0) } }
        return (fact["labels"]?.array ?? []).compactMap { label in
            guard let kind = (label["kind"]?.string).flatMap(FactLabel.Kind.init), let text = label["text"]?.string
            else { return nil }
            return FactLabel(kind, name: label["name"]?.string ?? "", text: text)
        }
    }
}

extension StoredFact {
    init(key: String, words: [String], number: Double, unit: String?, cell: Cell?, source: String) {
        let family = MetricFamily(words: words)
        let tail = words.suffix(2).joined(separator: "_")
        let printed =
            unit.flatMap { UnitTable.unit($0.lowercased()) } ?? StoredFact.unit(ofTail: tail, words.last ?? "", family)
        self.init(
            base: number * (printed?.scale ?? 1), value: number, dimension: printed?.dimension ?? .unknown,
            scale: printed?.scale ?? 1, unit: printed?.name, family: family, statistic: Statistic(nameWords: words),
            metric: key, cell: cell, source: source)
    }

    /// The unit that a name ends in.
    private static func unit(ofTail tail: String, _ last: String, _ family: MetricFamily) -> PrintedUnit? {
        if family == .throughput { return UnitTable.unit("tok/s") }
        if family == .tokens { return UnitTable.unit("tokens") }
        if family == .headings { return UnitTable.unit("headings") }
        if family == .fanSpeed { return UnitTable.unit("%") }
        guard ["s", "ms", "us", "ns", "bytes", "kb", "mb", "gb", "pct", "percent", "seconds"].contains(last) else {
            return nil
        }
        return UnitTable.unit(last)
    }
}

extension FactColumn {
    init(_ model: StoredFact, values: [Double?]) {
        self.init(
            metric: model.metric, family: model.family, statistic: model.statistic, dimension: model.dimension,
            scale: model.scale, unit: model.unit, values: values)
    }
}

extension IngestFacts {
    init(_ json: JSONValue) {
        self.init(totalFiles: json["total_files"]?.int ?? 0, totalBytes: json["total_bytes"]?.double ?? 0)
        for (kind, value) in json["by_type"]?.object ?? [] { byType[kind.lowercased()] = value.int }
        for (kind, value) in json["latest_modified"]?.object ?? [] {
            latest[kind.lowercased()] = value.string.flatMap(PrintedDate.init(iso:))
        }
        for (kind, value) in json["not_listed"]?.object ?? [] { notListed[kind.lowercased()] = value.int }
        for (kind, value) in json["listed_files"]?.object ?? [] {
            let paths = (value.array ?? []).compactMap(\.string)
            listed[kind.lowercased()] = paths.count
            for path in paths { addFile(path) }
        }
    }

    init(_ ingest: FactsFile.Ingest) {
        self.init(totalFiles: ingest.totalFiles, totalBytes: Double(ingest.totalBytes))
        byType = ingest.byType
        latest = ingest.latestModified.compactMapValues(PrintedDate.init(iso:))
        notListed = ingest.notListed
        for (kind, paths) in ingest.listedFiles.sorted(by: { $0.key < $1.key }) {
            listed[kind] = paths.count
            for path in paths { addFile(path) }
        }
    }
}
