import GateCore

@testable import GateCorpus

/// What was found in one text, unpacked.
struct CollectedFindings {
    let facts: [Fact]
    let mentions: [Fact]
    let droppedFacts: Int
    let harvested: [String: HarvestedMetric]
    let markdownHeadings: Int

    /// Facts that are measurements.
    var measured: [Fact] { facts.filter { $0.value.kind == .number } }
}

/// Reads one text as a file of its own.
func collected<Failure: Error>(
    from text: String, _ file: String, maximumFacts: Int = 1000,
    _ read: (UnsafeBufferPointer<UInt8>, String, inout FactCollector) throws(Failure) -> Void
) throws(Failure) -> CollectedFindings {
    var collector = FactCollector(maximumFacts: maximumFacts)
    collector.packer.begin(file: file)
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
        Result { () throws(Failure) in try read(bytes, file, &collector) }
    }.get()
    var findings = Findings()
    findings.merge(collector.finish(), maximumFacts: .max)
    return CollectedFindings(
        facts: Array(findings.facts), mentions: Array(findings.mentions), droppedFacts: findings.droppedFacts,
        harvested: findings.harvested,
        markdownHeadings: findings.markdownHeadings)
}

func csv(_ text: String, _ file: String = "a.csv") throws -> [Fact] {
    try collected(from: text, file) { bytes, file, collector throws(FileRefusal) in
        try CSVFacts.read(bytes, file: file, into: &collector)
    }.facts
}

func json(_ text: String, _ file: String = "a.json") throws -> [Fact] {
    try collected(from: text, file) { bytes, file, collector throws(FileRefusal) in
        try JSONFacts.read(bytes, file: file, into: &collector)
    }.facts
}

func markdown(_ text: String) -> [Fact] {
    collected(from: text, "a.md") { bytes, file, collector in
        MarkdownFacts.read(bytes, file: file, into: &collector)
    }.facts
}
