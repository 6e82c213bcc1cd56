internal import Glibc

/// Waiting for a child of ours. Its number stays reserved until it is reaped, so that a signal to its group can never
/// reach a stranger.
enum ChildWait {
    /// How the child ended; nil while it runs. Leaves it to be reaped.
    static func poll(_ process: pid_t) -> ExitStatus? { wait(process, WEXITED | WNOHANG | WNOWAIT) }

    /// Waits until the child has ended. Leaves it to be reaped.
    static func untilEnd(_ process: pid_t) -> ExitStatus {
        wait(process, WEXITED | WNOWAIT) ?? .unknown
    }

    /// Gives the ended child's number back.
    ///
    /// - Returns: what it used; nil where somebody else was told.
    @discardableResult
    static func reap(_ process: pid_t) -> ProcessUsage? {
        var status: Int32 = 0
        var usage = rusage()
        while true {
            let ended = wait4(process, &status, WNOHANG, &usage)
            if ended == process { return ProcessUsage(usage) }
            guard ended < 0, errno == EINTR else { return nil }
        }
    }

    private static func wait(_ process: pid_t, _ options: Int32) -> ExitStatus? {
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, options) != 0 {
            guard errno == EINTR else { return .unknown }
        }
        let child = information._sifields._sigchld
        guard child.si_pid == process else { return nil }
        return information.si_code == Int32(CLD_EXITED) ? .exited(child.si_status) : .signalled(child.si_status)
    }
}
