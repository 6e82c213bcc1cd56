internal import GateVocabulary

/// Cuts a stretch of a line into tokens: dates first, then files, identifiers, numbers with their units, words.
struct Tokenizer {
    let bytes: [UInt8]
    let end: Int
    let notation: PrintedNumber.Notation
    var position: Int
    var tokens: [Token] = []

    /// - Parameter notation: how the text writes its numbers.
    static func tokens(
        in bytes: [UInt8], _ range: Range<Int>, notation: PrintedNumber.Notation = .point
    ) -> [Token] {
        var tokenizer = Tokenizer(bytes: bytes, range, notation)
        tokenizer.run()
        return tokenizer.tokens
    }

    private init(bytes: [UInt8], _ range: Range<Int>, _ notation: PrintedNumber.Notation) {
        self.bytes = bytes
        self.notation = notation
        position = range.lowerBound
        end = range.upperBound
        tokens.reserveCapacity(range.count / 5)
    }

    private mutating func run() {
        while position < end {
            let byte = bytes[position]
            if byte == 0x20 || byte == 0x09 {
                position += 1
            } else if let blank = wideBlank(at: position) {
                position += blank
            } else if isDigit(byte) {
                if !isoDate(), !pointedDate(), !eastAsianDate(), !clock(), !sizedName() { number() }
            } else if byte == 0x68, isAddress(at: position) {
                address()
            } else if isLetter(byte) || byte == 0x5F {
                name()
            } else if byte == 0x2E, isDigit(at: position + 1) {
                number()
            } else if byte >= 0x80 {
                if let mark = wideMark() {
                    append(.mark, position..<position + mark.length, text: mark.text)
                    position += mark.length
                } else {
                    name()
                }
            } else {
                append(.mark, position..<position + 1, text: String(Unicode.Scalar(byte)))
                position += 1
            }
        }
    }

    mutating func append(_ kind: Token.Kind, _ range: Range<Int>, text: String) {
        var token = Token(kind: kind, bytes: range, text: text)
        token.isCapitalised = (0x41...0x5A).contains(bytes[range.lowerBound])
        token.isCapitals = bytes[range].allSatisfy { (0x41...0x5A).contains($0) }
        if case .identifier = kind { token.written = self.text(range) }
        // `queryTime`
        if case .word = kind, !token.isCapitals, range.count > 1,
            bytes[range].dropFirst().contains(where: { (0x41...0x5A).contains($0) })
        {
            token.written = self.text(range)
        }
        tokens.append(token)
    }

    // MARK: - Dates

    /// `2025-11-14`, with a time behind it or without.
    private mutating func isoDate() -> Bool {
        guard position + 10 <= end, bytes[position + 4] == 0x2D, bytes[position + 7] == 0x2D,
            !isDigit(at: position + 10), !(position > 0 && isNameByte(bytes[position - 1])),
            let date = ReportDate(iso: text(position..<position + 10))
        else { return false }
        var stop = position + 10
        if stop + 6 <= end, bytes[stop] == 0x54 || bytes[stop] == 0x20, isDigit(at: stop + 1), bytes[stop + 3] == 0x3A {
            stop += 6
            while stop < end, isDigit(bytes[stop]) || bytes[stop] == 0x3A || bytes[stop] == 0x5A { stop += 1 }
        }
        append(.date(date), position..<stop, text: date.text)
        position = stop
        return true
    }

    /// `09:15`, `18:53:30`: a time of day, which is no quantity.
    private mutating func clock() -> Bool {
        var stop = position
        while stop < end, isDigit(bytes[stop]), stop - position < 3 { stop += 1 }
        guard stop - position <= 2, stop + 2 < end, bytes[stop] == 0x3A, isDigit(at: stop + 1), isDigit(at: stop + 2),
            !isDigit(at: stop + 3)
        else { return false }
        stop += 3
        while stop < end, isDigit(bytes[stop]) || bytes[stop] == 0x3A || bytes[stop] == 0x2E,
            isDigit(at: stop + 1) || isDigit(bytes[stop])
        { stop += 1 }
        append(.identifier, position..<stop, text: text(position..<stop))
        position = stop
        return true
    }

    private func isAddress(at index: Int) -> Bool {
        let rest = bytes[index..<min(end, index + 8)]
        return rest.starts(with: Array("http://".utf8)) || rest.starts(with: Array("https://".utf8))
    }

    private mutating func address() {
        let start = position
        while position < end, bytes[position] != 0x20, bytes[position] != 0x09, bytes[position] != 0x29,
            bytes[position] != 0x7C
        { position += 1 }
        append(.mark, start..<position, text: "@")
    }

