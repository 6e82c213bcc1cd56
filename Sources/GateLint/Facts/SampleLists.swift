internal import GateCore
internal import GateVocabulary

/// Lists of numbers in an object are samples of one thing: `"rate": [391, 402, …]` is a column with a row for each of them,
/// and their mean, their ends and their median are said of the object itself.
///
/// Facts of lists come as `rate[0]`, `rate[1]`, those of lists of lists as `runs[0][0]`. What the object says of its samples
/// beside them (`"minimum": 381, "runs": [391, 381, …]`) tells what they are of, and is not computed again.
struct SampleLists {
    /// The name of the key that counts them, from 1.
    static let key = "sample"
    /// Three numbers may be a coordinate, four the corners of a box.
    private static let fewest = 5
    /// Of what has a unit, so many are measured more than once.
    private static let fewestMeasured = 3

    private let facts: [Fact]
    private var result: [Fact]
    /// Facts of the file by the object that they stand in, without those of lists.
    private var siblings: [Substring: [Int]] = [:]

    /// The facts with samples as rows, and with what they come to.
    static func named(_ facts: [Fact]) -> [Fact] {
        let files = facts.files.map { file in (file, facts[file].contains { isElement($0) }) }
        guard files.contains(where: \.1) else { return facts }
        var lists = SampleLists(facts: facts, result: [])
        lists.result.reserveCapacity(facts.count)
        for (file, hasLists) in files {
            if hasLists { lists.add(file) } else { lists.result += facts[file] }
        }
        return lists.result
    }

    private static func isElement(_ fact: Fact) -> Bool { fact.metric.utf8.last == UInt8(ascii: "]") }

    private mutating func add(_ file: Range<Int>) {
        siblings = [:]
        for index in file where !SampleLists.isElement(facts[index]) {
            guard let pointer = facts[index].source.pointer else { continue }
            siblings[SampleLists.above(pointer[...]), default: []].append(index)
        }
        var index = file.lowerBound
        while index < file.upperBound {
            let end = end(ofListAt: index, in: file)
            if end > index { add(list: index..<end) } else { result.append(facts[index]) }
            index = max(end, index + 1)
        }
    }

    private static func above(_ pointer: Substring) -> Substring {
        pointer.lastIndex(of: "/").map { pointer[..<$0] } ?? ""
    }

    /// `runs` of `runs[2][0]`
    private static func name(of metric: String) -> Substring { metric.prefix { $0 != "[" } }

    /// How deep the lists are, each within another one.
    private static func depth(of metric: String) -> Int { metric.utf8.count { $0 == UInt8(ascii: "[") } }

    /// The place of the outermost list of an element.
    private func list(_ index: Int) -> Substring? {
        guard SampleLists.isElement(facts[index]), case .number = facts[index].value,
            let pointer = facts[index].source.pointer
        else { return nil }
        return (0..<SampleLists.depth(of: facts[index].metric)).reduce(pointer[...]) { place, _ in
            SampleLists.above(place)
        }
    }

    /// Behind the last element of the list that begins there; the same index where none does.
    private func end(ofListAt index: Int, in file: Range<Int>) -> Int {
        guard let place = list(index) else { return index }
        let name = SampleLists.name(of: facts[index].metric)
        var end = index + 1
        while end < file.upperBound, facts[end].labels == facts[index].labels,
            SampleLists.name(of: facts[end].metric) == name, list(end) == place
        {
            end += 1
        }
        return end
    }

    private mutating func add(list: Range<Int>) {
        let first = facts[list.lowerBound]
        let values = list.compactMap { index -> Double? in
            if case .number(let value) = facts[index].value { value } else { nil }
        }
        guard areSamples(list, first), let place = self.list(list.lowerBound), let summary = Summary(values) else {
            result += facts[list]
            return
        }
        let beside = (siblings[SampleLists.above(place)] ?? []).filter { summary.tells(facts[$0]) }
        let owner = beside.first.map { facts[$0] }
        let name = owner.flatMap(SampleLists.holder) ?? String(SampleLists.name(of: first.metric))
        let model = owner.map { first.measured(as: $0) } ?? first
        let labels = owner?.labels ?? first.labels
        for (number, index) in list.enumerated() {
            result.append(
                model.told(
                    labels + [FactLabel(.key, name: SampleLists.key, text: "\(number + 1)")], name,
                    facts[index].statistic, facts[index].value, facts[index].written, facts[index].source))
        }
        // Codes that are all zero come to nothing.
        guard [.raw, .count, .rate, .unknown].contains(first.statistic), !summary.isConstant else { return }
        let known = Set(beside.map { facts[$0].statistic })
        let source = FactSource(file: first.source.file, pointer: String(place))
        for (statistic, word, value) in summary.all where !known.contains(statistic) {
            result.append(
                model.told(labels, "\(name).\(word)", statistic, .number(value), shown(value), source))
        }
    }

    /// Many numbers; lists of lists are where these are as long, too, or are not alike: pairs have a meaning by their place.
    private func areSamples(_ list: Range<Int>, _ first: Fact) -> Bool {
        let isMeasured = first.unit != nil && first.dimension != .count
        guard list.count >= (isMeasured ? SampleLists.fewestMeasured : SampleLists.fewest) else { return false }
        guard SampleLists.depth(of: first.metric) > 1 else { return true }
        let lengths = Dictionary(grouping: list) { SampleLists.above((facts[$0].source.pointer ?? "")[...]) }.values
            .map(\.count)
        return lengths.allSatisfy { $0 >= SampleLists.fewestMeasured }
            && (Set(lengths).count > 1 || lengths[0] >= SampleLists.fewest)
    }

    /// `timeMs` of a sibling that is called `timeMs.minimum`.
    private static func holder(_ sibling: Fact) -> String? {
        guard let dot = sibling.metric.lastIndex(of: "."), dot > sibling.metric.startIndex else { return nil }
        return String(sibling.metric[..<dot])
    }

    /// What samples come to.
    private struct Summary {
        let all: [(statistic: Statistic, word: String, value: Double)]

        var isConstant: Bool { all[1].value == all[2].value }

        init?(_ values: [Double]) {
            let sorted = values.filter(\.isFinite).sorted()
            guard sorted.count == values.count, let least = sorted.first, let most = sorted.last,
                let median = OrderStatistics.median(sorted)
            else { return nil }
            all = [
                (.mean, "mean", sorted.reduce(0, +) / Double(sorted.count)), (.min, "min", least),
                (.max, "max", most), (.median, "median", median),
            ]
        }

        /// A fact is one of them, by its name and its value.
        func tells(_ fact: Fact) -> Bool {
            guard case .number(let value) = fact.value else { return false }
            return all.contains { $0.statistic == fact.statistic && abs($0.value - value) <= abs(value) * 1e-4 }
        }
    }
}

extension Fact {
    /// With the dimension and the unit of another one.
    fileprivate func measured(as other: Fact) -> Fact {
        Fact(
            labels: labels, metric: metric, statistic: statistic, dimension: other.dimension, unit: other.unit,
            value: value, written: written, source: source)
    }

    fileprivate func told(
        _ labels: [FactLabel], _ metric: String, _ statistic: Statistic, _ value: FactValue, _ written: String,
        _ source: FactSource
    ) -> Fact {
        Fact(
            labels: labels, metric: metric, statistic: statistic, dimension: dimension, unit: unit, value: value,
            written: written, source: source)
    }
}
