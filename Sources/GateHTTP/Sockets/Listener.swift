import Glibc

/// Listening sockets: on every address of a host name, all with the same port, or a unix socket. None of them blocks.
package struct Listener: Sendable {
    package let sockets: [Int32]
    /// 0 for a unix socket.
    package let port: Int
    /// The socket's path and who made it, so that no other's is removed.
    private let file: SocketFile?

    /// - Parameter port: 0 for one that the system chooses.
    package init(host: String, port: Int) throws(ListenError) {
        guard (0...65535).contains(port) else { throw .impossiblePort(port) }
        let addresses = try Listener.resolve(host)
        defer { freeaddrinfo(addresses) }
        var sockets: [Int32] = []
        var bound = port
        var failure = EADDRNOTAVAIL
        var next: UnsafeMutablePointer<addrinfo>? = addresses
        while let address = next {
            switch Listener.listen(on: address.pointee, port: bound) {
            case .success(let (socket, port)):
                sockets.append(socket)
                bound = port
            case .failure(let error): failure = error.code
            }
            // Half of a host's addresses would leave the other half to somebody else's server.
            if failure == EADDRINUSE, port != 0 { break }
            next = address.pointee.ai_next
        }
        guard !sockets.isEmpty, failure != EADDRINUSE || port == 0 else {
            for socket in sockets { Glibc.close(socket) }
            throw .cannotListen(host: host, port: port, reason: String(cString: strerror(failure)))
        }
        self.sockets = sockets
        self.port = bound
        file = nil
    }

    /// Listens on a unix socket. One that nobody listens on any more is replaced.
    package init(unixSocket path: String) throws(ListenError) {
        file = try SocketFile(path: path)
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(AF_UNIX, kind, 0)
        guard socket >= 0, SocketFile.bind(socket, to: path), Glibc.listen(socket, 1024) == 0 else {
            let reason = String(cString: strerror(errno))
            if socket >= 0 { Glibc.close(socket) }
            throw .cannotListenOnSocket(path: path, reason: reason)
        }
        sockets = [socket]
        port = 0
    }

    /// The next connection; nil once ``interrupt()`` was called.
    package func accept() -> Int32? {
        var pollers = sockets.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            guard poll(&pollers, nfds_t(pollers.count), -1) >= 0 || errno == EINTR else { return nil }
            for poller in pollers where poller.revents != 0 {
                let socket = Glibc.accept(poller.fd, nil, nil)
                if socket >= 0 {
                    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
                    return socket
                }
                switch errno {
                case EINVAL, EBADF: return nil
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(10_000)
                default: continue
                }
            }
        }
    }

    /// What came of looking for a connection that waits.
    package enum Acceptance: Sendable, Equatable {
        case connection(Int32)
        case none
        /// The process has no descriptor left, or the system no memory.
        case noRoom
        /// The socket does not listen any more.
        case ended
    }

    /// The next connection of one of the ``sockets``, without waiting for it.
    package static func acceptNow(on socket: Int32) -> Acceptance {
        while true {
            let connection = Glibc.accept(socket, nil, nil)
            if connection >= 0 {
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                return .connection(connection)
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EINVAL, EBADF: return .ended
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .noRoom
            default: return .none
            }
        }
    }

    /// Wakes the thread in ``accept()``: on Linux a listening socket that is shut down is readable and refuses.
    package func interrupt() { for socket in sockets { shutdown(socket, Int32(clamping: SHUT_RDWR)) } }

    /// Closes the sockets, and removes the unix socket's file.
    package func close() {
        for socket in sockets { Glibc.close(socket) }
        file?.remove()
    }

    private struct SystemError: Error { let code: Int32 }

    private static func resolve(_ host: String) throws(ListenError) -> UnsafeMutablePointer<addrinfo> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var addresses: UnsafeMutablePointer<addrinfo>?
        let error = getaddrinfo(host, "0", &hints, &addresses)
        guard error == 0, let addresses else {
            throw .unknownHost(host, reason: String(cString: gai_strerror(error)))
        }
        return addresses
    }

    private static func listen(on address: addrinfo, port: Int) -> Result<(socket: Int32, port: Int), SystemError> {
        let kind = address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(address.ai_family, kind, address.ai_protocol)
        guard socket >= 0 else { return .failure(SystemError(code: errno)) }
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(clamping: MemoryLayout<Int32>.size))
        setPort(port, in: address)
        guard bind(socket, address.ai_addr, address.ai_addrlen) == 0, Glibc.listen(socket, 1024) == 0 else {
            defer { Glibc.close(socket) }
            return .failure(SystemError(code: errno))
        }
        return .success((socket, self.port(of: socket)))
    }

    private static func setPort(_ port: Int, in address: addrinfo) {
        let value = in_port_t(port).bigEndian
        let raw = UnsafeMutableRawPointer(address.ai_addr)
        switch address.ai_family {
        case AF_INET: raw?.assumingMemoryBound(to: sockaddr_in.self).pointee.sin_port = value
        case AF_INET6: raw?.assumingMemoryBound(to: sockaddr_in6.self).pointee.sin6_port = value
        default: break
        }
    }

    private static func port(of socket: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(clamping: MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress,
                getsockname(socket, base.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return 0 }
            // sockaddr_in and sockaddr_in6 have the port at the same place.
            return Int(in_port_t(bigEndian: base.assumingMemoryBound(to: sockaddr_in.self).pointee.sin_port))
        }
    }
}
