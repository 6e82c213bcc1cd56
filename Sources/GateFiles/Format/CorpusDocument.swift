public import GateCore
import GateJSON
import GateVocabulary

/// A corpus as JSON, just as ``CanonicalJSON`` writes it, in pieces: as a whole, a million facts would take gigabytes.
public enum CorpusDocument {
    /// Of a larger corpus the first facts are written, and a warning says so.
    public static let maximumFacts = FactsFile.maximumFacts
    private static let pieceBytes = 1 << 20

    /// Hands out the document from its beginning to its end.
    public static func write(_ corpus: Corpus, _ deliver: ([UInt8]) throws -> Void) throws {
        let rest = try CanonicalJSON.encode(corpus.withoutFacts)
        // Sorted keys put the facts first.
        let begin = Array("{\n  \"facts\" : [\n".utf8)
        let empty = begin + Array("\n  ]".utf8)
        guard !corpus.facts.isEmpty, rest.starts(with: empty) else { return try deliver(rest) }
        var piece = begin
        var isFirst = true
        for fact in corpus.facts.prefix(maximumFacts) {
            if !isFirst { piece += ",\n".utf8 }
            isFirst = false
            append(fact, to: &piece)
            if piece.count >= pieceBytes {
                try deliver(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        piece += "\n  ]".utf8
        piece += rest[empty.count...]
        try deliver(piece)
    }

    private static func append(_ fact: Fact, to piece: inout [UInt8]) {
        piece += "    {\n      \"dimension\" : ".utf8
        append(fact.dimension.rawValue, to: &piece)
        piece += ",\n      \"kind\" : ".utf8
        append(fact.value.kind.rawValue, to: &piece)
        piece += ",\n      \"labels\" : [\n".utf8
        for (index, label) in fact.labels.enumerated() {
            piece += (index > 0 ? ",\n" : "").utf8
            append(label, to: &piece)
        }
        piece += "\n      ],\n      \"metric\" : ".utf8
        append(fact.metric, to: &piece)
        piece += ",\n      \"source\" : {\n".utf8
        append(fact.source, to: &piece)
        piece += "\n      },\n      \"statistic\" : ".utf8
        append(fact.statistic.name, to: &piece)
        if let unit = fact.unit {
            piece += ",\n      \"unit\" : ".utf8
            append(unit, to: &piece)
        }
        if let number = fact.value.number {
            piece += ",\n      \"value\" : ".utf8
            // Whole numbers stand without their ".0".
            let value = number.description
            piece += (value.hasSuffix(".0") ? value.dropLast(2) : value[...]).utf8
        }
        piece += ",\n      \"written\" : ".utf8
        append(fact.written, to: &piece)
        piece += "\n    }".utf8
    }

    private static func append(_ label: FactLabel, to piece: inout [UInt8]) {
        piece += "        {\n          \"kind\" : ".utf8
        append(label.kind.rawValue, to: &piece)
        piece += ",\n          \"name\" : ".utf8
        append(label.name, to: &piece)
        piece += ",\n          \"text\" : ".utf8
        append(label.text, to: &piece)
        piece += "\n        }".utf8
    }

    private static func append(_ source: FactSource, to piece: inout [UInt8]) {
        if let column = source.column {
            piece += "        \"column\" : ".utf8
            append(column, to: &piece)
            piece += ",\n".utf8
        }
        piece += "        \"file\" : ".utf8
        append(source.file, to: &piece)
        if let line = source.line { piece += ",\n        \"line\" : \(line)".utf8 }
        if let pointer = source.pointer {
            piece += ",\n        \"pointer\" : ".utf8
            append(pointer, to: &piece)
        }
    }

    private static func append(_ text: String, to piece: inout [UInt8]) { JSONValue(text).append(to: &piece) }
}

extension Corpus {
    /// All that is not a fact; says so where the document cannot hold all facts.
    fileprivate var withoutFacts: Corpus {
        var warnings = warnings
        if facts.count > CorpusDocument.maximumFacts {
            warnings.append(
                Warning(
                    "this document has the first \(CorpusDocument.maximumFacts) of \(facts.count) facts",
                    remedy: "name fewer roots"))
        }
        return Corpus(
            files: files, unreadable: unreadable, facts: [], mentions: mentions, harvested: harvested,
            markdownHeadings: markdownHeadings, warnings: warnings)
    }
}
