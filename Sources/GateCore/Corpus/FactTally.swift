/// How many facts of one file share a name, told without unpacking them: a corpus may hold many millions.
public struct FactTally: Sendable {
    public let name: FactName
    /// Something else than the file's own name says what they were measured on.
    public let isOwned: Bool
    public let count: Int
}

extension FactTable {
    /// The files that have facts, in order, each with the tallies of its names.
    public func forEachTally(_ body: (_ path: String, _ tallies: [FactTally]) -> Void) {
        for segment in segments { segment.forEachTally(body) }
    }
}

extension FactSegment {
    fileprivate func forEachTally(_ body: (_ path: String, _ tallies: [FactTally]) -> Void) {
        let owned = ownership
        let indices = names.map(\.indices)
        var counts = [Int](repeating: 0, count: 2 * names.count)
        var touched: [Int] = []
        for entry in entries {
            bytes.withUnsafeBufferPointer { bytes in
                counts.withUnsafeMutableBufferPointer { counts in
                    count(entry, bytes, owned, indices, counts, &touched)
                }
            }
            touched.sort()
            body(entry.path, touched.map { FactTally(name: names[$0 / 2], isOwned: $0 % 2 == 1, count: counts[$0]) })
            for place in touched { counts[place] = 0 }
            touched.removeAll(keepingCapacity: true)
        }
    }

    /// By owner: whether a label of it is more than the file's name.
    private var ownership: [Bool] {
        var owned = [Bool](repeating: false, count: owners.count)
        // A parent stands before its parts.
        for index in owners.indices.dropFirst() {
            let label = labels[Int(owners[index].label)]
            owned[index] = owned[Int(owners[index].parent)] || label.kind != .file || !label.name.isEmpty
        }
        return owned
    }

    private func count(
        _ entry: FileEntry, _ bytes: UnsafeBufferPointer<UInt8>, _ owned: [Bool], _ indices: [Int],
        _ counts: UnsafeMutableBufferPointer<Int>, _ touched: inout [Int]
    ) {
        var (position, owner, name) = (entry.bytes.lowerBound, 0, -1)
        while position < entry.bytes.upperBound {
            let flags = bytes[position]
            position += 1
            if flags & Flags.owner != 0 { owner = FactSegment.number(bytes, &position) }
            name = flags & Flags.name != 0 ? FactSegment.number(bytes, &position) : name + 1
            if flags & Flags.line != 0 { _ = FactSegment.number(bytes, &position) }
            if flags & Flags.indices != 0 {
                for _ in 0..<indices[name] { _ = FactSegment.number(bytes, &position) }
            }
            let digits = Int(flags & Flags.count)
            if digits > 0 {
                position += (digits + 1) >> 1
            } else {
                let form = FactSegment.number(bytes, &position)
                position += form & 1 != 0 ? 8 + (form >> 1) : ((form >> 1) + 1) / 2
            }
            let place = 2 * name + (owned[owner] ? 1 : 0)
            if counts[place] == 0 { touched.append(place) }
            counts[place] += 1
        }
    }

    /// LEB128.
    @inline(__always)
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int {
        var (number, shift) = (0, 0)
        while true {
            let byte = bytes[position]
            position += 1
            number |= Int(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { return number }
            shift += 7
        }
    }
}
