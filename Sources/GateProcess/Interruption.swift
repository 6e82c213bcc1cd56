internal import Glibc
internal import Synchronization

/// What happens when somebody stops the program: its children end first, then it exits with 128 + the signal's number.
///
/// SIGKILL and a crash cannot be answered: what then ends the children is a ``Lifeline``, and the next call removes what
/// was left in temporary folders.
public enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    private static let isInstalled = Atomic(false)
    private static let isUrgent = Atomic(false)
    /// The thread that answers a signal; 0 while none has come.
    private static let answering = Atomic<UInt>(0)
    /// Descriptors that were given to us open: what they are connected to is not ours to end.
    private static let inherited = Mutex<Set<Int32>>([])
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
        // Where standard descriptors are closed, nobody's text may land in the mailbox.
        ends = ends.map(Pipe.aboveStandard)
        inherited.withLock { $0 = Set((0..<256).filter { fcntl($0, F_GETFD) >= 0 }) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        mailbox.store(ends[1], ordering: .relaxed)

        let inbox = ends[0]
        try startThread {
            let number = nextSignal(inbox)
            try? startThread {
                _ = nextSignal(inbox)
                isUrgent.store(true, ordering: .relaxed)
            }
            answering.store(UInt(pthread_self()), ordering: .sequentiallyConsistent)
            announce(number)
            cutConnections()
            ChildRegistry.shared.endAll(graceSeconds: graceSeconds) { isUrgent.load(ordering: .relaxed) }
            ScratchFolder.removeAll()
            // Not exit(): its handlers would run beside threads that still work.
            _exit(128 + number)
        }
        for signal in signals where !isIgnored(signal) { handle(signal) }
        // A file that may not grow any more is an error of that write, not the end.
        signal(SIGXFSZ, SIG_IGN)
        atexit {
            ChildRegistry.shared.endAll(graceSeconds: 0)
            ScratchFolder.removeAll()
        }
    }

    /// Lets the caller go on only while no signal has come; afterwards only what answers the signal goes on, and every
    /// other thread rests here until the end. To be called before anything that an interrupted workload must not do.
    public static func checkpoint() {
        let thread = answering.load(ordering: .sequentiallyConsistent)
        guard thread != 0, thread != UInt(pthread_self()) else { return }
        while true { pause() }
    }

    /// Ends our own connections, so that a server which finishes what it was asked for need not wait for a reader.
    private static func cutConnections() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let foreign = inherited.withLock { $0 }
        for descriptor in 3..<Int32(min(limit.rlim_cur, 65_536)) where !foreign.contains(descriptor) {
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
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

    /// A thread of its own, which nobody waits for.
    static func startThread(_ body: @escaping @Sendable () -> Void) throws(ProcessError) {
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
