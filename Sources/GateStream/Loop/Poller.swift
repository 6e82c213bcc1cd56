import CLinux
import Glibc

/// Linux's epoll: which sockets are readable or writable.
final class Poller {
    struct Readiness {
        let socket: Int32
        let readable: Bool
        let writable: Bool
        let failed: Bool
    }

    private let descriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    /// Throws when the process has no descriptor left.
    init() throws(StreamSetupError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        if descriptor < 0 { throw .pollerUnavailable(errno) }
    }

    deinit { close(descriptor) }

    /// Watches a socket, or changes what it is watched for.
    func watch(_ socket: Int32, readable: Bool, writable: Bool) {
        var event = epoll_event()
        event.events = (readable ? EPOLLIN.rawValue : 0) | (writable ? EPOLLOUT.rawValue : 0)
        event.data.fd = socket
        if epoll_ctl(descriptor, EPOLL_CTL_MOD, socket, &event) != 0 {
            epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event)
        }
    }

    /// Stops watching; a socket that is closed already is no error.
    func forget(_ socket: Int32) {
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
    }

    /// Waits until something is ready, at most that many nanoseconds (rounded up to milliseconds; negative: for ever).
    func wait(nanoseconds: Int64) -> [Readiness] {
        let milliseconds = nanoseconds < 0 ? -1 : Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
        let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return [] }
        return events[..<Int(count)].map { event in
            Readiness(
                socket: event.data.fd, readable: event.events & EPOLLIN.rawValue != 0,
                writable: event.events & EPOLLOUT.rawValue != 0,
                failed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
        }
    }
}
