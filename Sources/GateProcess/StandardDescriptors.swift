internal import Glibc

/// Standard input, output and error, which a caller may have closed.
public enum StandardDescriptors {
    /// Occupies those that are closed, so that no file or pipe of ours gets their number and with it what is written to
    /// the output. A closed input is at its end at once, writing to a closed output fails by EBADF; nobody is told of
    /// errors that nobody can see. To be called before anything is opened.
    public static func occupy() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // The lowest free number is this one: those below are open.
            if open("/dev/null", mode) < 0 { _ = open("/", O_RDONLY | O_DIRECTORY) }
        }
    }
}
