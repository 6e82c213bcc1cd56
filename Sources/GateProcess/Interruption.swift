internal import Glibc
internal import Synchronization

/// What happens when somebody stops the program: its children end first, then it exits with 128 + the signal's number.
///
/// SIGKILL and a crash cannot be answered: they leave children behind.
public enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    private static let isInstalled = Atomic(false)
    private static let isUrgent = Atomic(false)
    /// Where the handler writes the signal's number and the waiting thread reads it: a handler itself may do next to
    /// nothing (signal-safety(7)).
    private static let mailbox = Atomic<Int32>(-1)

    /// Takes over the signals. A signal that is ignored at the start (nohup) stays ignored. Children that are left at a
    /// normal exit are ended too.
    ///
    /// - Parameters:
    ///   - graceSeconds: how long children may take to end by themselves; a second signal kills them at once.
    ///   - announce: told the signal's number when it arrives, before children are ended.
    public static func install(
        graceSeconds: Double = 5, announce: @escaping @Sendable (Int32) -> Void = { _ in }
    ) throws(ProcessError) {
        guard !isInstalled.exchange(true, ordering: .relaxed) else { return }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(program: "pipe", reason: SystemError.text(errno)) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        mailbox.store(ends[1], ordering: .relaxed)

        let inbox = ends[0]
        try startThread {
            let number = nextSignal(inbox)
            try? startThread {
                _ = nextSignal(inbox)
                isUrgent.store(true, ordering: .relaxed)
            }
            announce(number)
            ChildRegistry.shared.endAll(graceSeconds: graceSeconds) { isUrgent.load(ordering: .relaxed) }
            // Not exit(): its handlers would run beside threads that still work.
            _exit(128 + number)
        }
        for signal in signals where !isIgnored(signal) { handle(signal) }
        atexit { ChildRegistry.shared.endAll(graceSeconds: 0) }
    }

    private static func handle(_ signal: Int32) {
        var action = sigaction()
        action.sa_flags = SA_RESTART
        action.__sigaction_handler.sa_handler = { number in
            let code = errno
            var byte = UInt8(truncatingIfNeeded: number)
            write(Interruption.mailbox.load(ordering: .relaxed), &byte, 1)
            errno = code
        }
        sigaction(signal, &action, nil)
    }

    private static func nextSignal(_ inbox: Int32) -> Int32 {
        var byte: UInt8 = 0
        while read(inbox, &byte, 1) != 1 {}
        return Int32(byte)
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
            == unsafeBitCast(SIG_IGN, to: UInt.self)
    }

    private static func startThread(_ body: @escaping @Sendable () -> Void) throws(ProcessError) {
        let retained = Unmanaged.passRetained(ThreadBody(run: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, retained.toOpaque())
        guard code == 0 else {
            retained.release()
            throw .system(program: "thread", reason: SystemError.text(code))
        }
        pthread_detach(thread)
    }

    private final class ThreadBody: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
