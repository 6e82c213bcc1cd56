internal import GateVocabulary

/// Text without blanks between its words: Chinese and Japanese, and Korean with its particles.
extension Tokenizer {
    /// An ideograph, a kana or a Hangul syllable begins here.
    func isEastAsian(at index: Int) -> Bool {
        guard index + 2 < end else { return false }
        switch bytes[index] {
        case 0xE3: return bytes[index + 1] >= 0x81
        case 0xE4...0xE9: return true
        case 0xEA: return bytes[index + 1] >= 0xB0
        case 0xEB...0xED: return true
        default: return false
        }
    }

    /// `提升了15%`, `gemma3模型`: a name in one script ends where letters or digits of the other begin.
    func changesScript(at index: Int) -> Bool {
        let (previous, byte) = (bytes[index - 1], bytes[index])
        if byte >= 0x80 { return (isLetter(previous) || isDigit(previous)) && isEastAsian(at: index) }
        return previous >= 0x80 && (isLetter(byte) || isDigit(byte)) && index >= 3 && isEastAsian(at: index - 3)
    }

    /// `2023年10月26日`, `2023년 10월 26일`, `2024年11月`.
    mutating func eastAsianDate() -> Bool {
        guard let year = digits(from: position), year.count == 4,
            let yearEnd = behind(["年", "년"], at: year.end), let month = digits(from: blanks(from: yearEnd)),
            month.count <= 2, let monthEnd = behind(["月", "월"], at: month.end)
        else { return false }
        var stop = monthEnd
        var day: Int?
        if let number = digits(from: blanks(from: monthEnd)), number.count <= 2,
            let dayEnd = behind(["日", "号", "일"], at: number.end)
        {
            (day, stop) = (number.value, dayEnd)
        }
        guard let date = ReportDate(year: year.value, month: month.value, day: day) else { return false }
        append(.date(date), position..<stop, text: date.text)
        position = stop
        return true
    }

    /// `101个文件`, `45 秒`: the unit that begins here; what follows it is another word.
    func eastAsianUnit(at start: Int) -> (MeasuredUnit, Range<Int>)? {
        for (word, name) in eastAsianUnits {
            if let stop = behind([word], at: start), let unit = MeasuredUnit(name) { return (unit, start..<stop) }
        }
        return nil
    }

    /// Fullwidth punctuation, by its ASCII sisters.
    func eastAsianMark(at index: Int) -> (text: String, length: Int)? {
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE3, 0x80, 0x81): return (",", 3)
        case (0xE3, 0x80, 0x82): return (".", 3)
        case (0xE3, 0x80, 0x80): return (" ", 3)
        case (0xE3, 0x80, _): return ("\"", 3)
        case (0xEF, 0xBC, 0x81...0xA0):
            let scalar = Unicode.Scalar(bytes[index + 2] - 0x80 + 0x20)
            return scalar.properties.numericType == nil ? (String(scalar), 3) : nil
        case (0xEF, 0xBD, 0x9C): return ("|", 3)
        case (0xEF, 0xBD, 0x9E): return ("~", 3)
        default: return nil
        }
    }

    private func behind(_ words: [String], at index: Int) -> Int? {
        for word in words where bytes[index..<end].starts(with: word.utf8) { return index + word.utf8.count }
        return nil
    }

    private func blanks(from index: Int) -> Int {
        var index = index
        while index < end, bytes[index] == 0x20 { index += 1 }
        return index
    }
}

/// The longer ones first.
private let eastAsianUnits: [(word: String, unit: String)] = [
    ("个文件", "files"), ("個文件", "files"), ("個檔案", "files"), ("份文件", "files"), ("文件", "files"), ("檔案", "files"),
    ("個のファイル", "files"), ("ファイル", "files"), ("개의 파일", "files"), ("개 파일", "files"),
    ("毫秒", "ms"), ("ミリ秒", "ms"), ("밀리초", "ms"), ("微秒", "µs"), ("秒", "s"), ("초", "s"), ("分钟", "min"),
    ("小时", "h"), ("字节", "bytes"), ("バイト", "bytes"), ("바이트", "bytes"), ("倍", "x"), ("배", "x"),
]
