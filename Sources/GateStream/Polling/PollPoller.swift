#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// POSIX poll, for systems without epoll: each wake-up looks at every socket that is open.
final class PollPoller: Poller {
    private var watched: [pollfd] = []
    private var indices: [Int32: Int] = [:]
    private var ready: [Readiness] = []

    func watch(_ socket: Int32, readable: Bool, writable: Bool, isNew: Bool) {
        let events = (readable ? Int16(POLLIN) : 0) | (writable ? Int16(POLLOUT) : 0)
        if let index = indices[socket] {
            watched[index].events = events
        } else {
            indices[socket] = watched.count
            watched.append(pollfd(fd: socket, events: events, revents: 0))
        }
    }

    func forget(_ socket: Int32) {
        guard let index = indices.removeValue(forKey: socket) else { return }
        let last = watched.removeLast()
        guard last.fd != socket else { return }
        watched[index] = last
        indices[last.fd] = index
    }

    func wait(nanoseconds: Int64) -> Int {
        ready.removeAll(keepingCapacity: true)
        let milliseconds = nanoseconds < 0 ? -1 : Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
        guard poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return 0 }
        for entry in watched where entry.revents != 0 {
            ready.append(
                Readiness(
                    socket: entry.fd, readable: entry.revents & Int16(POLLIN) != 0,
                    writable: entry.revents & Int16(POLLOUT) != 0,
                    failed: entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0))
        }
        return ready.count
    }

    func readiness(at index: Int) -> Readiness { ready[index] }
}
