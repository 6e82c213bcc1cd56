import Glibc

/// Bytes of a file as checked UTF-8 text without byte order mark.
///
/// UTF-16 is accepted, by its byte order mark or by the NULs of its ASCII, because Windows tools write it when their
/// output is redirected; damage in it is replaced by U+FFFD and said. NUL characters, which such files have after a wrong
/// conversion, are passed on and said.
struct SourceText {
    private enum Form {
        case utf8(UnsafeBufferPointer<UInt8>)
        case converted([UInt8])
    }

    private let form: Form
    /// What is wrong with the text although it is read; nil for a clean one.
    let damage: String?

    /// - Parameter bytes: must stay as long as the text does.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(FileRefusal) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            (form, damage) = SourceText.utf16(bytes, isLittle: true, from: 2)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            (form, damage) = SourceText.utf16(bytes, isLittle: false, from: 2)
        } else if let isLittle = SourceText.isUnmarkedUTF16(bytes) {
            (form, damage) = SourceText.utf16(bytes, isLittle: isLittle, from: 0)
        } else {
            let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            let text = hasMark ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
            try SourceText.check(text)
            form = .utf8(text)
            let hasNull = text.baseAddress.map { memchr($0, 0, text.count) != nil } ?? false
            damage = hasNull ? "has NUL characters, as a wrong conversion leaves them" : nil
        }
    }

    func withBytes(
        _ body: (UnsafeBufferPointer<UInt8>) throws(FileRefusal) -> Void
    ) throws(FileRefusal) {
        switch form {
        case .utf8(let bytes): try body(bytes)
        case .converted(let text):
            try text.withUnsafeBufferPointer { buffer in
                Result { () throws(FileRefusal) in try body(buffer) }
            }.get()
        }
    }

    private static func check(_ text: UnsafeBufferPointer<UInt8>) throws(FileRefusal) {
        do {
            _ = try UTF8Span(validating: text.span)
        } catch {
            let line = line(of: error.byteOffsets.lowerBound, in: text)
            throw FileRefusal(reason: "line \(line): not valid UTF-8; convert the file to UTF-8")
        }
    }

    private static func line(of offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        text[..<offset].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    }

    /// Every other byte is NUL where ASCII is written as UTF-16.
    /// - Returns: nil for another text; else whether the lower bytes come first.
    private static func isUnmarkedUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard bytes.count >= 4, bytes[0] == 0 || bytes[1] == 0 else { return nil }
        let isLittle = bytes[1] == 0
        let isAlternating = bytes.prefix(64).enumerated().allSatisfy { ($1 == 0) == (($0 % 2 == 1) == isLittle) }
        return isAlternating ? isLittle : nil
    }

    private static func utf16(
        _ bytes: UnsafeBufferPointer<UInt8>, isLittle: Bool, from start: Int
    ) -> (Form, damage: String?) {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: start, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isLittle ? second << 8 | first : first << 8 | second)
        }
        let isDamaged = bytes.count % 2 != 0 || String(validating: units, as: UTF16.self) == nil
        let text = Array(String(decoding: units, as: UTF16.self).utf8)
        return (.converted(text), isDamaged ? "is damaged UTF-16" : nil)
    }
}
