import Glibc

/// Never through a symbolic link.
let folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

/// Opens a folder below another one name by name, so that no symbolic link is followed on the way.
/// - Returns: a descriptor, or -1 with `errno` set.
func openFolder(_ path: [[UInt8]], in folder: Int32) -> Int32 {
    var descriptor = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for name in path where descriptor >= 0 {
        let inner = withName(name) { openat(descriptor, $0, folderFlags) }
        let reason = errno
        close(descriptor)
        errno = reason
        descriptor = inner
    }
    return descriptor
}

/// Calls `body` with a name as C wants it.
func withName<Result>(_ name: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { buffer in
        for (index, byte) in name.enumerated() { buffer[index] = CChar(bitPattern: byte) }
        buffer[name.count] = 0
        return body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
    }
}

/// The system's words for `errno`.
func lastError() -> String {
    let code = errno
    var buffer = [CChar](repeating: 0, count: 256)
    strerror_r(code, &buffer, buffer.count)
    let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.isEmpty ? "error \(code)" : text
}
