/// A table of separated values as it stands in its file: commas, semicolons, tabs or bars, one header.
public struct SeparatedTable: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        /// Counted from 1.
        public let line: Int
        /// As many as the header has, in its order.
        public let cells: [String]
    }

    /// Why the text is no such table: `line 3: 2 fields, where the header has 4`.
    public struct Refusal: Error, Sendable, Equatable {
        public let reason: String
    }

    public let header: [String]
    public let rows: [Row]

    public init(_ bytes: [UInt8]) throws(Refusal) {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(Refusal) in try SeparatedTable.records(buffer) }
        }
        let records = try result.get()
        guard let first = records.first else { throw Refusal(reason: "it is empty: there is no header") }
        header = first.cells
        for name in header where header.count(where: { $0 == name }) > 1 {
            throw Refusal(reason: "line \(first.line): two columns are called '\(name)'")
        }
        rows = Array(records.dropFirst())
        if let odd = rows.first(where: { $0.cells.count != first.cells.count }) {
            throw Refusal(
                reason: "line \(odd.line): \(odd.cells.count) fields, where the header has \(first.cells.count)")
        }
    }

    private static func records(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) -> [Row] {
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        let text = UnsafeBufferPointer(rebasing: bytes[(hasMark ? 3 : 0)...])
        var parser = CSVParser(text, separator: CSVFacts.separator(text, isTabs: false))
        var fields = Room<CSVParser.Field>()
        var rows: [Row] = []
        do throws(FileRefusal) {
            while try parser.next(&fields) {
                var cells: [String] = []
                for index in 0..<fields.count { cells.append(parser.text(fields[index])) }
                rows.append(Row(line: parser.line, cells: cells))
            }
        } catch {
            throw Refusal(reason: error.reason)
        }
        return rows
    }
}
