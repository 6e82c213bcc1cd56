import Glibc

/// The place of a unix socket in the file system.
struct SocketFile: Sendable {
    let path: String

    /// Makes room: a socket that nobody listens on any more is removed, anything else is left and is an error.
    init(path: String) throws(ListenError) {
        self.path = path
        guard !path.isEmpty, path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else {
            throw .cannotListenOnSocket(path: path, reason: "the path of a unix socket has 1 to 107 bytes")
        }
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw .cannotListenOnSocket(path: path, reason: "there is a file of that name")
        }
        guard !SocketFile.isServed(path) else {
            throw .cannotListenOnSocket(path: path, reason: "another program listens there")
        }
        unlink(path)
    }

    func remove() { unlink(path) }

    /// False, with `errno`, where that is not possible.
    static func bind(_ socket: Int32, to path: String) -> Bool {
        withAddress(of: path) { Glibc.bind(socket, $0, $1) == 0 }
    }

    private static func isServed(_ path: String) -> Bool {
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(probe) }
        return withAddress(of: path) { connect(probe, $0, $1) == 0 || errno != ECONNREFUSED }
    }

    private static func withAddress<Result>(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(clamping: MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
