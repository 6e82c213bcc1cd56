import GateCore
import GateJSON

/// The beginning of a body until it is known to be a stream; where it never is, it says what came instead.
struct StreamOpening {
    private static let longest = 64 << 10

    /// Set by the first unit that is one of a stream; nothing is kept from then on.
    var isStream = false {
        didSet { if isStream { bytes = [] } }
    }
    private var bytes: [UInt8] = []

    mutating func add(_ piece: UnsafeRawBufferPointer) {
        bytes += piece.prefix(max(0, StreamOpening.longest - bytes.count))
    }

    /// What came where a stream was asked for; nil where it may be the beginning of one.
    var notAStream: InvalidCall? {
        let text = bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
        guard let first = text.first else { return nil }
        if first == UInt8(ascii: "<") {
            return InvalidCall(
                .notStreamed, "the server did not stream: it answered an HTML page\(StreamOpening.title(of: text))")
        }
        guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first), let value = try? JSONValue.parse(Array(text))
        else { return nil }
        return ServerErrorObject.failure(in: value)
            ?? InvalidCall(.notStreamed, "the server did not stream: it answered JSON in one piece")
    }

    /// The page's own name, which says whose page it is.
    private static func title(of page: ArraySlice<UInt8>) -> String {
        let text = String(decoding: page.prefix(4096), as: UTF8.self)
        guard let start = text.firstRange(of: "<title>") ?? text.firstRange(of: "<TITLE>") else { return "" }
        let title = text[start.upperBound...].prefix { $0 != "<" }.prefix(80)
        return title.isEmpty ? "" : " ('\(title.split(whereSeparator: \.isWhitespace).joined(separator: " "))')"
    }
}
