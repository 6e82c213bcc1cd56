internal import Glibc

/// What ends a server where we no longer can, after a SIGKILL or a crash: a shell that leads the server's process group
/// and waits at a pipe whose other end only we hold. When the system closes that end with us, the shell ends its group.
///
/// PR_SET_PDEATHSIG would reach the first process alone, not what it forked, and is tied to the thread that forks. The
/// group's number cannot pass to a stranger: the shell itself keeps it.
struct Lifeline {
    /// How long the group may take to end by itself once we are gone, in seconds.
    static let graceSeconds = 1

    /// The shell, whose number is the group's.
    let keeper: pid_t
    private let pipeEnd: Int32

    /// nil where there is no shell or no descriptor left: the server is then ended by us alone.
    static func start() -> Lifeline? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        ends = ends.map(Pipe.aboveStandard)
        defer { close(ends[0]) }
        let script = """
            trap '' HUP INT QUIT TERM PIPE
            read -r _
            kill -TERM 0
            kill -CONT 0
            sleep \(graceSeconds)
            kill -KILL 0
            """
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        let sink = null >= 0 ? Pipe.aboveStandard(null) : -1
        defer { if sink >= 0 { close(sink) } }
        let shell = ProcessSpawn(
            path: "/bin/sh", command: ["sh", "-c", script, "chimera-gate-keeper"],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], standardInput: ends[0],
            standardOutput: sink >= 0 ? sink : nil, standardError: sink >= 0 ? sink : nil)
        guard let (keeper, _) = try? shell.run() else {
            close(ends[1])
            return nil
        }
        return Lifeline(keeper: keeper, pipeEnd: ends[1])
    }

    /// Kills what is left of the group, and gives the keeper's number back.
    func cut() {
        kill(-keeper, SIGKILL)
        close(pipeEnd)
        _ = ChildWait.untilEnd(keeper)
        ChildWait.reap(keeper)
    }
}
