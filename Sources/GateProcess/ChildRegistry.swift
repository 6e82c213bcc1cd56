internal import GateClock
internal import Glibc
internal import Synchronization

/// Every process group that was started and has not ended: what an interruption must not leave behind.
final class ChildRegistry: Sendable {
    static let shared = ChildRegistry()

    private struct State {
        var groups: Set<ProcessGroup> = []
        var isClosed = false
    }
    private let state = Mutex(State())

    /// Starts a group and enters it, so that no interruption can come between the two.
    ///
    /// - Parameters:
    ///   - outlivesNobody: puts a ``Lifeline`` at the head of the group.
    ///   - mark: that is in the child's environment.
    func start(
        _ spawn: ProcessSpawn, outlivesNobody: Bool, mark: ProcessMark? = nil
    ) throws(ProcessError) -> StartedChild {
        try state.withLock { state throws(ProcessError) in
            guard !state.isClosed else { throw .interrupted }
            // Where SIGCHLD was ignored when we were started, the system would keep no status of our children.
            signal(SIGCHLD, SIG_DFL)
            // First the lifeline: from its first moment on, the server is in a group that ends with us.
            let lifeline = outlivesNobody ? Lifeline.start() : nil
            do throws(ProcessError) {
                var spawn = spawn
                spawn.group = lifeline?.keeper
                let child = try spawn.run()
                state.groups.insert(
                    ProcessGroup(id: lifeline?.keeper ?? child.processID, member: child.processID, mark: mark))
                return StartedChild(
                    processID: child.processID, spawnedAtNs: child.spawnedAtNs, lifeline: lifeline, mark: mark)
            } catch {
                lifeline?.cut()
                throw error
            }
        }
    }

    /// Runs the body while nothing is being started.
    func betweenSpawns<Result: Sendable>(_ body: () -> Result) -> Result { state.withLock { _ in body() } }

    /// Runs the last step of a group's end, after which its number may belong to somebody else.
    func remove<Result: Sendable>(_ group: ProcessGroup, reap: () -> Result) -> Result {
        state.withLock { state in
            state.groups.remove(group)
            return reap()
        }
    }

    /// Ends every group and lets nothing start any more. `isCancelled` cuts the grace period short.
    func endAll(graceSeconds: Double, isCancelled: () -> Bool = { false }) {
        state.withLock { state in
            state.isClosed = true
            for group in state.groups { group.signal(SIGTERM) }
            let deadline = MonotonicClock.now() + Int64(min(graceSeconds, 3600) * 1e9)
            for group in state.groups {
                let left = Double(deadline - MonotonicClock.now()) / 1e9
                group.end(graceSeconds: max(0, left), isCancelled: isCancelled)
            }
        }
    }
}
