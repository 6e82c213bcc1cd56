import Dispatch

/// Work on all cores whose results have the order of their indices.
enum Parallel {
    static func map<Value: Sendable>(count: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
        [Value](unsafeUninitializedCapacity: count) { values, initialized in
            // Each iteration writes its own element and nothing else.
            nonisolated(unsafe) let values = values
            DispatchQueue.concurrentPerform(iterations: count) { index in
                values.initializeElement(at: index, to: work(index))
            }
            initialized = count
        }
    }
}
