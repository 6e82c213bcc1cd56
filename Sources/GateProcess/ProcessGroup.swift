internal import Glibc

/// A child and everything that it started and that stayed in its group.
struct ProcessGroup: Hashable {
    /// The process id of its leader.
    let id: pid_t

    func signal(_ number: Int32) { kill(-id, number) }

    /// Asks the group to end, and kills what is left of it after `graceSeconds`. Returns when nothing of it runs any more,
    /// or two seconds after the kill where the system does not let go of a process.
    func end(graceSeconds: Double, isCancelled: () -> Bool = { false }) {
        let deadline = MonotonicClock.nowNs() + Int64(max(0, min(graceSeconds, 3600)) * 1e9)
        if graceSeconds > 0 {
            signal(SIGTERM)
            // A stopped process would keep the request pending.
            signal(SIGCONT)
        }
        wait(untilNs: deadline, isCancelled)
        signal(SIGKILL)
        wait(untilNs: MonotonicClock.nowNs() + 2_000_000_000)
    }

    private func wait(untilNs deadline: Int64, _ isCancelled: () -> Bool = { false }) {
        while hasLivingMembers, MonotonicClock.nowNs() < deadline, !isCancelled() {
            MonotonicClock.rest(milliseconds: 5)
        }
    }

    /// Whether any process of the group still runs; one that has ended and was not waited for does not.
    var hasLivingMembers: Bool {
        guard kill(-id, 0) == 0 || errno == EPERM else { return false }
        guard let folder = opendir("/proc") else { return true }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let process = pid_t(name), let (state, group) = ProcessGroup.stateAndGroup(of: process) else {
                continue
            }
            if group == id, state != "Z", state != "X" { return true }
        }
        return false
    }

    /// State and group out of `/proc/<pid>/stat` (proc(5)); nil where the process is gone.
    private static func stateAndGroup(of process: pid_t) -> (Character, pid_t)? {
        let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &buffer, buffer.count)
        // The program's name stands in parentheses and may itself hold any character.
        guard count > 0, let nameEnd = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = String(decoding: buffer[(nameEnd + 1)..<count], as: UTF8.self).split(separator: " ")
        guard fields.count > 2, let state = fields[0].first, let group = pid_t(fields[2]) else { return nil }
        return (state, group)
    }
}
