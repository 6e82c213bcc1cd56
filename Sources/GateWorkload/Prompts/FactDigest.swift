import GateCore

/// The facts of a corpus as lines for a prompt, as many as fit.
struct FactDigest {
    let text: String
    let shown: Int
    let total: Int

    /// Takes the first fact of every file, then the second of every file and so on until the room is used up, and
    /// prints them file by file in the corpus' order: no file is left out for another's sake.
    init(_ corpus: Corpus, room: Int) {
        var files = corpus.facts.files.map { (path: $0.path, unread: $0.makeIterator(), lines: [String]()) }
        var left = room
        var isFull = false
        var isDone = false
        while !isFull, !isDone {
            isDone = true
            for index in files.indices where !isFull {
                guard let fact = files[index].unread.next() else { continue }
                isDone = false
                let line = FactDigest.line(fact)
                var cost = TokenEstimate.tokens(in: line + "\n")
                if files[index].lines.isEmpty { cost += TokenEstimate.tokens(in: files[index].path) + 2 }
                if cost > left {
                    isFull = true
                } else {
                    left -= cost
                    files[index].lines.append(line)
                }
            }
        }
        text = files.filter { !$0.lines.isEmpty }.flatMap { [$0.path] + $0.lines }.joined(separator: "\n")
        shown = files.reduce(0) { $0 + $1.lines.count }
        total = corpus.facts.count
    }

    /// `- model=gemma3 mean_tokens_s: 187.175 tok/s (line 2)`
    static func line(_ fact: Fact) -> String {
        let place = fact.source.line.map { " (line \($0))" } ?? fact.source.pointer.map { " (\($0))" } ?? ""
        return "- \(owner(fact))\(fact.metric): \(quantity(fact))\(place)"
    }

    /// `model=gemma3 ` with a space at its end; empty where the fact has no owner.
    static func owner(_ fact: Fact) -> String {
        fact.labels.reduce(into: "") { text, label in
            text += label.kind == .key && !label.name.isEmpty ? "\(label.name)=\(label.text) " : "\(label.text) "
        }
    }

    /// `187.175 tok/s`
    static func quantity(_ fact: Fact) -> String { number(fact) + (fact.unit.map { " \($0)" } ?? "") }

    /// Six significant digits where the file writes more: enough to tell values apart, and half the tokens.
    private static func number(_ fact: Fact) -> String {
        let digits = fact.written.utf8.count { (0x30...0x39).contains($0) }
        guard digits > 6, let value = fact.value.number, value != 0, value.isFinite else { return fact.written }
        let magnitude = abs(value)
        var decimals = 5
        var bound = 10.0
        while magnitude >= bound, decimals > 0 {
            bound *= 10
            decimals -= 1
        }
        return magnitude < 0.001 || magnitude >= 1e9
            ? fact.written : DisplayFormat.fixed(value, decimals: decimals)
    }
}
