public import GateCore
public import GateJSON

/// What is known about a report besides its text: the data that it was written from, or nothing.
public struct ReportFacts: Sendable {
    let facts: FactStore
    /// Names of the sections that the facts ask for; nil where there are no facts.
    let requiredSections: [String]?
    /// Texts of the data in other letters than ASCII: what stands in one of them is no drift of script.
    let names: [String]

    /// Nothing is known: only what a report says against itself can be checked.
    public static let none = ReportFacts(facts: .none, requiredSections: nil, names: [])

    private init(facts: FactStore, requiredSections: [String]?, names: [String]) {
        self.facts = facts
        self.requiredSections = requiredSections
        self.names = names
    }

    /// A facts file of any version: what it does not have is unknown.
    public init(_ json: JSONValue) {
        let facts = FactStore(json)
        var names: Set<String> = []
        ReportFacts.collect(json, into: &names)
        self.init(facts: facts, requiredSections: facts.requiredSections, names: names.sorted())
    }

    /// The facts of a corpus.
    public init(_ file: FactsFile) {
        var facts = FactStore(file)
        // Read of a corpus, without a report: nobody knows the day.
        if file.generatedDate.isEmpty { facts.generatedDate = nil }
        let paths = file.ingest.listedFiles.values.flatMap(\.self) + file.facts.map(\.source.file)
        let entities = file.facts.flatMap(\.entity) + file.facts.map(\.metric)
        self.init(
            facts: facts, requiredSections: facts.requiredSections,
            names: Set((paths + entities).filter(ReportFacts.isForeign)).sorted())
    }

    private static func isForeign(_ text: String) -> Bool { text.utf8.contains { $0 >= 0x80 } }

    private static func collect(_ json: JSONValue, into names: inout Set<String>) {
        if let string = json.string {
            if isForeign(string) { names.insert(string) }
        } else if let array = json.array {
            for element in array { collect(element, into: &names) }
        } else if let object = json.object {
            for (key, value) in object {
                if isForeign(key) { names.insert(key) }
                collect(value, into: &names)
            }
        }
    }
}
