internal import GateCore
internal import GateVocabulary

/// Other words for the words of the data: `validation` of `val`, `classification` of `cls`, `learning rate` of `lr`.
struct Aliases: Sendable {
    private let relation: Relation
    /// Words of metrics and labels of two to five letters, by their first letter.
    private var short: [Character: [String]] = [:]
    /// Those of names that have several words.
    private var ofLabels: [Character: [String]] = [:]
    /// Longer words of metrics, by their first letter.
    private var long: [Character: [String]] = [:]
    /// Names of several words by the first letters of these.
    private var initials: [String: [String]] = [:]

    init(_ relation: Relation) {
        self.relation = relation
        for term in Set(relation.metricIndex.terms + relation.keyIndex.terms) where (2...5).contains(term.utf8.count) {
            guard let first = term.first, term.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { continue }
            short[first, default: []].append(term)
        }
        for term in relation.labelIndex.terms where (3...5).contains(term.utf8.count) {
            guard let first = term.first, term.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { continue }
            ofLabels[first, default: []].append(term)
        }
        for term in relation.metricIndex.terms where term.utf8.count >= 6 {
            if let first = term.first { long[first, default: []].append(term) }
        }
        for column in relation.columns where (2...5).contains(column.terms.count) {
            let letters = String(column.terms.compactMap(\.first))
            if letters.utf8.count == column.terms.count { initials[letters] = column.terms }
        }
        for first in short.keys { short[first]?.sort() }
        for first in ofLabels.keys { ofLabels[first]?.sort() }
    }

    /// The text's words, with those that the data abbreviates as the data has them.
    func resolved(_ terms: [Term]) -> [Term] {
        var result: [Term] = []
        result.reserveCapacity(terms.count)
        var index = 0
        while index < terms.count {
            let term = terms[index]
            if let whole = whole(at: index, terms) {
                result.append(whole)
                index += terms[index...].prefix { $0.tokens == term.tokens }.count
            } else if let short = shortened(at: index, terms) ?? shortenedName(at: index, terms) {
                result.append(short)
                index += 1
            } else if term.isBreak || term.isStop || relation.metricIndex.knows(term.text)
                || relation.keyIndex.knows(term.text)
            {
                result.append(term)
                index += 1
            } else if let joined = joined(at: index, terms) {
                result.append(joined)
                index += 2
            } else if let parts = parts(of: term) {
                result += parts
                index += 1
            } else if let (acronym, length) = acronym(at: index, terms) {
                result.append(
                    Term(text: acronym, tokens: term.tokens.lowerBound..<terms[index + length - 1].tokens.upperBound))
                index += length
            } else {
                if let long = initials[term.text], MeasuredUnit(term.text) == nil, !relation.labelIndex.knows(term.text)
                {
                    result += long.map { Term(text: $0, tokens: term.tokens) }
                } else {
                    let isOfLabel = relation.labelIndex.knows(term.text)
                    let short = abbreviation(of: term)
                    result.append(
                        isOfLabel && !isColumn(short.text, index + 1 < terms.count ? terms[index + 1].text : "")
                            ? term : short)
                }
                index += 1
            }
        }
        return result
    }

    /// `evaluation loss` of `eval_loss`, whatever other columns are called.
    private func shortened(at index: Int, _ terms: [Term]) -> Term? {
        guard index + 1 < terms.count, terms[index].text.utf8.count >= 5, !terms[index].isBreak, !terms[index].isStop,
            case let next = terms[index + 1].text, relation.metricIndex.knows(next), !isColumn(terms[index].text, next),
            case let short = abbreviation(of: terms[index]), short.text != terms[index].text, isColumn(short.text, next)
        else { return nil }
        return short
    }

    /// `sequential reads` of `seq_read`: the beginning of a word beside another one of the same name.
    private func shortenedName(at index: Int, _ terms: [Term]) -> Term? {
        let term = terms[index]
        guard term.text.utf8.count >= 6, !term.isBreak, !term.isStop, !isKnown(term.text), let first = term.text.first
        else { return nil }
        let near = [index - 1, index + 1].filter(terms.indices.contains).map { terms[$0] }.filter {
            !$0.isBreak && !$0.isStop && relation.labelIndex.knows($0.text)
        }
        let short = (ofLabels[first] ?? []).first { short in
            term.text.hasPrefix(short) && near.contains { isName(short, $0.text) }
        }
        return short.map { Term(text: $0, tokens: term.tokens) }
    }

