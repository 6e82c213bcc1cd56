internal import Glibc

/// What tells a program's processes from all others wherever they are: a variable of its environment, which whatever it
/// starts inherits, also in a session of its own and behind a parent that has ended.
///
/// Not PR_SET_CHILD_SUBREAPER: that would give us the orphans of every child, a model server's among them, and not say whose
/// they are. What clears its environment is not found.
struct ProcessMark: Hashable {
    static let variable = "CHIMERA_GATE_MARK"
    let value: String

    /// One that no other program has.
    init() { value = "\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 16))" }

    private var entry: [UInt8] { Array("\(ProcessMark.variable)=\(value)".utf8) }

    /// The processes that carry it and run, of those of the machine that we may look at.
    ///
    /// - Parameter limit: more are not looked for.
    func processes(atMost limit: Int = .max) -> [pid_t] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        let entry = entry
        var found: [pid_t] = []
        while found.count < limit, let item = readdir(folder) {
            let process = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { atoi($0) }
            }
            if process > 0, ProcessMark.holds(entry, process) { found.append(process) }
        }
        return found
    }

    func signal(_ number: Int32) { for process in processes() { kill(process, number) } }

    private static let mostBytes = 256 << 10

    /// Whether the environment with which a process began has the entry. One that has ended has none.
    private static func holds(_ entry: [UInt8], _ process: pid_t) -> Bool {
        let descriptor = open("/proc/\(process)/environ", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: mostBytes) { buffer in
            var count = 0
            while count < buffer.count, let start = buffer.baseAddress {
                let more = read(descriptor, start + count, buffer.count - count)
                guard more > 0 else { break }
                count += more
            }
            return holds(entry, in: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Entries end with a zero byte.
    private static func holds(_ entry: [UInt8], in environment: UnsafeBufferPointer<UInt8>) -> Bool {
        guard var place = environment.baseAddress else { return false }
        let end = place + environment.count
        while place < end {
            let next =
                memchr(place, 0, end - place).map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? end
            if next - place == entry.count, memcmp(place, entry, entry.count) == 0 { return true }
            place = next + 1
        }
        return false
    }
}
