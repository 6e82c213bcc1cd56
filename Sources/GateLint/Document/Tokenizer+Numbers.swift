internal import GateVocabulary

/// Numbers with the units behind them.
extension Tokenizer {
    mutating func number() {
        let start = position
        var stop = groups(from: start)
        var decimals = 0
        let whole = stop
        if stop < end, bytes[stop] == point, isDigit(at: stop + 1) {
            stop += 1
            while stop < end, isDigit(bytes[stop]) {
                stop += 1
                decimals += 1
            }
        }
        var exponent = 0
        if stop < end, bytes[stop] | 0x20 == 0x65, isExponent(at: stop) {
            let sign = stop + 1
            stop += 2
            while stop < end, isDigit(bytes[stop]) { stop += 1 }
            let digits = text(sign..<stop).drop { $0 == "+" }
            exponent = Int(digits) ?? 0
        }
        // `1.2.3` and `2024.1.0-beta` are versions.
        if stop < end, bytes[stop] == 0x2E, isDigit(at: stop + 1) {
            while stop < end, isNameByte(bytes[stop]) || isConnector(at: stop) { stop += 1 }
            append(.identifier, start..<stop, text: lowercase(start..<stop))
            position = stop
            return
        }
        let groups = text(start..<whole).filter { ("0"..."9").contains($0) }
        let written = groups + (decimals > 0 ? "." + text(whole + 1..<stop) : text(whole..<stop))
        let significant = written.drop { $0 == "0" || $0 == "." }.prefix { $0 != "e" && $0 != "E" }
        var number = Quantity(
            value: Double(written.hasPrefix(".") ? "0" + written : written) ?? 0, decimals: decimals,
            digits: max(1, significant.count { $0 != "." }), halfStep: 0.5 * powerOfTen(exponent - decimals))
        position = stop
        if ordinal(&number) {
        } else if position < end, isLetter(bytes[position]), !attachedUnit(&number) {
            // `4chan`, `3D`: a name that begins with a digit.
            while position < end, isNameByte(bytes[position]) || isConnector(at: position) { position += 1 }
            append(.identifier, start..<position, text: lowercase(start..<position))
            return
        } else if number.unit == nil {
            scaleWord(&number)
            spacedUnit(&number)
        }
        if number.unit == nil, isOfDollars(start) { number.unit = MeasuredUnit("$") }
        append(.number(number), start..<stop, text: written)
    }

    /// `$0.62`; not between two signs, as of a formula.
    private func isOfDollars(_ start: Int) -> Bool {
        start > 0 && bytes[start - 1] == 0x24 && !(position < end && bytes[position] == 0x24)
    }

    private var point: UInt8 { notation == .point ? 0x2E : 0x2C }

    /// Digits with marks between groups of three: `1,234`, by the notation also `1.234`, `1 234`, `1'234`.
    func groups(from start: Int) -> Int {
        var stop = start
        while stop < end {
            if isDigit(bytes[stop]) {
                stop += 1
            } else if stop > start, stop - start <= 3 || isGrouped(start..<stop), let mark = groupMark(at: stop),
                isDigit(at: stop + mark), isDigit(at: stop + mark + 1), isDigit(at: stop + mark + 2),
                !isDigit(at: stop + mark + 3)
            {
                stop += mark
            } else {
                break
            }
        }
        return stop
    }

    private func isGrouped(_ range: Range<Int>) -> Bool { bytes[range].contains { !isDigit($0) } }

    /// How long the mark between two groups is; nil where none stands. A blank is one only where a comma is the point.
    private func groupMark(at index: Int) -> Int? {
        switch bytes[index] {
        case 0x2C: return notation == .point ? 1 : nil
        case 0x2E: return notation == .comma ? 1 : nil
        case 0x27: return 1
        case 0x20: return notation == .comma ? 1 : nil
        default: return wideBlank(at: index)
        }
    }

    func isExponent(at index: Int) -> Bool {
        guard index + 1 < end else { return false }
        let next = bytes[index + 1]
        return isDigit(next) || ((next == 0x2B || next == 0x2D) && isDigit(at: index + 2))
    }

    mutating func ordinal(_ number: inout Quantity) -> Bool {
        guard position + 2 <= end, ["st", "nd", "rd", "th"].contains(lowercase(position..<position + 2)),
            position + 2 == end || !isNameByte(bytes[position + 2])
        else { return false }
        position += 2
        number.isOrdinal = true
        return true
    }

