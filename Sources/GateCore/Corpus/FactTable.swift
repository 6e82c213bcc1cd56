/// Facts in the order in which they were found, packed into about five bytes each: a corpus may hold many millions, and
/// a ``Fact`` of its own for each would need a hundred times that. They are unpacked one by one while they are read.
public struct FactTable: Sendable {
    private(set) var segments: [FactSegment] = []
    public private(set) var count = 0

    public init() {}

    /// Packs facts; those of one file should stand together.
    public init(_ facts: some Sequence<Fact>) {
        var packer = FactPacker(maximumFacts: .max)
        for fact in facts { packer.append(fact) }
        append(packer.finish())
    }

    public var isEmpty: Bool { count == 0 }

    /// Appends what was found in later files, or as much of it as fits under a maximum for the whole table.
    /// - Returns: the number of facts left out.
    @discardableResult
    public mutating func append(_ segment: FactSegment, upTo maximum: Int = .max) -> Int {
        let kept = segment.prefix(Swift.max(0, maximum - count))
        if kept.count > 0 { segments.append(kept) }
        count += kept.count
        return segment.count - kept.count
    }

    /// The files that have facts, in order, each with its own.
    public var files: some Sequence<FactSegment.File> { segments.lazy.flatMap(\.files) }
}

extension FactTable: Sequence {
    public struct Iterator: IteratorProtocol {
        private let segments: [FactSegment]
        private var segment = 0
        private var file = 0
        private var facts: FactSegment.File.Iterator?

        fileprivate init(_ segments: [FactSegment]) { self.segments = segments }

        public mutating func next() -> Fact? {
            while true {
                if let fact = facts?.next() { return fact }
                guard segment < segments.count else { return nil }
                let files = segments[segment].files
                if file < files.count {
                    facts = files[file].makeIterator()
                    file += 1
                } else {
                    (segment, file, facts) = (segment + 1, 0, nil)
                }
            }
        }
    }

    public var underestimatedCount: Int { count }
    public func makeIterator() -> Iterator { Iterator(segments) }
}

extension FactTable: Equatable {
    /// Equal facts in the same order, however they are packed.
    public static func == (left: FactTable, right: FactTable) -> Bool {
        left.count == right.count && left.elementsEqual(right)
    }
}

extension FactTable: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Fact...) { self.init(elements) }
}

/// As a list of facts.
extension FactTable: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for fact in self { try container.encode(fact) }
    }
}
