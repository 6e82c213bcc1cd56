/// Names and the words that they consist of, to be found in texts.
///
/// A name is found by a run of its words; the names that leave the fewest of their words unsaid are meant. Words that most
/// names of a group have tell none of them apart.
struct NameIndex {
    /// Names of one group are told apart by their words: values of one label, or metrics.
    struct Name {
        let terms: [String]
        let group: Int
    }

    /// Words of a text that name something.
    struct Mention {
        /// Of terms.
        let terms: Range<Int>
        /// Sorted.
        var names: [Int]
        /// Nothing that tells the name from others was left unsaid.
        let isWhole: Bool
        /// Those that share the words and were not taken: an imprecise name may mean them.
        var others: [Int] = []
    }

    /// A word of more names tells nothing, and looking at all of them would take its time.
    private static let commonest = 4096

    private(set) var names: [Name] = []
    /// What was said to the letter may be a part of other names: of metrics.
    var keepsOthers = false
    /// Words of so many names tell none of them apart, however many names there are.
    var commonFrom: Int?
    /// Groups of names that are composed of a subject and a description: names of files.
    var composed: Set<Int> = []
    /// Names that are rather sentences: half of the words that tell one are said where it is meant.
    var sentences: Set<Int> = []
    private var postings: [String: [Int]] = [:]
    private var seen: Set<[String]> = []
    private var sizes: [Int: Int] = [:]
    private var counts: [GroupTerm: Int] = [:]

    private struct GroupTerm: Hashable {
        let group: Int
        let term: String
    }

    mutating func add(_ terms: [String], group: Int) -> Int {
        let index = names.count
        names.append(Name(terms: terms, group: group))
        // Columns of one metric for each statistic are one name.
        let isNew = seen.insert([String(group)] + terms).inserted
        if isNew { sizes[group, default: 0] += 1 }
        for term in Set(terms) {
            postings[term, default: []].append(index)
            if isNew { counts[GroupTerm(group: group, term: term), default: 0] += 1 }
        }
        return index
    }

    func knows(_ term: String) -> Bool { postings[term] != nil }
    func names(with term: String) -> [Int] { postings[term] ?? [] }
    func size(of group: Int) -> Int { sizes[group] ?? 0 }
    var terms: [String] { postings.keys.sorted() }

    /// Every word of the name that tells it from the others of its group.
    func telling(_ name: Int) -> [String] {
        let (terms, group) = (names[name].terms, names[name].group)
        let telling = terms.filter { !isCommon($0, group) }
        return telling.isEmpty ? terms : telling
    }

    private func isCommon(_ term: String, _ group: Int) -> Bool {
        let size = sizes[group] ?? 0
        let count = counts[GroupTerm(group: group, term: term)] ?? 0
        return size > 1 && 5 * count > 3 * size || commonFrom.map { count >= $0 } ?? false
    }

    /// What a text names.
    ///
    /// - Parameter isWeak: words that name nothing by themselves.
    func mentions(in text: [Term], isWeak: (String) -> Bool) -> [Mention] {
        var mentions: [Mention] = []
        var start = 0
        while start < text.count {
            guard !text[start].isBreak, let (run, matched) = run(in: text, from: start, isWeak) else {
                start += 1
                continue
            }
            if let mention = mention(run, matched, text, isWeak) { mentions.append(mention) }
            start = run.upperBound
        }
        return mentions
    }

    /// The longest run of words that one name has, with at most two other small words between them.
    private func run(in text: [Term], from start: Int, _ isWeak: (String) -> Bool) -> (Range<Int>, [Int])? {
        guard let first = postings[text[start].text], first.count <= NameIndex.commonest || isNext(start, text) else {
            return nil
        }
        var matched = first
        var said: Set<String> = [text[start].text]
        var (end, next, gap) = (start + 1, start + 1, 0)
        while next < text.count, next - start < 24, !text[next].isBreak {
            let term = text[next].text
            if !said.contains(term), let postings = postings[term],
                case let both = intersection(matched, postings), !both.isEmpty
            {
                (matched, end, gap) = (both, next + 1, 0)
                said.insert(term)
            } else if gap < 2, text[next].isStop || said.contains(term) {
                gap += 1
            } else {
                break
            }
            next += 1
        }
        return (start..<end, matched)
    }

    private func isNext(_ start: Int, _ text: [Term]) -> Bool {
        start + 1 < text.count && (postings[text[start + 1].text]?.count ?? .max) <= NameIndex.commonest
    }

    /// What is left unsaid of a name of a file is a word that files of other names have, too: `results` of `helmet_results`
    /// and `wheat_results`.
    private func recurs(_ name: Int, besides said: Set<String>) -> Bool {
        guard composed.contains(names[name].group),
            names[name].terms.contains(where: { said.contains($0) && !NameIndex.isVersion($0) })
        else { return false }
        let rest = names[name].terms.filter { !said.contains($0) }
        guard !rest.isEmpty, rest.count < names[name].terms.count, var others = postings[rest[0]],
            others.count <= NameIndex.commonest
        else {
            return false
        }
        for term in rest.dropFirst() { others = intersection(others, postings[term] ?? []) }
        return others.contains {
            $0 != name && names[$0].group == names[name].group && Set(names[$0].terms) != Set(names[name].terms)
        }
    }

