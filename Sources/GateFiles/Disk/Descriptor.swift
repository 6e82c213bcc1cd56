import Glibc

/// An open file, closed with its owner.
struct Descriptor: ~Copyable {
    let number: CInt

    /// - Parameter action: what the caller is about to do, for the error.
    init(opening path: String, _ flags: CInt, mode: mode_t = 0, _ action: String) throws(FileError) {
        var number: CInt
        repeat { number = open(path, flags | O_CLOEXEC, mode) } while number < 0 && errno == EINTR
        guard number >= 0 else { throw FileError(errno: errno, action, path: path) }
        self.number = number
    }

    deinit { close(number) }
}
