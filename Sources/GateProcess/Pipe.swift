internal import GateClock
internal import Glibc

/// A pipe from a child to us and what was read of it.
final class Pipe {
    private(set) var bytes: [UInt8] = []
    private(set) var isAtEnd = false
    private(set) var writeEnd: Int32
    private let readEnd: Int32

    init(program: String) throws(ProcessError) {
        // Under the lock of the spawns: no other child may inherit an end before it is marked.
        let ends = ChildRegistry.shared.betweenSpawns {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return [Int32]() }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return ends.map(Pipe.aboveStandard)
        }
        guard ends.count == 2 else { throw .system(program: program, reason: SystemError.text(errno)) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    /// The same file under a number above 2, so that it is not in the way of a child's standard descriptors where ours
    /// are closed.
    static func aboveStandard(_ descriptor: Int32) -> Int32 {
        guard (0...2).contains(descriptor) else { return descriptor }
        let other = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard other >= 0 else { return descriptor }
        close(descriptor)
        return other
    }

    deinit {
        closeWriteEnd()
        close(readEnd)
    }

    /// Only the child may hold the end that is written to: the pipe is at its end when nobody does.
    func closeWriteEnd() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }

    /// The end that is written to, for whoever closes it in our place.
    func releaseWriteEnd() -> Int32 {
        defer { writeEnd = -1 }
        return writeEnd
    }

    /// What was read since it was last asked for.
    func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Waits until one of the pipes can be read; false where the deadline came first.
    static func wait(for pipes: [Pipe], untilNs deadline: Int64) -> Bool {
        var polled = pipes.filter { !$0.isAtEnd }.map { pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0) }
        while true {
            let left = (deadline - MonotonicClock.now()) / 1_000_000
            guard left > 0 else { return false }
            let ready = poll(&polled, nfds_t(polled.count), Int32(min(left, 60_000)))
            if ready > 0 { return true }
            if ready < 0, errno != EINTR { return false }
        }
    }

    /// Reads what is there; of a long text only the last bytes are kept where `keepingLast` is given.
    func drain(keepingLast kept: Int? = nil) {
        guard !isAtEnd else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(readEnd, &buffer, buffer.count)
        if count > 0 {
            bytes += buffer[..<count]
            if let kept, bytes.count > kept { bytes.removeFirst(bytes.count - kept) }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            isAtEnd = true
        }
    }
}
