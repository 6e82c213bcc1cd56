internal import GateCore
internal import GateVocabulary

/// Which versions the data says of what it names: `fio 3.36`, `driver 570.172.08`, `"cuda_version": "12.8"`.
struct Releases: Sendable {
    /// By name, in lower case.
    private var versions: [String: Set<String>] = [:]
    /// Texts in lower case that are, or hold, a version of three numbers, whatever it is one of.
    private var texts: Set<String> = []

    init() {}

    /// - Parameters:
    ///   - facts: those of rows and those of sentences; what stands before a version in a sentence is its metric.
    ///   - relation: of these facts.
    init(_ facts: [Fact], _ relation: Relation) {
        for fact in facts where !fact.metric.isEmpty {
            switch fact.value {
            case .version: add(fact.metric, fact.written)
            case .number where fact.unit == nil && fact.source.isOfText && fact.written.contains("."):
                add(fact.metric, fact.written)
            default: continue
            }
        }
        texts = relation.identifiers.filter(Releases.hasLong)
        for label in relation.labels where label.kind == .text || label.kind == .file { add(label, relation) }
    }

    private mutating func add(_ label: Relation.Label, _ relation: Relation) {
        guard label.text.utf8.contains(0x2E) else { return }
        let text = label.text.lowercased()
        if Releases.hasLong(text) { texts.insert(text) }
        // `driver: 570.172.08`
        if Releases.parts(text[...]).count > 1 { add(relation.labelNames[label.name], text) }
        // `fio-3.36`, `PostgreSQL 17.2`
        guard let mark = text.lastIndex(where: { $0 == "-" || $0 == " " }), mark != text.startIndex,
            case let version = text[text.index(after: mark)...], Releases.parts(version).count > 1
        else { return }
        add(String(text[..<mark]), String(version))
    }

    private mutating func add(_ name: String, _ version: String) {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { !Releases.kinds.contains($0) }
        guard let last = words.last, last.contains(where: \.isLetter), last.utf8.count > 1,
            Releases.parts(version[...]).count > 1
        else { return }
        versions[String(last), default: []].insert(version.lowercased())
    }

    var isEmpty: Bool { versions.isEmpty }

    /// Words that stand between a name and its version.
    private static let kinds: Set<Substring> = ["version", "v", "release", "ver"]

    /// What the data says of a name, where it says versions of it and this is none of them.
    func others(than version: String, of name: String) -> [String] {
        guard let known = versions[name] else { return [] }
        let parts = Releases.parts(version[...])
        // `6.8` is `6.8.12-4-amd64` said shorter.
        let isKnown = known.contains { other in
            zip(Releases.parts(other[...]), parts).allSatisfy { $0 == $1 }
        }
        return isKnown ? [] : known.sorted()
    }

    /// `575.64.03`: three numbers at least, where the data has such versions, and none of them begins so.
    func isUnknown(_ version: String) -> Bool {
        guard !texts.isEmpty, Releases.isLong(version[...]), case let parts = Releases.parts(version[...]) else {
            return false
        }
        return !texts.contains { text in
            text.holds(version)
                || Releases.words(of: text).contains { word in
                    Releases.isLong(word) && zip(Releases.parts(word), parts).allSatisfy { $0 == $1 }
                }
        }
    }

    private static func words(of text: String) -> [Substring] { text.split { " ,;()".contains($0) } }
    private static func hasLong(_ text: String) -> Bool { words(of: text).contains(where: isLong) }

    private static func isLong(_ version: Substring) -> Bool {
        let parts = parts(version)
        return parts.count > 2 && parts.prefix(3).allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }

    /// `6.8.12-4-amd64` as `6`, `8`, `12`, `4`, `amd64`; none where it does not begin with two numbers.
    private static func parts(_ version: Substring) -> [Substring] {
        let plain = version.first == "v" ? version.dropFirst() : version
        let parts = plain.split(omittingEmptySubsequences: false) { ".-+_".contains($0) }
        guard parts.count > 1, parts.prefix(2).allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }),
            plain.prefix(while: { $0 != "." }).allSatisfy(\.isNumber)
        else { return [] }
        return parts
    }

    // MARK: - In a report

    /// Versions of a phrase of which the data says others.
    ///
    /// - Parameter isMeasured: words that name what has values: `speedup 1.36` is no version.
    func wrong(in phrase: Phrase, isMeasured: (String) -> Bool) -> [(bytes: Range<Int>, name: String, known: [String])]
    {
        guard !isEmpty, phrase.kind != .data, !phrase.isProposal else { return [] }
        return phrase.tokens.indices.dropFirst().compactMap { index in
            let token = phrase.tokens[index]
            guard
                token.isIdentifier || token.number.map({ $0.decimals > 0 && $0.unit == nil && $0.scale == 1 }) ?? false,
                !Releases.parts(token.text[...]).isEmpty
            else { return nil }
            let before = phrase.tokens[..<index].reversed().drop {
                Releases.kinds.contains($0.text[...]) || $0.isMark("*_`")
            }
            guard let name = before.first, name.isWord || name.isIdentifier, !Lexicon.stop.contains(name.text),
                !isMeasured(name.text),
                // `update to CUDA 13.1`
                before.dropFirst().first?.text != "to"
            else { return nil }
            let known = others(than: token.text, of: name.text)
            return known.isEmpty ? nil : (token.bytes, name.written ?? name.text, known)
        }
    }
}