    /// `v2.7.3` of `v2.7.3_stats` names no file, but what other files are of, too.
    private static func isVersion(_ term: String) -> Bool {
        term.contains(".") && term.drop { $0 == "v" }.allSatisfy { $0.isNumber || $0 == "." }
    }

    private func mention(_ run: Range<Int>, _ matched: [Int], _ text: [Term], _ isWeak: (String) -> Bool) -> Mention? {
        let said = Set(text[run].map(\.text))
        let recurring = Set(matched.filter { recurs($0, besides: said) })
        var best: [Int: (unsaid: Int, names: [Int])] = [:]
        var isEssential = false
        for name in matched {
            let telling = telling(name)
            let isSubject =
                composed.contains(names[name].group)
                && names[name].terms.first.map { said.contains($0) && !NameIndex.isVersion($0) } == true
            let unsaid = recurring.contains(name) || isSubject ? 0 : telling.count { !said.contains($0) }
            guard unsaid == 0 || telling.contains(where: { said.contains($0) && !isWeak($0) }) else { continue }
            if 2 * unsaid > telling.count, sentences.contains(name) { continue }
            // `count` of a metric need not be said.
            if keepsOthers, unsaid > 0, telling.allSatisfy({ said.contains($0) || isWeak($0) }) { isEssential = true }
            let group = names[name].group
            if let known = best[group], known.unsaid < unsaid { continue }
            if let known = best[group], known.unsaid == unsaid {
                best[group]?.names.append(name)
                _ = known
            } else {
                best[group] = (unsaid, [name])
            }
        }
        // What is named as a whole is meant rather than what shares a word.
        let isExact = best.values.contains { $0.unsaid == 0 }
        let isWhole = isExact || isEssential
        var meant = best.filter { !isExact || $0.value.unsaid == 0 }.flatMap(\.value.names).sorted()
        if isExact { meant = (meant + same(said, matched, besides: meant)).sorted() }
        // One word names the file `llama_bench` and the model `Llama-3.1-8B` alike.
        if isExact, said.count == 1,
            meant.allSatisfy({ composed.contains(names[$0].group) && names[$0].terms.count > 1 })
        {
            meant = (meant + matched.filter { beginsRows($0, said) }).sorted()
        }
        // A part of a name is rather its beginning.
        if !isWhole, case let first = meant.filter({ names[$0].terms.first.map(said.contains) == true }), !first.isEmpty
        {
            meant = first
        }
        // Said to the letter with more than one word, a name means nothing else.
        let isLiteral = said.count > 1 && meant.contains { names[$0].terms.allSatisfy(said.contains) }
        guard !meant.isEmpty, isLiteral || !said.allSatisfy({ isWeak($0) }) else { return nil }
        return Mention(
            terms: run, names: meant, isWhole: isWhole,
            others: isLiteral && !keepsOthers || matched.count > 64 ? [] : matched.filter { !contains(meant, $0) })
    }
}

extension NameIndex {
    private func beginsRows(_ name: Int, _ said: Set<String>) -> Bool {
        !composed.contains(names[name].group) && names[name].terms.first.map(said.contains) == true
    }

    /// Names of other groups that have all the words of the text in them: what is `Llama-3.1-8B` in one file is
    /// `meta-llama/Llama-3.1-8B` in another one. Where several of a group have them, none is meant, but for files.
    private func same(_ said: Set<String>, _ matched: [Int], besides meant: [Int]) -> [Int] {
        guard said.count > 1 else { return [] }
        let groups = Set(meant.map { names[$0].group })
        let others = matched.filter { !groups.contains(names[$0].group) && said.isSubset(of: names[$0].terms) }.filter {
            composed.contains(names[$0].group) || names[$0].terms.count <= said.count + 3
        }
        return Dictionary(grouping: others) { names[$0].group }.sorted { $0.key < $1.key }.flatMap { group, members in
            composed.contains(group) || Set(members.map { names[$0].terms }).count == 1 ? members : []
        }
    }
}

/// A canonical word of a text.
struct Term {
    let text: String
    /// Of the phrase's tokens.
    let tokens: Range<Int>
    var isStop = false
    /// The word of the text that it is a part of: `postgresql` of `PostgreSQL`.
    var whole: String?
    /// Punctuation that ends a run of words.
    var isBreak = false
}

/// Of sorted lists; the shorter one leads.
func intersection(_ left: [Int], _ right: [Int]) -> [Int] {
    if left.count * 8 < right.count { return left.filter { contains(right, $0) } }
    if right.count * 8 < left.count { return right.filter { contains(left, $0) } }
    var result: [Int] = []
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
        if left[first] == right[second] { result.append(left[first]) }
        let (a, b) = (left[first], right[second])
        if a <= b { first += 1 }
        if b <= a { second += 1 }
    }
    return result
}

func contains(_ sorted: [Int], _ value: Int) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == value
}
