internal import Glibc

/// Standard input, output and error, which a caller may have closed.
public enum StandardDescriptors {
    /// Puts something harmless where they are closed, so that no file or pipe of ours gets their numbers: what is printed
    /// would land in it. Reading from a closed input is at its end at once, writing to a closed output fails. To be called
    /// before anything is opened.
    public static func secure() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // The lowest free number is this one, since those below are taken. Not writable, so that output that nobody
            // can see is not taken for delivered; nobody is told of errors that nobody can see.
            let opened = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
            if opened >= 0, opened != descriptor { close(opened) }
        }
    }
}
