import Glibc

/// Wakes the proxy's thread.
struct Bell: Sendable {
    /// Readable while it rings.
    let socket: Int32
    private let rope: Int32

    /// nil, with `errno`, where the process has no descriptor left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (socket, rope) = (ends[0], ends[1])
    }

    func ring() {
        var byte: UInt8 = 1
        _ = write(rope, &byte, 1)
    }

    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(socket, &bytes, bytes.count) > 0 {}
    }

    func close() {
        Glibc.close(socket)
        Glibc.close(rope)
    }
}
