import Glibc

/// Numbers texts in the order in which they are first seen: an open hash table over bytes, which makes no String of a
/// text that it knows. Its hash is seeded, so that no file can be made to collide in it. A text may stand in several
/// domains, numbers that the caller gives, and is another one in each.
struct ByteTable: ~Copyable {
    /// The first eight and the last eight bytes of a text, which may overlap: all of one that has up to sixteen.
    private struct Ends: Equatable {
        let first: UInt64
        let last: UInt64
    }

    private struct Entry {
        let ends: Ends
        let domain: Int
        let count: Int
        /// In `bytes`, where the text is longer.
        let start: Int
    }

    private let seed = UInt64.random(in: .min ... .max)
    private var entries: [Entry] = []
    /// 0 is free, else one more than the number of a text. A power of two of them.
    private var slots = [UInt32](repeating: 0, count: 256)
    private var bytes: [UInt8] = []

    /// The number of a text; that of texts so far where it is new.
    mutating func find(_ text: UnsafeBufferPointer<UInt8>, domain: Int = 0) -> Int {
        let ends = ByteTable.ends(of: text)
        let hash = hash(ends, domain, text)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if entries[number].ends == ends, isSame(entries[number], domain, text) { return number }
            slot = (slot + 1) & mask
        }
        add(text, ends, domain, slot)
        return entries.count - 1
    }

    /// Whether this is the text of a number, in domain 0.
    func matches(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        number < entries.count && entries[number].ends == ByteTable.ends(of: text) && isSame(entries[number], 0, text)
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        slots = [UInt32](repeating: 0, count: 256)
    }

    @inline(__always)
    private func isSame(_ entry: Entry, _ domain: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard entry.count == text.count, entry.domain == domain else { return false }
        return entry.count <= 16 || isSameThroughout(entry, text)
    }

    private func isSameThroughout(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.withUnsafeBytes { known in
            guard let known = known.baseAddress, let other = text.baseAddress else { return false }
            return memcmp(known + entry.start, other, entry.count) == 0
        }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ ends: Ends, _ domain: Int, _ slot: Int) {
        entries.append(Entry(ends: ends, domain: domain, count: text.count, start: bytes.count))
        bytes.append(contentsOf: text)
        slots[slot] = UInt32(entries.count)
        if 2 * entries.count >= slots.count { grow() }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 2 * slots.count)
        let mask = slots.count - 1
        for (number, entry) in entries.enumerated() {
            let hash = bytes.withUnsafeBufferPointer { bytes -> UInt64 in
                let text = UnsafeBufferPointer(rebasing: bytes[entry.start..<entry.start + entry.count])
                return self.hash(entry.ends, entry.domain, text)
            }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number + 1)
        }
    }

    @inline(__always)
    private static func ends(of text: UnsafeBufferPointer<UInt8>) -> Ends {
        let raw = UnsafeRawBufferPointer(text)
        let count = raw.count
        if count >= 8 {
            return Ends(
                first: raw.loadUnaligned(as: UInt64.self),
                last: raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        }
        if count >= 4 {
            return Ends(
                first: UInt64(raw.loadUnaligned(as: UInt32.self)),
                last: UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
        }
        guard count > 0 else { return Ends(first: 0, last: 0) }
        return Ends(first: UInt64(raw[0]) << 8 | UInt64(raw[count / 2]), last: UInt64(raw[count - 1]))
    }

    /// Multiplied and folded, eight bytes at a time.
    @inline(__always)
    private func hash(_ ends: Ends, _ domain: Int, _ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let origin = UInt64(domain) << 32 ^ UInt64(text.count)
        let hash = fold(ends.first ^ seed, ends.last ^ 0x9E37_79B9_7F4A_7C15 ^ origin)
        return text.count <= 16 ? hash : hashInside(hash, text)
    }

    private func hashInside(_ hash: UInt64, _ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(text)
        return stride(from: 8, to: raw.count - 8, by: 8).reduce(hash) { hash, index in
            fold(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self), seed | 1)
        }
    }

    @inline(__always)
    private func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
