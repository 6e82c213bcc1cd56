import GateCore
import GateJSON

/// Lines that one tool writes, whose facts the form of the lines alone does not tell.
protocol NoteFormat {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// As `ingest` names it.
    static var name: String { get }

    init()

    /// Takes the facts of a line.
    /// - Parameters:
    ///   - text: not trimmed, since columns may stand below each other.
    ///   - number: counted from 1.
    ///   - owner: of the whole file, in the packer.
    /// - Returns: false where the line is none of the tool's.
    mutating func take(_ text: Text, _ number: Int, _ owner: Int, _ collector: inout FactCollector) -> Bool
}

/// Those that are known. A file may have lines of several.
struct NoteFormats {
    private var formats: [any NoteFormat] = [Benchstat(), Exposition(), MLPerfLog()]
    /// Of the first line that was taken.
    private(set) var name: String?

    mutating func take(
        _ text: UnsafeBufferPointer<UInt8>, _ number: Int, _ owner: Int, _ collector: inout FactCollector
    ) -> Bool {
        for index in formats.indices where formats[index].take(text, number, owner, &collector) {
            name = name ?? type(of: formats[index]).name
            return true
        }
        return false
    }
}

extension FactCollector {
    /// A fact that a format of text tells in full.
    mutating func append(
        _ written: some StringProtocol, value: Double, _ metric: MetricName, kind: FactValue.Kind = .number,
        owner: Int, line: Int
    ) {
        let name = noteName(
            FactName(
                metric: metric.name, statistic: metric.statistic, dimension: metric.quantity.dimension,
                unit: metric.quantity.unit, kind: kind, place: .line))
        var written = String(written)
        written.withUTF8 { packer.append($0, value: value, name: name, owner: owner, line: line) }
    }

    /// A text under a name.
    mutating func label(_ name: some StringProtocol, text: some StringProtocol) -> Int {
        var text = String(text)
        let name = names.find(String(name))
        return text.withUTF8 { label(.text, name: name, text: $0) }
    }

    /// `epoch_num=4`
    mutating func label(_ name: some StringProtocol, equals value: some StringProtocol) -> Int {
        var value = String(value)
        let name = names.find(String(name))
        return value.withUTF8 { label(name, onOneLine: true, equals: $0) }
    }
}
