import GateCore

/// Which kind of files a number stands beside.
extension IngestNumbers {
    /// The nearest kind before, with nothing but punctuation and a few words of its own between.
    func typeBefore(_ index: Int, _ tokens: [Token]) -> (types: [String], distance: Int)? {
        var distance = 0
        for other in stride(from: index - 1, through: 0, by: -1) {
            let token = tokens[other]
            if let type = typeWords[token.text] {
                var types = [type]
                // `JSON/Markdown`, `JSON and Markdown`
                if other >= 2, tokens[other - 1].isMark("/&") || tokens[other - 1].text == "and",
                    let second = typeWords[tokens[other - 2].text], !hasNumber(tokens[(other - 2)..<index])
                {
                    types.append(second)
                }
                return (types, distance)
            }
            if token.number != nil || token.date != nil { return nil }
            if token.isMark(";,") { return nil }
            if token.isMark("*_`\"':(|-~[") { continue }
            if token.isWord, !linkWords.contains(token.text) { distance += 3 } else { distance += 1 }
            if distance > 9 { return nil }
        }
        return nil
    }

    /// `44 (43.6 %) are JSON`: the kind behind a count with its share, and behind the share.
    func kindBehind(_ index: Int, _ tokens: [Token]) -> String? {
        var next = index + 1
        if next < tokens.count, tokens[next].isMark("%") { next += 1 }
        if index > 0, tokens[index - 1].isMark("("), next < tokens.count, tokens[next].isMark(")") {
            next += 1
        } else if next + 1 < tokens.count, tokens[next].isMark("("), tokens[next + 1].number?.unit?.isPercent == true,
            let end = tokens[next...].prefix(5).firstIndex(where: { $0.isMark(")") })
        {
            next = end + 1
        } else {
            return nil
        }
        while next < tokens.count, ["are", "were", "is", "of", "them", "being", "*"].contains(tokens[next].text) {
            next += 1
        }
        return next < tokens.count ? typeWords[tokens[next].text] : nil
    }

    /// `51 are JSON or Markdown`, `43 of them are JSON`
    func isSaidOfKinds(_ index: Int, _ tokens: [Token]) -> Bool {
        let after = tokens[(index + 1)...].drop { ["of", "them", "these", "those", "which"].contains($0.text) }
        guard let verb = after.first, ["are", "were"].contains(verb.text), tokens[index].number?.unit == nil else {
            return false
        }
        return after.dropFirst().prefix(2).contains { typeWords[$0.text] != nil }
    }

    /// `101 files comprising CSV, JSON and Markdown`: all of them, not those of the first kind.
    func isWholeOfKinds(_ index: Int, _ tokens: [Token]) -> Bool {
        let after = tokens[(index + 1)...].prefix(16)
        guard let link = after.prefix(4).firstIndex(where: { wholeLinks.contains($0.text) }),
            !after[..<link].contains(where: { typeWords[$0.text] != nil })
        else { return false }
        // `across CSV (28), JSON (44) and Markdown (29)`: what stands in parentheses is of one kind.
        var kinds: Set<String> = []
        var depth = 0
        for token in tokens[link...].prefix(40) {
            if token.isMark("(") { depth += 1 }
            if token.isMark(")") { depth -= 1 }
            if depth == 0, token.isMark(".;") || token.number != nil { break }
            if depth == 0, let kind = typeWords[token.text] { kinds.insert(kind) }
        }
        return kinds.count >= 2
    }

    /// `28 of the 101 files are CSV`: the kinds of the part.
    func kindsOfPart(_ index: Int, _ tokens: [Token]) -> [String]? {
        var whole = index + 2
        if whole < tokens.count, ["the", "all", "these"].contains(tokens[whole].text) { whole += 1 }
        guard whole < tokens.count, tokens[index + 1].text == "of", tokens[whole].number?.unit?.isFiles == true,
            case let rest = tokens.dropFirst(whole + 1), ["are", "were"].contains(rest.first?.text ?? "")
        else { return nil }
        let kinds = rest.dropFirst().prefix(4).prefix { !$0.isMark(",;.") }.compactMap { typeWords[$0.text] }
        return kinds.isEmpty ? nil : kinds
    }

    /// `28 of the 101 files`
    func isWholeOfPart(_ index: Int, _ tokens: [Token]) -> Bool {
        let before = tokens[..<index].suffix(3).map(\.text)
        guard tokens[index].number?.unit?.isFiles == true, let last = before.last else { return false }
        let link = ["the", "all", "these"].contains(last) ? index - 2 : index - 1
        return link > 0 && tokens[link].text == "of" && tokens[link - 1].number != nil
    }

    /// The number stands right behind one kind, as another one behind another kind.
    func isOfOneKind(_ index: Int, _ tokens: [Token]) -> Bool {
        func isBound(_ index: Int) -> Bool {
            typeBefore(index, tokens).map { $0.types.count == 1 && $0.distance <= 1 } ?? false
        }
        return isBound(index)
            && tokens.indices.contains { $0 != index && tokens[$0].number != nil && isBound($0) }
    }

    /// `JSON files outnumber CSV files by 16 and Markdown files by 15`: how many more there are of the first kind.
    func outnumbered(_ index: Int, _ tokens: [Token], _ ingest: IngestFacts) -> Int? {
        let before = tokens[..<index]
        guard before.last?.text == "by", let verb = before.lastIndex(where: { $0.text.hasPrefix("outnumber") }),
            let more = before[..<verb].last(where: { typeWords[$0.text] != nil }).flatMap({ typeWords[$0.text] }),
            let fewer = before[verb...].last(where: { typeWords[$0.text] != nil }).flatMap({ typeWords[$0.text] })
        else { return nil }
        return (ingest.byType[more] ?? 0) - (ingest.byType[fewer] ?? 0)
    }

    private func hasNumber(_ tokens: ArraySlice<Token>) -> Bool { tokens.contains { $0.number != nil } }
}

private let wholeLinks: Set<String> = [
    "comprising", "including", "across", "spanning", "consisting", "containing", "in", "of", "with", "such", "covering",
    "from",
]
private let linkWords: Set<String> = [
    "files", "file", "documents", "with", "are", "is", "at", "of", "count", "total", "analyzed", "the", "constitute",
    "account", "for", "accounts", "accounting", "has", "have", "group", "format", "type", "making", "up", "comprise",
    "represent", "by", "number", "there", "followed",
]
