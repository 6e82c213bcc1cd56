/// Numbers by pairs of numbers: an open hash table that does nothing else.
package struct PairIndex {
    private var keys: [UInt64] = []
    /// 0 is free, else one more than the value.
    private var values: [UInt32] = []
    package private(set) var count = 0

    /// Of a larger table the room is not kept.
    private static let mostKept = 1 << 12

    package init() { removeAll() }

    /// The value of a key; where it is new, `value` is stored and returned.
    package mutating func find(_ key: UInt64, orAdd value: Int) -> Int {
        if 2 * count >= keys.count { grow() }
        let slot = slot(of: key)
        if values[slot] == 0 {
            keys[slot] = key
            values[slot] = UInt32(truncatingIfNeeded: value) + 1
            count += 1
        }
        return Int(values[slot]) - 1
    }

    package mutating func removeAll() {
        let isKept = !values.isEmpty && values.count <= PairIndex.mostKept
        if isKept, count > 0 {
            values.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        } else if !isKept {
            keys = Array(repeating: 0, count: 64)
            values = Array(repeating: 0, count: 64)
        }
        count = 0
    }

    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while values[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = Array(repeating: 0, count: 2 * oldKeys.count)
        values = Array(repeating: 0, count: 2 * oldKeys.count)
        for (key, value) in zip(oldKeys, oldValues) where value != 0 {
            let slot = slot(of: key)
            keys[slot] = key
            values[slot] = value
        }
    }
}
