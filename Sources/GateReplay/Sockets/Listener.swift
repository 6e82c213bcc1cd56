import Glibc

/// Listening sockets on every address of a host name, all with the same port.
struct Listener: Sendable {
    let sockets: [Int32]
    let port: Int

    /// - Parameter port: 0 for one that the system chooses.
    init(host: String, port: Int) throws(ReplayError) {
        guard (0...65535).contains(port) else {
            throw .impossibleOption("port", "\(port)", allowed: "0 to 65535")
        }
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
    }

    /// The next connection; nil once ``interrupt()`` was called.
    func accept() -> Int32? {
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

    /// Wakes the thread in ``accept()``: on Linux a listening socket that is shut down is readable and refuses.
    func interrupt() { for socket in sockets { shutdown(socket, Int32(clamping: SHUT_RDWR)) } }

    func close() { for socket in sockets { Glibc.close(socket) } }

    private struct SystemError: Error { let code: Int32 }

    private static func resolve(_ host: String) throws(ReplayError) -> UnsafeMutablePointer<addrinfo> {
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
        guard bind(socket, address.ai_addr, address.ai_addrlen) == 0, Glibc.listen(socket, 128) == 0 else {
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
