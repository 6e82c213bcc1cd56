import GateCore

/// The facts of a corpus as lines for a prompt, as many as fit.
struct FactDigest {
    let text: String
    let shown: Int
    let total: Int

    /// Takes the first fact of every file, then the second of every file and so on until the room is used up, and
    /// prints them file by file in the corpus' order: no file is left out for another's sake.
    init(_ corpus: Corpus, room: Int) {
        var byFile: [(file: String, facts: [Fact])] = []
        for fact in corpus.facts {
            if byFile.last?.file != fact.source.file { byFile.append((fact.source.file, [])) }
            byFile[byFile.count - 1].facts.append(fact)
        }
        var left = room
        var taken = [Int](repeating: 0, count: byFile.count)
        var depth = 0
        var isFull = false
        while !isFull, byFile.contains(where: { $0.facts.count > depth }) {
            for index in byFile.indices where byFile[index].facts.count > depth && !isFull {
                var cost = TokenEstimate.tokens(in: FactDigest.line(byFile[index].facts[depth]) + "\n")
                if depth == 0 { cost += TokenEstimate.tokens(in: byFile[index].file) + 2 }
                if cost > left {
                    isFull = true
                } else {
                    left -= cost
                    taken[index] += 1
                }
            }
            depth += 1
        }
        let lines = zip(byFile, taken).filter { $1 > 0 }.flatMap { entry, count in
            [entry.file] + entry.facts.prefix(count).map(FactDigest.line)
        }
        text = lines.joined(separator: "\n")
        shown = taken.reduce(0, +)
        total = corpus.facts.count
    }

    /// `- model=gemma3 mean_tokens_s: 187.175 tok/s (line 2)`
    static func line(_ fact: Fact) -> String {
        let owner = fact.entity.isEmpty ? "" : fact.entity.joined(separator: " ") + " "
        let unit = fact.unit.map { " \($0)" } ?? ""
        let place = fact.source.line.map { " (line \($0))" } ?? fact.source.pointer.map { " (\($0))" } ?? ""
        return "- \(owner)\(fact.metric): \(number(fact))\(unit)\(place)"
    }

    /// Six significant digits where the file writes more: enough to tell values apart, and half the tokens.
    private static func number(_ fact: Fact) -> String {
        let digits = fact.written.utf8.count { (0x30...0x39).contains($0) }
        guard digits > 6, fact.value != 0, fact.value.isFinite else { return fact.written }
        let magnitude = abs(fact.value)
        var decimals = 5
        var bound = 10.0
        while magnitude >= bound, decimals > 0 {
            bound *= 10
            decimals -= 1
        }
        return magnitude < 0.001 || magnitude >= 1e9
            ? fact.written : DisplayFormat.fixed(fact.value, decimals: decimals)
    }
}
