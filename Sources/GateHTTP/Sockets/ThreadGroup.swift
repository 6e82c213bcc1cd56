import Glibc
import Synchronization

/// POSIX threads that can be waited for. A thread per connection, because a stream's timing must not hang on the
/// scheduling of tasks.
package final class ThreadGroup: Sendable {
    private struct Members {
        var lastID = 0
        var running: [Int: pthread_t] = [:]
        var finished: [pthread_t] = []
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let members = Mutex(Members())

    package init() {}

    /// Threads that run.
    package var count: Int { members.withLock { $0.running.count } }

    /// Runs a body on a new thread.
    ///
    /// - Returns: the error number where the system gives no thread, otherwise 0.
    package func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
        let (error, ended) = members.withLock { members -> (Int32, [pthread_t]) in
            members.lastID += 1
            let id = members.lastID
            let box = Unmanaged.passRetained(
                Body { [self] in
                    body()
                    self.members.withLock { members in
                        if let thread = members.running.removeValue(forKey: id) { members.finished.append(thread) }
                    }
                })
            var thread = pthread_t()
            let error = pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                    return nil
                }, box.toOpaque())
            if error == 0 { members.running[id] = thread } else { box.release() }
            defer { members.finished = [] }
            return (error, members.finished)
        }
        for thread in ended { pthread_join(thread, nil) }
        return error
    }

    /// Waits until every thread has ended. Not to be called on one of them.
    package func wait() {
        let threads = members.withLock { members in
            defer { members = Members(lastID: members.lastID) }
            return members.finished + members.running.values
        }
        for thread in threads { pthread_join(thread, nil) }
    }
}
