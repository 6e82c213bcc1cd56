public import GateCore
public import GateJSON
internal import GateVocabulary

/// What is known about a report besides its text: the data that it was written from, or nothing.
public struct ReportFacts: Sendable {
    let relation: Relation
    let coordinates: Coordinates
    /// Reads phrases against the relation.
    let reader: Reader
    /// Judges numbers against it.
    let values: ValueJudge
    /// How many of what it has.
    let counts: Counts
    /// Of the data and of what its values come to.
    let aggregates: Coordinates
    /// The numbers that stand in sentences of the data: of what they are is not known.
    let mentions: Relation
    let ingest: IngestFacts?
    /// Versions of what the data names.
    private(set) var releases = Releases()
    /// The facts are not all that the data has: what is not among them may be there.
    var isPartial = false
    /// The day of the run.
    let generated: ReportDate?
    /// Names of the sections that the facts ask for; nil where there are no facts.
    let requiredSections: [String]?
    /// Texts of the data in other letters than ASCII: what stands in one of them is no drift of script.
    let names: [String]

    /// Nothing is known: only what a report says against itself can be checked.
    public static let none = ReportFacts(
        relation: Relation(), mentions: Relation(), ingest: nil, generated: nil, requiredSections: nil, names: [])

    private init(
        relation: Relation, mentions: Relation, ingest: IngestFacts?, generated: ReportDate?,
        requiredSections: [String]?, names: [String]
    ) {
        self.relation = relation
        self.mentions = mentions
        coordinates = Coordinates(relation)
        reader = Reader(relation)
        aggregates = Coordinates(relation.withAggregates())
        values = ValueJudge(relation, aggregates: aggregates.relation, mentions: mentions)
        counts = Counts(values)
        self.ingest = ingest
        self.generated = generated
        self.requiredSections = requiredSections
        self.names = names
    }

    /// With all that names their rows.
    private static func named(_ facts: [Fact]) -> [Fact] {
        Flags.added(
            BenchTests.named(
                FolderNames.named(
                    PathSettings.named(
                        NamedSettings.named(
                            OwnerColumns.named(
                                NamedLevels.named(FileNames.named(SampleLists.named(ParallelLists.named(facts))))))))))
    }

    /// What stands beside a report of `run`, or the facts of a corpus.
    public init(_ file: FactsFile) {
        var relation = Relation()
        relation.add(ReportFacts.named(file.facts))
        if file.facts.isEmpty {
            for (key, value) in file.performanceMetrics.sorted(by: { $0.key < $1.key }) {
                if case .number(let number) = value, let fact = FactsReader.harvested(key, number) {
                    relation.add(fact)
                }
            }
        }
        for (name, value) in file.config.sorted(by: { $0.key < $1.key }) {
            relation.add(FactsReader.setting(name, value))
        }
        let mentions = relation.takeDates(of: file.mentions)
        relation.finish()
        let paths = file.ingest.listedFiles.values.flatMap(\.self) + file.facts.map(\.source.file)
        let words = file.facts.flatMap { $0.labels.map(\.text) } + file.facts.map(\.metric)
        var ingest = IngestFacts(file.ingest)
        for path in Set(file.facts.map(\.source.file)) { ingest.addFile(path) }
        for path in Set(file.mentions.map(\.source.file)) { ingest.addUnread(path) }
        relation.fileCounts = ingest.counts
        self.init(
            relation: relation, mentions: mentions, ingest: ingest, generated: ReportDate(iso: file.generatedDate),
            requiredSections: file.requiredSections.isEmpty ? nil : file.requiredSections,
            names: Set((paths + words).filter { $0.utf8.contains { $0 >= 0x80 } }).sorted())
        releases = Releases(file.facts + file.mentions, relation)
        isPartial = (file.factsLeftOut ?? 0) > 0
    }

    /// A facts file of any version.
    public init(_ json: JSONValue) {
        let facts = ReportFacts.named(FactsReader.facts(json))
        var relation = Relation()
        relation.add(facts)
        let texts = FactsReader.mentions(json)
        let mentions = relation.takeDates(of: texts)
        relation.finish()
        var ingest = json["ingest"].map { IngestFacts($0) }
        for path in Set(facts.map(\.source.file)) where path.contains(".") { ingest?.addFile(path) }
        for path in Set(texts.map(\.source.file)) { ingest?.addUnread(path) }
        relation.fileCounts = ingest?.counts ?? []
        var names: Set<String> = []
        ReportFacts.collect(json, into: &names)
        self.init(
            relation: relation, mentions: mentions, ingest: ingest,
            generated: json["generated_date"]?.string.flatMap(ReportDate.init(iso:)),
            requiredSections: (json["required_sections"]?.array).map { $0.compactMap(\.string) }, names: names.sorted())
        releases = Releases(facts + texts, relation)
        isPartial = (json["facts_left_out"]?.int ?? 0) > 0
    }

    private static func collect(_ json: JSONValue, into names: inout Set<String>) {
        if let string = json.string {
            if string.utf8.contains(where: { $0 >= 0x80 }) { names.insert(string) }
        } else if let array = json.array {
            for element in array { collect(element, into: &names) }
        } else if let object = json.object {
            for (key, value) in object {
                if key.utf8.contains(where: { $0 >= 0x80 }) { names.insert(key) }
                collect(value, into: &names)
            }
        }
    }
}
