#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Bytes of a file as checked UTF-8 text.
enum SourceText {
    /// What decoding left over of the file's claims.
    struct Decoded<Result> {
        let result: Result
        /// What is wrong with the text although it was read; nil for a clean one.
        let damage: String?
    }

    /// Calls `body` with the text as UTF-8 without byte order mark. UTF-16 with a byte order mark is accepted, because
    /// Windows tools write it when their output is redirected; damage in it is replaced by U+FFFD and said. NUL
    /// characters, which such files have after a wrong conversion, are passed on and said.
    static func read<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws(FileRefusal) -> Result
    ) throws(FileRefusal) -> Decoded<Result> {
        if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return try utf16(bytes, isLittle: true, body) }
        if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return try utf16(bytes, isLittle: false, body) }
        var text = bytes
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF {
            text = UnsafeBufferPointer(rebasing: text[3...])
        }
        try check(text)
        let hasNull = text.baseAddress.map { memchr($0, 0, text.count) != nil } ?? false
        return Decoded(
            result: try body(text), damage: hasNull ? "has NUL characters, as a wrong conversion leaves them" : nil)
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

    private static func utf16<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, isLittle: Bool,
        _ body: (UnsafeBufferPointer<UInt8>) throws(FileRefusal) -> Result
    ) throws(FileRefusal) -> Decoded<Result> {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isLittle ? second << 8 | first : first << 8 | second)
        }
        let isDamaged = bytes.count % 2 != 0 || String(validating: units, as: UTF16.self) == nil
        let text = Array(String(decoding: units, as: UTF16.self).utf8)
        let result = text.withUnsafeBufferPointer { buffer in
            Swift.Result { () throws(FileRefusal) in try body(buffer) }
        }
        return Decoded(result: try result.get(), damage: isDamaged ? "is damaged UTF-16" : nil)
    }
}