    /// `October 26, 2023`, `Nov. 14`, `November 2025`, `14 November 2025`; the month's name is the last token.
    /// `17:52`
    private func isTime(_ end: Int) -> Bool {
        end + 1 < self.end && bytes[end] == 0x3A && (0x30...0x39).contains(bytes[end + 1])
    }

    private mutating func monthDate(_ month: Int, from start: Int) {
        var next = position
        if next < end, bytes[next] == 0x2E { next += 1 }
        skipBlanks(&next)
        if next < end, bytes[next] == 0x2C { next += 1 }
        skipBlanks(&next)
        guard let first = digits(from: next), !isTime(first.end) else {
            // `12 February`, `18 May, 17:52`
            if let day = tokens.dropLast().last, let number = day.number, number.isWhole, !number.isSpelled,
                (1...31).contains(number.value), day.bytes.upperBound + 1 == start,
                var date = ReportDate(year: 2000, month: month, day: number.int)
            {
                date.hasYear = false
                tokens.removeLast(2)
                append(.date(date), day.bytes.lowerBound..<position, text: date.text)
            }
            return
        }
        if first.count == 4, let date = ReportDate(year: first.value, month: month, day: nil) {
            dateToken(date, from: start, to: first.end)
        } else if first.count <= 2 {
            var stop = first.end
            if stop + 2 <= end, ["st", "nd", "rd", "th"].contains(text(stop..<stop + 2)) { stop += 2 }
            var year = stop
            if year < end, bytes[year] == 0x2C { year += 1 }
            skipBlanks(&year)
            if let second = digits(from: year), second.count == 4,
                let date = ReportDate(year: second.value, month: month, day: first.value)
            {
                dateToken(date, from: start, to: second.end)
            } else if var date = ReportDate(year: 2000, month: month, day: first.value),
                stop == end || bytes[stop] != 0x2E || !isDigit(at: stop + 1)
            {
                date.hasYear = false
                dateToken(date, from: start, to: stop)
            }
        }
    }

    private mutating func dateToken(_ date: ReportDate, from start: Int, to stop: Int) {
        tokens.removeLast()
        var start = start
        if date.day == nil, let day = tokens.last?.number, day.decimals == 0, (1...31).contains(day.value),
            let last = tokens.last, last.bytes.upperBound + 1 == start,
            let whole = ReportDate(year: date.year, month: date.month, day: day.int)
        {
            start = last.bytes.lowerBound
            tokens.removeLast()
            append(.date(whole), start..<stop, text: whole.text)
        } else {
            append(.date(date), start..<stop, text: date.text)
        }
        position = stop
    }

    func digits(from start: Int) -> (value: Int, count: Int, end: Int)? {
        var stop = start
        var value = 0
        while stop < end, isDigit(bytes[stop]), stop - start < 5 {
            let digit = bytes[stop] - 0x30
            value = value * 10 + Int(digit)
            stop += 1
        }
        return stop > start ? (value, stop - start, stop) : nil
    }

    private func skipBlanks(_ index: inout Int) {
        while index < end, bytes[index] == 0x20 { index += 1 }
    }

    // MARK: - Names

    /// `270m`, `1b-it-qat`, `8b`: a size that names a model.
    private mutating func sizedName() -> Bool {
        var stop = position
        while stop < end, isDigit(bytes[stop]) || bytes[stop] == 0x2E { stop += 1 }
        guard stop < end, [0x42, 0x62, 0x4D, 0x6D].contains(bytes[stop]) else { return false }
        stop += 1
        if stop < end, bytes[stop] == 0x2D || bytes[stop] == 0x5F, stop + 1 < end, isLetter(bytes[stop + 1]) {
            while stop < end, isNameByte(bytes[stop]) || isConnector(at: stop) { stop += 1 }
        } else if stop < end, isNameByte(bytes[stop]) {
            return false
        }
        append(.identifier, position..<stop, text: lowercase(position..<stop))
        position = stop
        return true
    }

