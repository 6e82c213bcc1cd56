/// The packed facts of some files that follow each other, with the names that they refer to.
///
/// Each fact begins with a byte of ``Flags`` and the count of its digits; then come, where the flags say so, its owner,
/// its name, by how much its line is further, and its array indices; then its digits, two to a byte. What is not there
/// is as in the fact before it, the name the next one: a row of a table takes one owner and one line.
public struct FactSegment: Sendable {
    struct Flags {
        /// Of the digits; 0 where they are more, or other characters: then their form follows.
        static let count: UInt8 = 0x0F
        static let owner: UInt8 = 0x10
        static let name: UInt8 = 0x20
        static let line: UInt8 = 0x40
        static let indices: UInt8 = 0x80
    }

    /// What a number was measured on: a label, and the owner that it is a part of.
    struct Owner: Sendable {
        /// 0 for none.
        let parent: UInt32
        let label: UInt32
    }

    struct FileEntry: Sendable {
        let path: String
        var facts: Int
        var bytes: Range<Int>
    }

    let names: [FactName]
    let labels: [FactLabel]
    /// The first one is nobody.
    let owners: [Owner]
    let bytes: [UInt8]
    private(set) var entries: [FileEntry]
    public private(set) var count: Int

    init(names: [FactName], labels: [FactLabel], owners: [Owner], bytes: [UInt8], entries: [FileEntry]) {
        self.names = names
        self.labels = labels
        self.owners = owners
        self.bytes = bytes
        self.entries = entries
        count = entries.reduce(0) { $0 + $1.facts }
    }

    /// The facts of one file.
    public struct File: Sequence, Sendable {
        fileprivate let segment: FactSegment
        fileprivate let entry: FileEntry

        public var path: String { entry.path }
        public var count: Int { entry.facts }
        public var underestimatedCount: Int { count }
        public func makeIterator() -> Iterator { Iterator(segment, entry) }
    }

    /// In order; each has facts.
    var files: Files { Files(segment: self) }

    struct Files: RandomAccessCollection, Sendable {
        let segment: FactSegment
        var startIndex: Int { 0 }
        var endIndex: Int { segment.entries.count }
        subscript(index: Int) -> File { File(segment: segment, entry: segment.entries[index]) }
    }

    /// The first facts.
    func prefix(_ maximum: Int) -> FactSegment {
        guard maximum < count else { return self }
        var segment = self
        segment.entries = []
        segment.count = maximum
        var left = maximum
        for var entry in entries where left > 0 {
            if entry.facts > left {
                var iterator = File.Iterator(self, entry)
                for _ in 0..<left { _ = iterator.next() }
                entry.bytes = entry.bytes.lowerBound..<iterator.position
                entry.facts = left
            }
            left -= entry.facts
            segment.entries.append(entry)
        }
        return segment
    }
}

extension FactSegment.File {
    /// Unpacks one fact after the other.
    public struct Iterator: IteratorProtocol {
        private let segment: FactSegment
        private let entry: FactSegment.FileEntry
        private(set) var position: Int
        private var owner = 0
        private var ownerLabels: [FactLabel] = []
        private var name = -1
        private var line = 0
        private var indices: [Int] = []

        init(_ segment: FactSegment, _ entry: FactSegment.FileEntry) {
            self.segment = segment
            self.entry = entry
            position = entry.bytes.lowerBound
        }

        public mutating func next() -> Fact? {
            guard position < entry.bytes.upperBound else { return nil }
            let flags = byte()
            if flags & FactSegment.Flags.owner != 0 {
                owner = number()
                ownerLabels = labels(of: owner)
            }
            name = flags & FactSegment.Flags.name != 0 ? number() : name + 1
            if flags & FactSegment.Flags.line != 0 { line += number() }
            let traits = segment.names[name]
            if flags & FactSegment.Flags.indices != 0 { indices = (0..<traits.indices).map { _ in number() } }
            let (written, value) = digits(flags)
            return Fact(
                labels: ownerLabels,
                metric: traits.isIndexed ? "\(traits.metric)[\(indices[traits.indices - 1])]" : traits.metric,
                statistic: traits.statistic, dimension: traits.dimension, unit: traits.unit,
                value: FactValue(traits.kind, number: value) ?? .number(value), written: written,
                source: source(traits.place))
        }

        private func source(_ place: FactName.Place) -> FactSource {
            switch place {
            case .file: return FactSource(file: entry.path)
            case .line: return FactSource(file: entry.path, line: line)
            case .column(let column): return FactSource(file: entry.path, line: line, column: column)
            case .pointer(let pieces):
                var pointer = pieces[0]
                for (piece, index) in zip(pieces.dropFirst(), indices) { pointer += "\(index)\(piece)" }
                return FactSource(file: entry.path, pointer: pointer)
            }
        }

        private func labels(of owner: Int) -> [FactLabel] {
            var labels: [FactLabel] = []
            var owner = owner
            while owner != 0 {
                labels.append(segment.labels[Int(segment.owners[owner].label)])
                owner = Int(segment.owners[owner].parent)
            }
            return labels.reversed()
        }

        private mutating func byte() -> UInt8 {
            defer { position += 1 }
            return segment.bytes[position]
        }

        /// LEB128.
        private mutating func number() -> Int {
            var number = 0
            var shift = 0
            while true {
                let byte = byte()
                number |= Int(byte & 0x7F) << shift
                guard byte & 0x80 != 0 else { return number }
                shift += 7
            }
        }

        private mutating func digits(_ flags: UInt8) -> (written: String, value: Double) {
            var count = Int(flags & FactSegment.Flags.count)
            if count == 0 {
                let form = number()
                count = form >> 1
                if form & 1 != 0 { return text(count) }
            }
            let start = position
            position += (count + 1) / 2
            let written = String(unsafeUninitializedCapacity: count) { buffer in
                for index in 0..<count {
                    let pair = segment.bytes[start + index / 2]
                    buffer[index] = PackedDecimal.characters[Int(index % 2 == 0 ? pair >> 4 : pair & 15)]
                }
                return count
            }
            return (written, Double(written) ?? .nan)
        }

        /// A number that is written in another way than by digits alone, with its value before it.
        private mutating func text(_ count: Int) -> (written: String, value: Double) {
            var bits: UInt64 = 0
            for _ in 0..<8 { bits = bits << 8 | UInt64(byte()) }
            let written = String(decoding: segment.bytes[position..<position + count], as: UTF8.self)
            position += count
            return (written, Double(bitPattern: bits))
        }
    }
}
