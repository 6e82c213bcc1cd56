/// Transfers by the moment at which they must be looked at: a binary heap in which each transfer knows its place, so
/// that one that ends leaves at once and the next deadline is found without looking at all.
struct DeadlineHeap {
    private var entries: [Transfer] = []

    /// The earliest deadline in monotonic nanoseconds.
    var earliest: Int64? { entries.first?.queuedDeadline }
    var count: Int { entries.count }

    /// Adds a transfer, or moves it to another deadline.
    mutating func set(_ transfer: Transfer, to deadline: Int64) {
        transfer.queuedDeadline = deadline
        if transfer.heapIndex < 0 {
            transfer.heapIndex = entries.count
            entries.append(transfer)
        }
        rise(transfer.heapIndex)
        sink(transfer.heapIndex)
    }

    mutating func remove(_ transfer: Transfer) {
        let index = transfer.heapIndex
        guard index >= 0 else { return }
        transfer.heapIndex = -1
        let last = entries.removeLast()
        guard last !== transfer else { return }
        place(last, at: index)
        rise(index)
        sink(last.heapIndex)
    }

    /// The transfer of the earliest deadline, where that has come.
    func due(at now: Int64) -> Transfer? {
        guard let first = entries.first, first.queuedDeadline <= now else { return nil }
        return first
    }

    private mutating func place(_ transfer: Transfer, at index: Int) {
        entries[index] = transfer
        transfer.heapIndex = index
    }

    private mutating func rise(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].queuedDeadline < entries[parent].queuedDeadline else { return }
            exchange(index, parent)
            index = parent
        }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < entries.count {
                if entries[child].queuedDeadline < entries[least].queuedDeadline { least = child }
            }
            guard least != index else { return }
            exchange(index, least)
            index = least
        }
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        let moved = entries[left]
        place(entries[right], at: left)
        place(moved, at: right)
    }
}