    private mutating func name() {
        let start = position
        var hasDigit = false
        var hasInner = false
        var wordEnd: Int?
        // A longer one is no name, and would be gone through again from each of its joints.
        while position < min(end, start + 512) {
            let byte = bytes[position]
            if byte >= 0x80, wideMark() != nil { break }
            if position > start, changesScript(at: position) { break }
            if isNameByte(byte) {
                hasDigit = hasDigit || isDigit(byte)
                hasInner = hasInner || byte == 0x5F
            } else if let close = percentileEnd(at: position, from: start) {
                position = close
                hasInner = true
            } else if isConnector(at: position) {
                if wordEnd == nil, byte != 0x2E { wordEnd = position }
                hasInner = hasInner || byte == 0x5B
            } else {
                break
            }
            position += 1
        }
        let range = start..<position
        if isFileName(range) {
            append(.file, range, text: lowercase(range))
        } else if hasDigit || hasInner {
            // `CSV:28` and `JSON-44` are a word and a number.
            append(.identifier, range, text: lowercase(range))
        } else {
            position = wordEnd ?? position
            let text = lowercase(start..<position)
            append(.word, start..<position, text: text)
            if var number = numeral(text), let last = tokens.popLast() {
                scaleWord(&number)
                let range = start..<position
                spacedUnit(&number)
                tokens.append(
                    Token(
                        kind: .number(number), bytes: range, text: lowercase(range), isCapitalised: last.isCapitalised))
            }
            if let month = monthNames[text], tokens.last?.isCapitalised == true {
                monthDate(month, from: start)
            } else if text.utf8.count > 3, let month = Lexicon.months[text] {
                dayBefore(month)
            }
        }
    }

    /// The closing bracket of `p(95)`, at the opening one.
    private func percentileEnd(at index: Int, from start: Int) -> Int? {
        guard bytes[index] == 0x28, index > start, bytes[index - 1] | 0x20 == 0x70,
            index - 1 == start || !isLetter(bytes[index - 2]) || bytes[index - 1] == 0x50
        else { return nil }
        var next = index + 1
        while next < end, isDigit(bytes[next]) || bytes[next] == 0x2E { next += 1 }
        return next > index + 1 && next < end && bytes[next] == 0x29 ? next : nil
    }

    /// Joins the parts of one name: a dot, dash, slash, colon or bracket with a name behind it.
    func isConnector(at index: Int) -> Bool {
        let byte = bytes[index]
        guard index + 1 < end else { return byte == 0x5D && openBracket(before: index) }
        let next = bytes[index + 1]
        switch byte {
        case 0x2F where isBetweenQuantiles(index): return false
        case 0x2E, 0x2F, 0x2D: return isNameByte(next) && !(next >= 0x80 && isWide(at: index + 1))
        case 0x3A:  // `gemma3:latest`, but not `CSV:28`
            return isLetter(next) && index > position - 64 && index > 0 && isDigit(bytes[index - 1])
        case 0x5B: return isDigit(next) || next == 0x2A
        case 0x5D: return openBracket(before: index)
        case 0x2A: return index > 0 && bytes[index - 1] == 0x5F && (next == 0x2E || next == 0x5F)
        default: return false
        }
    }

    /// `p50/p99` are two.
    private func isBetweenQuantiles(_ slash: Int) -> Bool {
        var start = slash - 1
        while start > 0, isDigit(bytes[start]) || bytes[start] == 0x2E { start -= 1 }
        return start >= 0 && start < slash - 1 && bytes[start] | 0x20 == 0x70 && slash + 2 < end
            && bytes[slash + 1] | 0x20 == 0x70 && isDigit(bytes[slash + 2])
    }

    private func openBracket(before index: Int) -> Bool {
        var start = index - 1
        while start >= 0, index - start < 6, isDigit(bytes[start]) || bytes[start] == 0x2A { start -= 1 }
        return start >= 0 && bytes[start] == 0x5B && start > 0 && isNameByte(bytes[start - 1])
    }

    private func isFileName(_ range: Range<Int>) -> Bool {
        guard let dot = bytes[range].lastIndex(of: 0x2E), dot > range.lowerBound else { return false }
        // `System.Text.Json` is a name of code.
        let ending = bytes[dot + 1..<range.upperBound]
        let isMixed = ending.first.map { $0 < 0x61 } ?? false && ending.contains { $0 >= 0x61 }
        return !isMixed && fileExtensions.contains(lowercase(dot + 1..<range.upperBound))
    }
}

extension Tokenizer {
    /// The number of a month whose whole name a word is. `may` is rather a verb.
    static func month(_ word: String) -> Int? { word.utf8.count > 3 ? monthNames[word] : nil }
}

private let monthNames: [String: Int] = {
    let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    var months: [String: Int] = ["sept": 9]
    for (index, name) in names.enumerated() {
        months[name] = index + 1
        months[String(name.prefix(3))] = index + 1
    }
    return months
}()

let fileExtensions: Set<String> = [
    "csv", "json", "md", "py", "txt", "log", "pt", "onnx", "yaml", "yml", "xlsx", "parquet", "jsonl", "ndjson", "tsv",
    "html",
    "pdf", "gz",
]
