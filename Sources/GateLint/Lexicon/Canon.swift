internal import GateVocabulary

/// Words as they are compared: stems, with synonyms replaced. Names of the data and texts of reports go through it alike.
enum Canon {
    /// - Returns: for each canonical word the range of the given words that it stands for.
    static func terms(_ words: [String]) -> [(term: String, range: Range<Int>)] {
        let stems = words.map(stem)
        var terms: [(String, Range<Int>)] = []
        var index = 0
        while index < stems.count {
            let match = (replacements[stems[index]] ?? []).first { stems[index...].starts(with: $0.words) }
            let length = match?.words.count ?? 1
            terms.append((match?.name ?? stems[index], index..<index + length))
            index += length
        }
        return terms
    }

    static func terms(ofName name: String) -> [String] { terms(NameWords.words(of: name)).map(\.term) }

    /// By the first stem, the longest first.
    private static let replacements: [String: [(words: [String], name: String)]] = {
        var replacements: [String: [(words: [String], name: String)]] = [:]
        for line in Lexicon.synonyms {
            for other in line.dropFirst() {
                let words = other.split(separator: " ").map { stem(String($0)) }
                replacements[words[0], default: []].append((words, stem(line[0])))
            }
        }
        return replacements.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()
}
