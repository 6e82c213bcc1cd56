import Synchronization

/// Said once, seen by every thread.
package final class StopSignal: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    /// Whether it was said.
    package var isSet: Bool { flag.load(ordering: .acquiring) }
    /// Says it.
    package func set() { flag.store(true, ordering: .releasing) }
}
