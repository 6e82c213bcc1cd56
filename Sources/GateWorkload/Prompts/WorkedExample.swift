import GateCore

/// Notes and the text that is written from them, made of two facts of the corpus itself: whatever of an example a model
/// carries into its answer is true of the data. A figure of an example of ours would be none of the data.
struct WorkedExample {
    private let first: Fact
    private let second: Fact?
    private let corpus: Corpus

    /// Nil where the corpus has no facts.
    init?(_ corpus: Corpus) {
        var heads: [Fact] = []
        for file in corpus.facts.files where heads.count < 64 {
            var facts = file.makeIterator()
            if let fact = facts.next(), fact.value.number != nil { heads.append(fact) }
        }
        guard let first = heads.first else { return nil }
        let others = heads.dropFirst()
        self.first = first
        let comparable = others.first { other in
            other.metric == first.metric && other.unit == first.unit && other.value != first.value
        }
        second = comparable ?? others.first
        self.corpus = corpus
    }

    private var both: [Fact] { [first] + (second.map { [$0] } ?? []) }

    /// The facts as notes have them, below their files.
    var facts: String { both.map { "\($0.source.file)\n\(FactDigest.line($0))" }.joined(separator: "\n") }

    /// A sentence for each fact, with its file.
    var sentences: String { both.map { "- \(sentence($0)) (\($0.source.file))." }.joined(separator: "\n") }

    /// What the two facts say together.
    var finding: String {
        guard let second else { return "- \(sentence(first))." }
        guard second.metric == first.metric, second.unit == first.unit, second.value != first.value,
            let (one, other) = first.value.number.flatMap({ one in second.value.number.map { (one, $0) } })
        else {
            return
                "- \(sentence(first)), and \(sentence(second).prefix(1).lowercased() + sentence(second).dropFirst())."
        }
        let (higher, lower) = one > other ? (first, second) : (second, first)
        return "- \(owner(higher)) has the higher \(first.metric): \(FactDigest.quantity(higher)) against"
            + " \(FactDigest.quantity(lower)) of \(owner(lower))."
    }

    var recommendation: String {
        let last = second ?? first
        return
            "- Measure \(owner(last)) again, to see whether its \(last.metric) stays at \(FactDigest.quantity(last))."
    }

    /// The counts of files, in sentences.
    var counts: String {
        let kinds = ArtifactKind.allCases.compactMap { kind -> String? in
            let files = corpus.files(of: kind)
            guard let newest = files.map(\.modified).max() else { return nil }
            let count =
                files.count == 1 ? "There is 1 \(kind.word) file" : "There are \(files.count) \(kind.word) files"
            return "- \(count), newest of \(newest.date)."
        }
        return (kinds + ["- The files have \(corpus.totalBytes) bytes."]).joined(separator: "\n")
    }

    /// The files of the facts.
    var files: String { "- " + both.map(\.source.file).joined(separator: ", ") }

    private func sentence(_ fact: Fact) -> String {
        "The \(fact.metric) of \(owner(fact)) is \(FactDigest.quantity(fact))"
    }

    private func owner(_ fact: Fact) -> String {
        let owner = FactDigest.owner(fact).dropLast()
        return owner.isEmpty ? fact.source.file : String(owner)
    }
}
