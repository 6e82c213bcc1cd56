/// Packs facts into a ``FactSegment``, file by file. Names and owners are numbers that it gives out, so that what many
/// facts share is told once; they hold until ``finish()``.
public struct FactPacker: ~Copyable {
    /// Facts beyond this number are counted and dropped.
    public var maximumFacts: Int
    public private(set) var count = 0
    public private(set) var dropped = 0

    private var names: [FactName] = []
    /// By the number of a name.
    private var neededIndices: [Int] = []
    private var labels: [FactLabel] = []
    /// By the number of a label: a number for its text; 0 for the file's own name, which is no text of a row.
    private var labelTexts: [Int] = []
    private var texts: [String: Int] = [:]
    private var owners: [FactSegment.Owner] = [.init(parent: 0, label: 0)]
    /// Of the file that was begun: its owners are its own.
    private var ownerIndex = PairIndex()
    private var entries: [FactSegment.FileEntry] = []
    /// Used by ``append(_:)`` only.
    private var known: (names: [FactName: Int], labels: [FactLabel: Int]) = ([:], [:])

    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 16
    private var position = 0

    /// As in the fact before, of the same file.
    private var (path, fileStart, fileDropped) = ("", 0, 0)
    /// Facts of the file that was begun.
    public private(set) var fileCount = 0
    private var (owner, name, line) = (0, -1, 0)
    private var indices: [Int] = []

    public init(maximumFacts: Int) {
        self.maximumFacts = maximumFacts
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// The facts that follow are this file's.
    public mutating func begin(file: String) {
        endFile()
        ownerIndex.removeAll()
        path = file
    }

    /// Forgets the facts of the file that was begun.
    public mutating func dropFile() {
        count -= fileCount
        dropped -= fileDropped
        position = fileStart
        (fileCount, fileDropped) = (0, 0)
    }

    public mutating func add(_ name: FactName) -> Int {
        names.append(name)
        neededIndices.append(name.indices)
        return names.count - 1
    }

    public mutating func add(label: FactLabel) -> Int {
        labels.append(label)
        guard label.kind != .file || !label.name.isEmpty else {
            labelTexts.append(0)
            return labels.count - 1
        }
        let next = texts.count + 1
        let text = texts[label.text, default: next]
        if text == next { texts[label.text] = next }
        labelTexts.append(text)
        return labels.count - 1
    }

    /// The owner that is called by a label within another one; 0 is nobody.
    public mutating func owner(_ parent: Int, _ label: Int) -> Int {
        let next = owners.count
        let found = ownerIndex.find(
            UInt64(truncatingIfNeeded: parent) << 32 | UInt64(truncatingIfNeeded: label), orAdd: next)
        if found == next {
            owners.append(.init(parent: UInt32(truncatingIfNeeded: parent), label: UInt32(truncatingIfNeeded: label)))
        }
        return found
    }

    /// As ``owner(_:_:)``, of a label that has not stood within the other owner before: the same owner may have two
    /// numbers, but nothing is looked for.
    public mutating func newOwner(_ parent: Int, _ label: Int) -> Int {
        owners.append(.init(parent: UInt32(truncatingIfNeeded: parent), label: UInt32(truncatingIfNeeded: label)))
        return owners.count - 1
    }

    /// Whether one of the owner's labels, but for the file's own name, has the text of this one.
    public func has(_ owner: Int, _ label: Int) -> Bool {
        let text = labelTexts[label]
        var owner = owner
        while owner != 0 {
            if labelTexts[Int(owners[owner].label)] == text { return true }
            owner = Int(owners[owner].parent)
        }
        return false
    }

    /// The owner's own label, and what it is a part of.
    public func parts(of owner: Int) -> (parent: Int, label: Int)? {
        owner == 0 ? nil : (Int(owners[owner].parent), Int(owners[owner].label))
    }

    /// A fact of a table.
    public mutating func append(_ digits: PackedDecimal, name: Int, owner: Int, line: Int) {
        guard takesFact() else { return }
        let start = begin(name, owner, room: 0)
        place(line, start)
        put(digits, start)
    }

    /// A fact of a table whose number is no plain one, with the value that its text stands for.
    public mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, value: Double, name: Int, owner: Int, line: Int
    ) {
        guard takesFact() else { return }
        let start = begin(name, owner, room: text.count)
        place(line, start)
        put(text, value)
    }

    /// A fact of a JSON document, with as many of the indices as its name needs.
    public mutating func append(_ digits: PackedDecimal, name: Int, owner: Int, indices: [Int]) {
        guard takesFact() else { return }
        let start = begin(name, owner, room: 10 * indices.count)
        place(indices, name, start)
        put(digits, start)
    }

    /// A fact of a JSON document whose number is no plain one, with the value that its text stands for.
    public mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, value: Double, name: Int, owner: Int, indices: [Int]
    ) {
        guard takesFact() else { return }
        let start = begin(name, owner, room: 10 * indices.count + text.count)
        place(indices, name, start)
        put(text, value)
    }

    /// Ends the segment and begins the next one.
    public mutating func finish() -> FactSegment {
        endFile()
        let segment = FactSegment(
            names: names, labels: labels, owners: owners,
            bytes: Array(UnsafeBufferPointer(start: buffer, count: position)), entries: entries)
        (names, neededIndices) = ([], [])
        (labels, owners) = ([], [.init(parent: 0, label: 0)])
        labelTexts.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        (entries, known) = ([], ([:], [:]))
        ownerIndex.removeAll()
        (count, dropped, position, fileStart) = (0, 0, 0, 0)
        return segment
    }

    private mutating func endFile() {
        if fileCount > 0 {
            entries.append(.init(path: path, facts: fileCount, bytes: fileStart..<position))
        }
        (fileStart, fileCount, fileDropped) = (position, 0, 0)
        (owner, name, line) = (0, -1, 0)
        indices.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    private mutating func takesFact() -> Bool {
        guard count < maximumFacts else {
            dropped += 1
            fileDropped += 1
            return false
        }
        count += 1
        fileCount += 1
        return true
    }
}

