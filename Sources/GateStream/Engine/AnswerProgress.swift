import Synchronization

/// How far the answer to a call is.
package struct AnswerUnderWay: Sendable, Equatable {
    /// When the call began. Nanoseconds of the monotonic clock.
    package let beganNs: Int64
    /// When the first piece came; nil before.
    package let firstPieceNs: Int64?
    /// Pieces that have come, at least 0.
    package let pieces: Int

    package init(beganNs: Int64, firstPieceNs: Int64?, pieces: Int) {
        self.beganNs = beganNs
        self.firstPieceNs = firstPieceNs
        self.pieces = pieces
    }
}

/// The same while it changes: written by the one thread that reads the answer, read by whoever shows it.
package final class AnswerProgress: Sendable {
    private let isUnderWay = Atomic(false)
    private let beganNs = Atomic<Int64>(0)
    private let firstPieceNs = Atomic<Int64>(0)
    private let pieces = Atomic<Int>(0)

    package init() {}

    /// - Parameter moment: monotonic nanoseconds.
    package func begin(at moment: Int64) {
        pieces.store(0, ordering: .relaxed)
        beganNs.store(moment, ordering: .relaxed)
        isUnderWay.store(true, ordering: .releasing)
    }

    package func end() { isUnderWay.store(false, ordering: .releasing) }

    /// - Parameters:
    ///   - count: of all pieces so far.
    ///   - stamp: of those that came last. Monotonic nanoseconds.
    @inline(__always)
    package func has(_ count: Int, at stamp: Int64) {
        if pieces.load(ordering: .relaxed) == 0 { firstPieceNs.store(stamp, ordering: .relaxed) }
        pieces.store(count, ordering: .releasing)
    }

    /// nil where no call is under way.
    package var now: AnswerUnderWay? {
        guard isUnderWay.load(ordering: .acquiring) else { return nil }
        let count = pieces.load(ordering: .acquiring)
        return AnswerUnderWay(
            beganNs: beganNs.load(ordering: .relaxed),
            firstPieceNs: count == 0 ? nil : firstPieceNs.load(ordering: .relaxed), pieces: count)
    }
}
