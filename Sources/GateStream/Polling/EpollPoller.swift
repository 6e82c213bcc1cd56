import CLinux
import Glibc

/// What a socket is ready for.
package struct Readiness {
    package let socket: Int32
    package let readable: Bool
    package let writable: Bool
    package let failed: Bool
}

/// Tells which of many sockets are ready, by Linux's epoll: a wake-up costs the sockets that are ready, not all that are open.
final class EpollPoller {
    private static let mostEvents = 1024

    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>

    /// Throws when the process has no descriptor left.
    init() throws(StreamSetupError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        if descriptor < 0 { throw .pollerUnavailable(errno) }
        events = .allocate(capacity: EpollPoller.mostEvents)
        events.initialize(repeating: epoll_event(), count: EpollPoller.mostEvents)
    }

    deinit {
        close(descriptor)
        events.deallocate()
    }

    /// Watches a socket, or changes what it is watched for.
    func watch(_ socket: Int32, readable: Bool, writable: Bool, isNew: Bool) {
        var event = epoll_event()
        event.events = (readable ? EPOLLIN.rawValue : 0) | (writable ? EPOLLOUT.rawValue : 0)
        event.data.fd = socket
        epoll_ctl(descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event)
    }

    /// Stops watching; a socket that is closed already is no error.
    func forget(_ socket: Int32) {
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
    }

    /// Waits until something is ready, at most that many nanoseconds (negative: for ever).
    /// - Returns: how many sockets are ready: 0 after a signal or when the time has passed.
    func wait(nanoseconds: Int64) -> Int {
        max(0, Int(gate_epoll_wait(descriptor, events, Int32(EpollPoller.mostEvents), nanoseconds)))
    }

    /// One of those that the last wait found.
    func readiness(at index: Int) -> Readiness {
        let event = events[index]
        return Readiness(
            socket: event.data.fd, readable: event.events & EPOLLIN.rawValue != 0,
            writable: event.events & EPOLLOUT.rawValue != 0,
            failed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
    }
}
