internal import GateVocabulary

/// Dates as most languages write them: the day first, the month small.
extension Tokenizer {
    /// `27 kwietnia`, `14. februar 2026`, `3 de mayo de 2025`: the day stands before the month that was read last.
    mutating func dayBefore(_ month: Int) {
        guard let name = tokens.last else { return }
        var days = tokens.dropLast()
        while let last = days.last, last.isMark(".") || dateLinks.contains(last.text) { days.removeLast() }
        guard let day = days.last, let number = day.number, number.isWhole, !number.isSpelled, number.unit == nil,
            name.bytes.lowerBound - day.bytes.upperBound <= 4,
            var date = ReportDate(year: 2000, month: month, day: number.int)
        else { return }
        date.hasYear = false
        var stop = name.bytes.upperBound
        if let year = year(after: stop), let whole = ReportDate(year: year.value, month: month, day: number.int) {
            (date, stop) = (whole, year.end)
        }
        tokens.removeSubrange((days.count - 1)...)
        append(.date(date), day.bytes.lowerBound..<stop, text: date.text)
        position = stop
    }

    private func year(after stop: Int) -> (value: Int, count: Int, end: Int)? {
        var next = stop
        let link = Array(" de ".utf8)
        if bytes[next..<end].starts(with: link) { next += link.count - 1 }
        while next < end, bytes[next] == 0x20 { next += 1 }
        guard next > stop, let year = digits(from: next), year.count == 4, (1900...2099).contains(year.value) else {
            return nil
        }
        return year
    }

    /// `27.04.2025`, `27-04-2025`, `27/04/2025`: unlike `1.2.2025` of a version, with a year of four digits.
    mutating func pointedDate() -> Bool {
        guard let day = digits(from: position), day.count <= 2, day.end < end,
            [0x2E, 0x2D, 0x2F].contains(bytes[day.end]), let month = digits(from: day.end + 1), month.count <= 2,
            month.end < end, bytes[month.end] == bytes[day.end], let year = digits(from: month.end + 1),
            year.count == 4, (1900...2099).contains(year.value), year.end == end || !isNameByte(bytes[year.end]),
            !(position > 0 && (isNameByte(bytes[position - 1]) || bytes[position - 1] == bytes[day.end])),
            // Where only one order makes a date it is meant; the day goes first in most countries.
            let date = ReportDate(year: year.value, month: month.value, day: day.value)
                ?? ReportDate(year: year.value, month: day.value, day: month.value)
        else { return false }
        // `03/04/2025` is one day in some countries and another one in others.
        let isEither =
            bytes[day.end] == 0x2F && day.value != month.value
            && ReportDate(year: year.value, month: day.value, day: month.value) != nil && month.value <= 12
        append(isEither ? .identifier : .date(date), position..<year.end, text: date.text)
        position = year.end
        return true
    }
}

/// Words between a day, its month and its year.
private let dateLinks: Set<String> = ["de", "of", "di"]
