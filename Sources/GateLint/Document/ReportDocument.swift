public import GateCore
public import GateMarkdown
internal import GateVocabulary

/// A report as it is checked: the lines of its text, each with its part in the Markdown tree.
///
/// The tree tells what a line is; claims are read from the bytes of the line itself, so that every place is exact
/// whatever markup stands around it.
public struct ReportDocument: Sendable {
    /// UTF-8; what was invalid is U+FFFD.
    public let bytes: [UInt8]
    public internal(set) var lines: [ReportLine]
    public internal(set) var items: [ReportItem] = []
    public internal(set) var tables: [ReportTable] = []
    public internal(set) var sections: [ReportSection] = []
    public let markdown: MarkdownDocument
    /// How it writes its numbers.
    let notation: PrintedNumber.Notation
    private let codePoints: CodePointIndex

    public init(_ text: String) {
        let document = ReportDocument(valid: Array(text.utf8))
        var map = LineMap(document: document)
        map.add(document.markdown.blocks)
        map.add(document.markdown.sections)
        self = map.document
    }

    /// Any bytes are a report.
    public init(bytes: some Collection<UInt8>) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    private init(valid bytes: [UInt8]) {
        self.bytes = bytes
        codePoints = CodePointIndex(bytes)
        notation = NumberNotation.of(bytes)
        lines = ReportDocument.lines(of: bytes)
        markdown = MarkdownDocument(String(decoding: bytes, as: UTF8.self))
    }

    /// The text of a line (counted from 1), without its end.
    public func text(ofLine line: Int) -> String { text(lines[line - 1].bytes) }

    /// The text of a stretch of bytes.
    public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The place of a stretch of bytes within one line (counted from 1).
    public func place(_ range: Range<Int>, line: Int) -> ReportPlace {
        let start = lines[line - 1].bytes.lowerBound
        return ReportPlace(
            line: line, columnStart: codePoints.count(start..<range.lowerBound, in: bytes) + 1,
            columnEnd: codePoints.count(start..<range.upperBound, in: bytes) + 1)
    }

    /// The line (counted from 1) that a byte stands in.
    ///
    /// - Parameter near: a line that is not behind it.
    func line(of byte: Int, near line: Int) -> Int {
        var line = max(1, line)
        while line < lines.count, lines[line].bytes.lowerBound <= byte { line += 1 }
        return line
    }

    /// The place of a whole line.
    public func place(ofLine line: Int) -> ReportPlace { place(lines[line - 1].bytes, line: line) }

    /// Lines end at LF, CRLF and CR, as in cmark; an empty text has one empty line.
    private static func lines(of bytes: [UInt8]) -> [ReportLine] {
        var lines: [ReportLine] = []
        var start = 0
        func end(at position: Int) {
            lines.append(ReportLine(bytes: start..<position, kind: .blank, section: nil, isQuoted: false))
        }
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x0A || byte == 0x0D else {
                position += 1
                continue
            }
            end(at: position)
            let isPair = byte == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
            position += isPair ? 2 : 1
            start = position
        }
        if start < bytes.count || lines.isEmpty { end(at: bytes.count) }
        return lines
    }
}

/// Counts code points without reading a long line from its start for every place.
private struct CodePointIndex: Sendable {
    private static let stride = 256
    /// Code points that begin before each multiple of the stride; empty where all is ASCII.
    private var before: [Int] = []

    init(_ bytes: [UInt8]) {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        before.reserveCapacity(bytes.count / CodePointIndex.stride + 1)
        var count = 0
        for (index, byte) in bytes.enumerated() {
            if index % CodePointIndex.stride == 0 { before.append(count) }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        if bytes.count % CodePointIndex.stride == 0 { before.append(count) }
    }

    func count(_ range: Range<Int>, in bytes: [UInt8]) -> Int {
        before.isEmpty ? range.count : position(range.upperBound, bytes) - position(range.lowerBound, bytes)
    }

    private func position(_ index: Int, _ bytes: [UInt8]) -> Int {
        let block = index / CodePointIndex.stride
        let rest = bytes[(block * CodePointIndex.stride)..<index]
        return before[block] + rest.count { $0 & 0xC0 != 0x80 }
    }
}
