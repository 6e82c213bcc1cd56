import GateCore

/// Which numbers of the objects in an array select their object, as columns of a table select a row: whole numbers that
/// count up or come again, before the first one that is measured; else the one that counts up evenly, wherever it stands:
/// what is sorted by the names of its members has `loss` before `step`.
struct JSONKeys {
    private struct Member {
        let place: Int
        var count = 0
        var isWhole = true
        var increases = true
        var decreases = false
        var repeats = false
        var first: UInt64 = 0
        var last: UInt64 = 0
    }

    /// So many objects show what their members are.
    private static let mostElements = 64

    private var members: [Member] = []
    private var elements = 0
    private var hasTexts = false
    /// Numbers stand deeper, too.
    private var hasObjects = false

    /// - Returns: the places of the keys.
    static func places(in array: Int, _ collector: borrowing FactCollector) -> [Int] {
        let end = collector.tokens.end(of: array)
        let first = array + 1
        guard first < end, collector.tokens[first].kind == .object, collector.tokens.end(of: first) < end else {
            return []
        }
        var keys = JSONKeys()
        keys.members.reserveCapacity(16)
        var element = first
        while element < end, keys.elements < mostElements {
            guard collector.tokens[element].kind == .object else { return [] }
            keys.look(at: element, collector)
            element = collector.tokens.end(of: element)
        }
        let places = keys.decide(collector)
        return places.isEmpty ? keys.counters(from: first, to: element, collector) : places
    }

    /// Of fewer objects nothing can be told.
    private static let fewestCounted = 8
    /// Of the differences between one value and the next other one. A last object may stand off, as a summary does.
    private static let evenShare = 0.8

    private func counters(from first: Int, to end: Int, _ collector: borrowing FactCollector) -> [Int] {
        guard elements >= JSONKeys.fewestCounted else { return [] }
        let steady = members.filter { member in
            member.isWhole && !member.decreases && member.count == elements && member.first != member.last
                && !isMeasured(member.place, collector)
        }
        return steady.map(\.place).filter { isEven($0, from: first, to: end, collector) }
    }

    private func isEven(_ place: Int, from first: Int, to end: Int, _ collector: borrowing FactCollector) -> Bool {
        var (values, element): ([Int], Int) = ([], first)
        while element < end {
            let last = collector.tokens.end(of: element)
            var member = element + 1
            while member < last, collector.tokens[member].place != place { member = collector.tokens.end(of: member) }
            guard member < last else { return false }
            let value = collector.tokens[member].digits.whole
            if value != values.last { values.append(value) }
            element = last
        }
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }.sorted()
        // Each of many objects has at most a few beside it that are of the same one.
        guard values.count >= JSONKeys.fewestCounted, 2 * values.count > elements else { return false }
        let middle = steps[steps.count / 2]
        return Double(steps.count { $0 == middle }) >= JSONKeys.evenShare * Double(steps.count)
    }

    private mutating func look(at object: Int, _ collector: borrowing FactCollector) {
        elements += 1
        let end = collector.tokens.end(of: object)
        var (member, next) = (object + 1, 0)
        while member < end {
            let token = collector.tokens[member]
            if token.kind == .number {
                let index = index(of: token.place, near: next)
                next = index + 1
                look(at: token.digits, &members[index])
            } else if token.kind == .string {
                hasTexts = true
            } else if token.kind == .object {
                hasObjects = true
            }
            member = collector.tokens.end(of: member)
        }
    }

    /// Objects of one kind have their members in one order.
    private mutating func index(of place: Int, near next: Int) -> Int {
        if next < members.count, members[next].place == place { return next }
        if let known = members.firstIndex(where: { $0.place == place }) { return known }
        members.append(Member(place: place))
        return members.count - 1
    }

    private func look(at digits: PackedDecimal, _ member: inout Member) {
        defer { member.count += 1 }
        guard !digits.isNone, digits.isWhole else {
            member.isWhole = false
            return
        }
        if member.count == 0 {
            member.first = digits.nibbles
        } else {
            if digits.nibbles <= member.last { member.increases = false }
            if digits.nibbles < member.last { member.decreases = true }
            if digits.nibbles == member.last || digits.nibbles == member.first { member.repeats = true }
        }
        member.last = digits.nibbles
    }

    private func decide(_ collector: borrowing FactCollector) -> [Int] {
        let candidates = members.prefix { member in
            member.isWhole && member.count == elements && !isMeasured(member.place, collector)
        }
        // Of numbers alone the last one is measured.
        let leading = candidates.count == members.count && !hasObjects ? candidates.dropLast() : candidates
        var keys = leading.filter { member in
            let isConstant = member.repeats && member.first == member.last && !member.increases && elements > 1
            return member.increases && elements >= 3 && (!hasTexts || member.place == members[0].place)
                || member.repeats && !isConstant && elements >= 4
        }
        if keys.isEmpty, !hasTexts, let first = leading.first, elements > 1 { keys = [first] }
        return keys.map(\.place)
    }

    private func isMeasured(_ place: Int, _ collector: borrowing FactCollector) -> Bool {
        let key = collector.places[place].key
        let traits = collector.names[key]
        return traits.metric.isMeasured || traits.isValue || collector.isMeasured(key)
    }
}

extension PackedDecimal {
    /// Of a number without point and sign.
    fileprivate var whole: Int {
        (0..<count).reversed().reduce(0) { 10 * $0 + Int(clamping: nibbles >> (4 * $1) & 0xF) }
    }
}
