import GateCore
import Testing

@testable import GateStream

@Suite struct `Deadline heap` {
    @Test("the earliest deadline is known after any changes, and what has ended is gone")
    func order() throws {
        let loop = try TransferLoop()
        let transfers = try (0..<50).map { _ in
            try Transfer(
                HTTPRequest(url: "http://127.0.0.1:1", method: .get), timeouts: TimeoutConfiguration(),
                connection: ConnectionOptions(), sink: BodyCollector(), loop: loop)
        }
        var heap = DeadlineHeap()
        var expected: [Int: Int64] = [:]
        var state: UInt64 = 7
        for _ in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let index = Int(truncatingIfNeeded: state >> 33) % transfers.count
            if state >> 60 < 5 {
                heap.remove(transfers[index])
                expected[index] = nil
            } else {
                let deadline = Int64(truncatingIfNeeded: state >> 20 & 0xFFFF)
                heap.set(transfers[index], to: deadline)
                expected[index] = deadline
            }
            #expect(heap.count == expected.count)
            #expect(heap.earliest == expected.values.min())
        }
        while let transfer = heap.due(at: .max) { heap.remove(transfer) }
        #expect(heap.count == 0)
    }
}