/// The layout of ``FactSegment``.
extension FactPacker {
    /// Begins a fact.
    /// - Parameter room: bytes beside those of the longest head and number.
    /// - Returns: where its flags are.
    @inline(__always)
    private mutating func begin(_ name: Int, _ owner: Int, room: Int) -> Int {
        if capacity - position < room + 96 { grow(room + 96) }
        let start = position
        position += 1
        var flags: UInt8 = 0
        if owner != self.owner {
            flags |= FactSegment.Flags.owner
            put(owner)
            self.owner = owner
        }
        if name != self.name + 1 {
            flags |= FactSegment.Flags.name
            put(name)
        }
        self.name = name
        buffer[start] = flags
        return start
    }

    @inline(__always)
    private mutating func place(_ line: Int, _ start: Int) {
        guard line != self.line else { return }
        buffer[start] |= FactSegment.Flags.line
        put(line - self.line)
        self.line = line
    }

    @inline(__always)
    private mutating func place(_ indices: [Int], _ name: Int, _ start: Int) {
        let needed = neededIndices[name]
        guard !startsAlike(indices, needed) else { return }
        buffer[start] |= FactSegment.Flags.indices
        self.indices.removeAll(keepingCapacity: true)
        for index in indices.prefix(needed) {
            put(index)
            self.indices.append(index)
        }
    }

    @inline(__always)
    private func startsAlike(_ indices: [Int], _ needed: Int) -> Bool {
        guard self.indices.count >= needed, needed > 0 else { return needed == 0 }
        // The last one changes first.
        var index = needed - 1
        while index > 0, self.indices[index] == indices[index] { index -= 1 }
        return self.indices[index] == indices[index]
    }

    /// LEB128.
    private mutating func put(_ number: Int) {
        var number = UInt(bitPattern: number)
        while number > 0x7F {
            buffer[position] = UInt8(truncatingIfNeeded: number) | 0x80
            position += 1
            number >>= 7
        }
        buffer[position] = UInt8(truncatingIfNeeded: number)
        position += 1
    }

    @inline(__always)
    private mutating func put(_ digits: PackedDecimal, _ start: Int) {
        let aligned = digits.nibbles &<< UInt64(truncatingIfNeeded: 64 &- 4 &* digits.count)
        UnsafeMutableRawPointer(buffer + position).storeBytes(of: aligned.bigEndian, as: UInt64.self)
        position += (digits.count + 1) >> 1
        buffer[start] |= UInt8(truncatingIfNeeded: digits.count)
    }

    private mutating func put(_ text: UnsafeBufferPointer<UInt8>, _ value: Double) {
        let isPacked =
            text.allSatisfy { PackedDecimal.nibble($0) != nil }
            && Double(String(decoding: text, as: UTF8.self))?.bitPattern == value.bitPattern
        put(text.count << 1 | (isPacked ? 0 : 1))
        if isPacked {
            for start in stride(from: 0, to: text.count, by: 2) {
                let low = start + 1 < text.count ? PackedDecimal.nibble(text[start + 1]) ?? 0 : 0
                buffer[position] = (PackedDecimal.nibble(text[start]) ?? 0) << 4 | low
                position += 1
            }
        } else {
            for shift in stride(from: 56, through: 0, by: -8) {
                buffer[position] = UInt8(truncatingIfNeeded: value.bitPattern >> shift)
                position += 1
            }
            for byte in text {
                buffer[position] = byte
                position += 1
            }
        }
    }

    private mutating func grow(_ bytes: Int) {
        capacity = 2 * capacity + bytes
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: buffer, count: position)
        buffer.deallocate()
        buffer = larger
    }
}

extension FactPacker {
    /// A fact from elsewhere.
    public mutating func append(_ fact: Fact) {
        let line = fact.source.line ?? 0
        if fact.source.file != path || line < self.line { begin(file: fact.source.file) }
        let place: FactName.Place =
            if let pointer = fact.source.pointer { .pointer([pointer]) } else if let column = fact.source.column {
                .column(column)
            } else { fact.source.line == nil ? .file : .line }
        let name = FactName(
            metric: fact.metric, statistic: fact.statistic, dimension: fact.dimension, unit: fact.unit,
            kind: fact.value.kind, place: place)
        var owner = 0
        for label in fact.labels { owner = self.owner(owner, known(label)) }
        let id = known(name)
        var written = fact.written
        written.withUTF8 { append($0, value: fact.value.number ?? .nan, name: id, owner: owner, line: line) }
    }

    private mutating func known(_ label: FactLabel) -> Int {
        if let id = known.labels[label] { return id }
        let id = add(label: label)
        known.labels[label] = id
        return id
    }

    private mutating func known(_ name: FactName) -> Int {
        if let id = known.names[name] { return id }
        let id = add(name)
        known.names[name] = id
        return id
    }
}
