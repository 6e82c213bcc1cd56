internal import GateClock
internal import Glibc

/// A child and everything that it started and that stayed in its group or carries its mark.
struct ProcessGroup: Hashable {
    /// The process id of its leader.
    let id: pid_t
    /// The program that was started: the leader, or a member where a ``Lifeline`` leads.
    let member: pid_t
    /// Nil where the group alone counts.
    let mark: ProcessMark?

    init(id: pid_t, member: pid_t? = nil, mark: ProcessMark? = nil) {
        self.id = id
        self.member = member ?? id
        self.mark = mark
    }

    private var keeper: pid_t? { id == member ? nil : id }

    func signal(_ number: Int32) {
        kill(-id, number)
        mark?.signal(number)
    }

    /// Asks the group to end, and kills what is left of it after `graceSeconds`. Returns when nothing of it runs any more,
    /// or two seconds after the kill where the system does not let go of a process.
    func end(graceSeconds: Double, isCancelled: () -> Bool = { false }) {
        if graceSeconds > 0 {
            let deadline = MonotonicClock.now() + Int64(min(graceSeconds, 3600) * 1e9)
            signal(SIGTERM)
            // A stopped process would keep the request pending.
            signal(SIGCONT)
            wait(untilNs: deadline, isCancelled)
        }
        signal(SIGKILL)
        wait(untilNs: MonotonicClock.now() + 2_000_000_000)
    }

    private func wait(untilNs deadline: Int64, _ isCancelled: () -> Bool = { false }) {
        while hasLivingMembers, MonotonicClock.now() < deadline, !isCancelled() {
            MonotonicClock.rest(milliseconds: 5)
        }
    }

    /// Whether any process of the group still runs; one that has ended and was not waited for does not.
    var hasLivingMembers: Bool { hasLivingGroup || mark?.processes(atMost: 1).isEmpty == false }

    private var hasLivingGroup: Bool {
        guard kill(-id, 0) == 0 || errno == EPERM else { return false }
        // Without /proc the program itself stands for what it started.
        guard access("/proc/self/stat", R_OK) == 0, let folder = opendir("/proc") else {
            return ChildWait.poll(member) == nil
        }
        closedir(folder)
        return livingMembers(atMost: 1) > 0
    }

    /// How many processes beside the program itself still run, in the group or elsewhere with its mark.
    var companions: Int {
        let strays = mark?.processes().count { $0 != member && getpgid($0) != id } ?? 0
        return livingMembers { $0 != member } + strays
    }

    /// How many processes of the group still run, the keeper aside; 0 where the system does not tell.
    func livingMembers(atMost limit: Int = .max, where isCounted: (pid_t) -> Bool = { _ in true }) -> Int {
        guard let folder = opendir("/proc") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            let process = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { atoi($0) }
            }
            if process > 0, process != keeper, isCounted(process), hasLivingMember(process) { count += 1 }
            if count >= limit { break }
        }
        return count
    }

    /// Whether a process is of the group and runs, by its `stat` (proc(5)). Read as bytes: every process of the machine is
    /// looked at whenever a child ends.
    private func hasLivingMember(_ process: pid_t) -> Bool {
        let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            return count > 0 && isLivingMember(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// `7 (a name) S 1 42 …`: the state, the parent and the group behind the name, which may itself hold any character.
    private func isLivingMember(_ stat: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let nameEnd = stat.lastIndex(of: UInt8(ascii: ")")), nameEnd + 2 < stat.count else { return false }
        let state = stat[nameEnd + 2]
        guard state != UInt8(ascii: "Z"), state != UInt8(ascii: "X") else { return false }
        var fields = stat[(nameEnd + 4)...].split(separator: UInt8(ascii: " "), maxSplits: 2).makeIterator()
        _ = fields.next()
        guard let group = fields.next() else { return false }
        return group.reduce(0) { $0 * 10 + pid_t($1 &- 0x30) } == id
    }
}
