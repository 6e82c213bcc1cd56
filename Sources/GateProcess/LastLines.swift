internal import Glibc

/// The end of a program's output, fit to be shown.
enum LastLines {
    /// The last lines of a file, at most ten, of its last 4 KiB; empty where it cannot be read.
    static func ofFile(_ path: String) -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        lseek(descriptor, max(0, lseek(descriptor, 0, SEEK_END) - buffer.count), SEEK_SET)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? of(buffer[..<count]) : []
    }

    /// The last lines, at most ten, without control characters and with U+FFFD for what is not UTF-8.
    static func of(_ bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }).suffix(10).map { line in
            let text = String(decoding: line, as: UTF8.self)
            return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format: scalar != "\t"
        default: false
        }
    }
}
