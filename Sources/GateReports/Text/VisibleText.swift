/// Makes text that others wrote (servers, models, environments) harmless and visible before it is shown anywhere.
enum VisibleText {
    /// Control characters become pictures of themselves, direction marks their code point, and what XML 1.0 cannot hold
    /// U+FFFD. Line feeds and tabs stay.
    static func lines(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0A where previous == "\r":
                result.removeLast()
                result.append("\n")
            case 0x0A, 0x09: result.append(scalar)
            case 0x00...0x1F: result.append(picture(of: scalar.value))
            case 0x7F: result.append("\u{2421}")
            case 0x80...0x9F, 0xFFFE, 0xFFFF: result.append("\u{FFFD}")
            case 0x2028, 0x2029: result.append("\n")
            case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
                result.append(contentsOf: "[U+\(hexadecimal(scalar.value))]".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// As above, on one line, of at most so many code points.
    static func line(_ text: String, limit: Int = 300) -> String {
        // What lies far beyond the limit is not even looked at: it may be megabytes.
        let head = text.unicodeScalars.prefix(limit * 8)
        let words = lines(String(head)).split { $0 == "\n" || $0 == "\t" || $0 == " " }
        let line = words.joined(separator: " ")
        let isWhole = head.endIndex == text.unicodeScalars.endIndex
        guard !isWhole || line.unicodeScalars.count > limit else { return line }
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(max(0, limit - 1)))) + "…"
    }

    /// Several lines, changed by one more step, of at most so many bytes in UTF-8; says so where that cuts something.
    static func block(_ text: String, bytes limit: Int, _ step: (String) -> String = { $0 }) -> String {
        let head = text.unicodeScalars.prefix(limit)
        let isWhole = head.endIndex == text.unicodeScalars.endIndex
        let block = step(lines(String(head)))
        guard !isWhole || block.utf8.count > limit else { return block }
        let note = "\n… (cut; \(text.utf8.count) bytes in all)"
        var kept = String.UnicodeScalarView()
        var size = note.utf8.count
        for scalar in block.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= limit else { break }
            kept.append(scalar)
        }
        return String(kept) + note
    }

    /// U+2400 (SYMBOL FOR NULL) and the signs after it.
    private static func picture(of control: UInt32) -> Unicode.Scalar { Unicode.Scalar(0x2400 + control) ?? "\u{FFFD}" }

    static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
