import Dispatch
public import GateStream
import Glibc
import Synchronization

/// The file of every request, one line of JSON each. Lines are made and written on a thread of their own, so that the
/// thread that measures waits for no disk, and nothing is lost when the program is ended early.
public final class ExchangeLog: Sendable {
    private struct State {
        var descriptor: Int32
        /// The errno of the first write that failed; 0 for none.
        var failure: Int32 = 0
        var bytes: [UInt8] = []
    }

    public let path: String
    /// True where the file was to have the requests of earlier runs, and has not.
    public let lacksRuns: Bool
    private let queue = DispatchQueue(label: "chimera-gate.exchanges", qos: .utility)
    private let state: Mutex<State>

    /// Makes the file, or empties the one that is there.
    public init(path: String) throws(ExchangeLogError) {
        self.path = path
        lacksRuns = false
        state = Mutex(State(descriptor: try ExchangeLog.open(path, O_WRONLY | O_TRUNC)))
    }

    /// Goes on with the file of a load that was interrupted; what it holds of a run that was not finished is cut off.
    ///
    /// - Parameter runs: as many as are kept.
    public init(path: String, keepingRuns runs: Int) throws(ExchangeLogError) {
        self.path = path
        var status = stat()
        guard stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
            // A pipe or a terminal was told of them before.
            lacksRuns = false
            state = Mutex(State(descriptor: try ExchangeLog.open(path, O_WRONLY)))
            return
        }
        let descriptor = try ExchangeLog.open(path, O_RDWR)
        do throws(KeptLines.Errno) {
            let kept = try KeptLines(reading: descriptor, keepingRuns: runs)
            guard ftruncate(descriptor, kept.size) == 0, lseek(descriptor, kept.size, SEEK_SET) >= 0 else {
                throw KeptLines.Errno(code: errno)
            }
            lacksRuns = kept.lastRun < runs
        } catch {
            close(descriptor)
            throw ExchangeLogError(path: path, code: error.code, isNew: false)
        }
        state = Mutex(State(descriptor: descriptor))
    }

    private static func open(_ path: String, _ flags: Int32) throws(ExchangeLogError) -> Int32 {
        // Not blocking: a FIFO without a reader would hold us for ever.
        let descriptor = system_open(path, flags | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw ExchangeLogError(path: path, code: errno, isNew: true) }
        return descriptor
    }

    deinit { state.withLock { if $0.descriptor >= 0 { _ = close($0.descriptor) } } }

    /// Hands a request over; returns at once.
    ///
    /// - Parameter members: what else the line says behind the identifier, as members of JSON without braces.
    public func append(_ record: CallRecord, id: String, members: String = "") {
        queue.async { [self] in
            state.withLock { state in
                guard state.failure == 0 else { return }
                state.bytes.removeAll(keepingCapacity: true)
                ExchangeLine(id: id, record: record, members: members).append(to: &state.bytes)
                state.failure = ExchangeLog.write(state.bytes, to: state.descriptor)
            }
        }
    }

    /// Waits until everything is written, and closes the file.
    public func finish() throws(ExchangeLogError) {
        queue.sync {}
        let failure = state.withLock { state in
            if state.descriptor >= 0, close(state.descriptor) != 0, state.failure == 0 { state.failure = errno }
            state.descriptor = -1
            return state.failure
        }
        if failure != 0 { throw ExchangeLogError(path: path, code: failure, isNew: false) }
    }

    /// Returns the errno of a write that failed, else 0.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { system_write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
                continue
            }
            guard count > 0 else { return count < 0 ? errno : EIO }
            rest = rest.dropFirst(count)
        }
        return 0
    }
}

private func system_open(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o644) }

private func system_write(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

/// The file of the requests could not be made or written.
public struct ExchangeLogError: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// The errno.
    public let code: Int32
    /// True where the file could not even be made.
    public let isNew: Bool

    public var isPermission: Bool { [EACCES, EPERM, EROFS].contains(code) }

    public var description: String {
        let reason = String(cString: strerror(code))
        return isNew
            ? "cannot make '\(path)': \(reason). Name a file in a folder that exists and may be written."
            : "cannot write '\(path)': \(reason). Free some space or name another file, then measure again."
    }
}