    /// `15.6ms`, `2.77x`, `1.5M`; false where what follows is no unit.
    mutating func attachedUnit(_ number: inout Quantity) -> Bool {
        if let (unit, range) = unit(at: position) {
            number.unit = unit
            number.unitBytes = range
            position = range.upperBound
            return true
        }
        guard position + 1 == end || !isNameByte(bytes[position + 1]),
            let scale = ["k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9][text(position..<position + 1)]
        else { return false }
        number.scaled(by: scale)
        position += 1
        spacedUnit(&number)
        return true
    }

    /// `2.6 billion`, `55.2 million`
    mutating func scaleWord(_ number: inout Quantity) {
        guard position + 4 < end, bytes[position] == 0x20 else { return }
        var stop = position + 1
        while stop < end, isLetter(bytes[stop]) { stop += 1 }
        guard let scale = ["thousand": 1e3, "million": 1e6, "billion": 1e9][lowercase(position + 1..<stop)] else {
            return
        }
        number.scaled(by: scale)
        position = stop
    }

    /// A unit after one blank, or `%` directly behind; marks of emphasis may stand between.
    mutating func spacedUnit(_ number: inout Quantity) {
        var next = position
        while next < end, bytes[next] == 0x2A || bytes[next] == 0x60 { next += 1 }
        if next < end { next += bytes[next] == 0x20 ? 1 : wideBlank(at: next) ?? 0 }
        if next < end, bytes[next] == 0x2D, next + 1 < end, isLetter(bytes[next + 1]) { next += 1 }
        guard let (unit, range) = unit(at: next) else { return }
        number.unit = unit
        // What is counted is a word of the sentence, too.
        guard unit.dimension != .count else { return }
        number.unitBytes = range
        position = range.upperBound
    }

    /// The unit that begins here, the longest one.
    func unit(at start: Int) -> (MeasuredUnit, Range<Int>)? {
        guard start < end else { return nil }
        if bytes[start] == 0x25 { return MeasuredUnit("%").map { ($0, start..<start + 1) } }
        if bytes.count > start + 1, bytes[start] == 0xC3, bytes[start + 1] == 0x97 {
            // `8192×8192` is a size.
            return isDigit(at: start + 2) ? nil : MeasuredUnit("x").map { ($0, start..<start + 2) }
        }
        if isEastAsian(at: start) { return eastAsianUnit(at: start) }
        guard let first = unitWord(from: start) else { return nil }
        // `tok/s`, `requests per minute`
        if first.upperBound < end, bytes[first.upperBound] == 0x2F, let second = unitWord(from: first.upperBound + 1),
            let unit = MeasuredUnit(text(first.lowerBound..<second.upperBound)), unit.dimension != .unknown
        {
            return (unit, first.lowerBound..<second.upperBound)
        }
        for link in rateLinks where bytes[first.upperBound..<end].starts(with: link) {
            guard let second = unitWord(from: first.upperBound + link.count), !notUnits.contains(lowercase(second)),
                let unit = MeasuredUnit("\(text(first)) per \(text(second))"), unit.dimension == .rate
            else { continue }
            return (unit, first.lowerBound..<second.upperBound)
        }
        if text(first) == "per", let second = unitWord(from: first.upperBound + 1),
            let unit = MeasuredUnit("/" + text(second)), unit.dimension == .rate
        {
            return (unit, first.lowerBound..<second.upperBound)
        }
        // A letter that stands alone is a unit only behind a number that it is set apart from by nothing else.
        guard let unit = MeasuredUnit(text(first)), !notUnits.contains(lowercase(first)) else { return nil }
        return (unit, first)
    }

    func unitWord(from start: Int) -> Range<Int>? {
        var stop = start
        if stop < end, bytes[stop] == 0x2F { stop += 1 }
        while stop < end, isLetter(bytes[stop]) || (bytes[stop] >= 0x80 && (!isWide(at: stop) || isUnitSign(at: stop)))
        { stop += 1 }
        guard stop > start, stop - start <= 16, stop == end || !isNameByte(bytes[stop]) else { return nil }
        return start..<stop
    }

    /// `µ` and `°` begin units.
    func isUnitSign(at index: Int) -> Bool {
        (bytes[index] == 0xC2 && index + 1 < end && (bytes[index + 1] == 0xB5 || bytes[index + 1] == 0xB0))
            || (index > 0 && bytes[index - 1] == 0xC2 && (bytes[index] == 0xB5 || bytes[index] == 0xB0))
            || (bytes[index] == 0xCE && index + 1 < end && bytes[index + 1] == 0xBC)
    }
}

/// `messages per second`, `messages a second`
private let rateLinks: [[UInt8]] = [" per ", " a ", " an ", " each ", " every "].map { Array($0.utf8) }
/// Words that are units in names of the data, and words of English in a text.
private let notUnits: Set<String> = ["in", "a", "k", "d", "j", "pp", "it", "its", "calls", "tests", "b", "p", "cent"]