    /// Whether a name has both words.
    private func isName(_ term: String, _ next: String) -> Bool {
        !intersection(relation.labelIndex.names(with: term), relation.labelIndex.names(with: next)).isEmpty
    }

    /// Whether a column has both words: `eval loss`.
    private func isColumn(_ term: String, _ next: String) -> Bool {
        !intersection(relation.metricIndex.names(with: term), relation.metricIndex.names(with: next)).isEmpty
    }

    private func isKnown(_ term: String) -> Bool {
        relation.metricIndex.knows(term) || relation.labelIndex.knows(term)
    }

    /// `PostgreSQL` of the text, where the data has `postgresql`.
    private func whole(at index: Int, _ terms: [Term]) -> Term? {
        guard let whole = terms[index].whole, isKnown(whole),
            index == 0 || terms[index - 1].tokens != terms[index].tokens
        else { return nil }
        return Term(text: whole, tokens: terms[index].tokens)
    }

    /// `RocksDB` of the text is two words, `rocksdb` of the data one.
    private func joined(at index: Int, _ terms: [Term]) -> Term? {
        guard index + 1 < terms.count, !isKnown(terms[index].text), !terms[index + 1].isBreak, !terms[index + 1].isStop,
            case let text = terms[index].text + terms[index + 1].text, isKnown(text)
        else { return nil }
        return Term(text: text, tokens: terms[index].tokens.lowerBound..<terms[index + 1].tokens.upperBound)
    }

    /// `rocksdb` of the text is one word, `RocksDB` of the data two.
    private func parts(of term: Term) -> [Term]? {
        guard term.text.utf8.count >= 5, !isKnown(term.text), term.text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return nil
        }
        for length in 2...(term.text.utf8.count - 2) {
            let (head, tail) = (String(term.text.prefix(length)), String(term.text.dropFirst(length)))
            if isKnown(head), isKnown(tail), !Lexicon.stop.contains(head), !Lexicon.stop.contains(tail) {
                return [Term(text: head, tokens: term.tokens), Term(text: tail, tokens: term.tokens)]
            }
        }
        return nil
    }

    /// The data's word that the text's one abbreviates or is abbreviated by; the text's own where there is none.
    private func abbreviation(of term: Term) -> Term {
        if (3...5).contains(term.text.utf8.count), !Lexicon.generic.contains(term.text), let first = term.text.first,
            case let candidates = (long[first] ?? []).filter({ $0.hasPrefix(term.text) }), candidates.count == 1
        {
            return Term(text: candidates[0], tokens: term.tokens)
        }
        guard term.text.utf8.count >= 5, let first = term.text.first, let candidates = short[first] else { return term }
        let best = candidates.filter { $0.utf8.count >= 3 && Aliases.abbreviates($0, term.text) }.max {
            $0.utf8.count < $1.utf8.count
        }
        return best.map { Term(text: $0, tokens: term.tokens) } ?? term
    }

    /// The beginning of a word, or its first consonants.
    static func abbreviates(_ short: String, _ long: String) -> Bool {
        guard long.utf8.count >= short.utf8.count + 2 else { return false }
        if long.hasPrefix(short) { return true }
        guard !short.dropFirst().contains(where: { "aeiou".contains($0) }) else { return false }
        var rest = Substring(long)
        for letter in short {
            guard let place = rest.firstIndex(of: letter) else { return false }
            rest = rest[rest.index(after: place)...]
        }
        return true
    }

    private func acronym(at index: Int, _ terms: [Term]) -> (String, Int)? {
        var letters = ""
        for next in index..<min(index + 5, terms.count) {
            let term = terms[next]
            guard !term.isBreak, !term.isStop || next > index, let first = term.text.first, term.text.utf8.count > 2,
                !relation.labelIndex.knows(term.text)
            else { break }
            letters.append(first)
            if letters.utf8.count >= 2, let candidates = short[letters.first ?? " "], candidates.contains(letters),
                !term.isStop
            {
                return (letters, next - index + 1)
            }
        }
        return nil
    }
}
