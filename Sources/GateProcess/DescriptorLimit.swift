internal import Glibc

/// How many files and connections this process may have open.
public enum DescriptorLimit {
    /// What a call needs beside what is open at its start: files, sockets, pipes to children, and what the runtime opens
    /// behind our back, which ends the program where it gets none.
    static let needed = 20

    /// Raises the limit as far as the system lets us where it is too low.
    ///
    /// - Throws: the limit, where too few descriptors are free.
    public static func demand() throws(ProcessError) {
        guard !isEnough else { return }
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        if getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = min(limit.rlim_max, 1024)
            setrlimit(resource, &limit)
        }
        guard isEnough else { throw .tooFewDescriptors(limit: Int(clamping: limit.rlim_cur), needed: needed) }
    }

    private static var isEnough: Bool {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return true }
        var free = 0
        for descriptor in 0..<Int32(clamping: min(limit.rlim_cur, 65_536)) {
            if fcntl(descriptor, F_GETFD) < 0 { free += 1 }
            if free == needed { return true }
        }
        return false
    }
}
