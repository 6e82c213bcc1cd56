import CCurl
import GateClock
package import GateCore

/// One reading of one socket.
struct SocketRead {
    /// The stamp of everything that comes out of it. Monotonic nanoseconds.
    var receivedAt: Int64 = 0
    /// For how long that lay in the kernel, at most. Nanoseconds.
    var lag: Int64 = 0
    var clock = ArrivalClock.monotonicRead
}

/// libcurl's multi interface on our own poller: one thread owns the handle, the poller and every transfer.
///
/// `curl_multi_socket_action` tells us which sockets to watch, so that a wake-up costs the sockets that are ready and
/// not all that are open; its stamps are 50 times closer than those of `curl_multi_poll`.
package final class TransferLoop {
    /// A wait that took longer has slept: nothing was ready when it began.
    private static let shortestSleep: Int64 = 5_000

    private let multi: UnsafeMutableRawPointer
    let poller: EpollPoller
    private var running: [ObjectIdentifier: Transfer] = [:]
    /// Who is told of sockets that are not curl's, by their number.
    var watchers: [(any SocketWatcher)?] = []
    /// Whose answers the sockets of curl bring, by their number: only of those that are handed on.
    private var passing: [Transfer?] = []
    private var ended: [Transfer] = []
    private var deadlines = DeadlineHeap()
    /// When curl wants to be called without a ready socket; nil for never. Monotonic nanoseconds.
    private var curlDeadline: Int64?
    /// The end of the latest wait.
    private var wokeAt: Int64 = 0
    /// What is being read became readable after this moment.
    private var notReadyBefore: Int64 = 0
    /// The read that is going on.
    private(set) var read = SocketRead()
    /// Only tests put another here.
    var receiveTimes = KernelReceiveTimes()

    package init() throws(StreamSetupError) {
        try TransferLoop.startCurl()
        guard let multi = curl_multi_init() else { throw .curlUnavailable("curl_multi_init failed") }
        self.multi = multi
        self.poller = try EpollPoller()
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = gate_multi_set_socket(
            multi,
            { easy, socket, what, context, socketContext in
                guard let context else { return 0 }
                Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue()
                    .socketChanged(socket, of: easy, what: what, isNew: socketContext == nil)
                return 0
            }, context)
        _ = gate_multi_set_timer(
            multi,
            { _, milliseconds, context in
                guard let context else { return 0 }
                Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue().curlDeadline =
                    milliseconds < 0 ? nil : MonotonicClock.now() + Int64(milliseconds) * 1_000_000
                return 0
            }, context)
    }

    deinit {
        for transfer in running.values { curl_multi_remove_handle(multi, transfer.easy) }
        curl_multi_cleanup(multi)
    }

    /// Transfers that have begun and not ended.
    package var inFlight: Int { running.count }

    /// Transfers that have asked and not ended.
    private(set) var awaited = 0

    /// Begins a transfer; it proceeds in ``turn(until:)``.
    package func start(_ transfer: Transfer) {
        running[ObjectIdentifier(transfer)] = transfer
        transfer.beganAt = MonotonicClock.now()
        deadlines.set(transfer, to: transfer.nextDeadline)
        curl_multi_add_handle(multi, transfer.easy)
        curlTimePassed(at: transfer.beganAt)
    }

    /// A transfer writes its request, after a redirect once more.
    func willAsk(_ transfer: Transfer, isFirst: Bool) {
        if isFirst { awaited += 1 }
        deadlineMoved(transfer)
    }

    /// What is read from now on is read by us, and not because a socket is ready.
    func readsNow() { read = SocketRead(receivedAt: MonotonicClock.now(), lag: 0) }

    /// A deadline has come nearer than it was.
    func deadlineMoved(_ transfer: Transfer) {
        if transfer.heapIndex >= 0 { deadlines.set(transfer, to: transfer.nextDeadline) }
    }

    /// Waits until a socket is ready, a deadline has come or that moment has, and does what there is to do.
    ///
    /// - Parameter moment: monotonic nanoseconds; nil for as long as it takes.
    package func turn(until moment: Int64?) {
        let began = MonotonicClock.now()
        var wait = Int64.max
        if let moment { wait = min(wait, moment - began) }
        if let curlDeadline { wait = min(wait, curlDeadline - began) }
        if let earliest = deadlines.earliest { wait = min(wait, earliest - began) }
        let count = poller.wait(nanoseconds: wait == .max ? -1 : max(0, wait))
        let woke = MonotonicClock.now()
        notReadyBefore = woke - began > TransferLoop.shortestSleep ? woke : wokeAt
        wokeAt = woke
        for index in 0..<count {
            let readiness = poller.readiness(at: index)
            if tellWatcher(of: readiness) { continue }
            act(
                on: readiness.socket,
                mask: (readiness.readable ? CURL_CSELECT_IN : 0) | (readiness.writable ? CURL_CSELECT_OUT : 0)
                    | (readiness.failed ? CURL_CSELECT_ERR : 0))
        }
        curlTimePassed(at: count == 0 ? woke : MonotonicClock.now())
        collectEnded()
        expire()
    }

    /// Ends a transfer that has not ended: the server sees its connection close.
    package func cancel(_ transfer: Transfer, because reason: InvalidCall) {
        guard running[ObjectIdentifier(transfer)] === transfer else { return }
        transfer.cancelled(because: reason, at: MonotonicClock.now())
        end(transfer)
    }

    /// Runs until every transfer has ended.
    func runUntilAllEnd() {
        while !running.isEmpty { turn(until: nil) }
        ended.removeAll()
    }

    /// The transfers that have ended since it was last asked.
    package func takeEnded() -> [Transfer] {
        defer { if !ended.isEmpty { ended = [] } }
        return ended
    }

    private func act(on socket: curl_socket_t, mask: Int32) {
        let now = MonotonicClock.now()
        read = SocketRead(receivedAt: now, lag: now - notReadyBefore)
        var transfer = Int(socket) < passing.count ? passing[Int(socket)] : nil
        if transfer?.requestedAt == nil { transfer = nil }
        if mask & CURL_CSELECT_IN != 0,
            let time = receiveTimes.receiveTime(
                on: socket, most: Transfer.readSize, now: now, shownTo: transfer?.passedSink)
        {
            read = SocketRead(receivedAt: time, lag: now - time, clock: .kernelReceive)
        }
        if let transfer, mask == CURL_CSELECT_IN, let bytes = receiveTimes.takePast(socket) {
            return transfer.receivePast(bytes)
        }
        var stillRunning: Int32 = 0
        curl_multi_socket_action(multi, socket, mask, &stillRunning)
    }

    private func curlTimePassed(at now: Int64) {
        guard let due = curlDeadline, due <= now else { return }
        curlDeadline = nil
        read = SocketRead(receivedAt: now, lag: 0)
        var stillRunning: Int32 = 0
        curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &stillRunning)
    }

    private func socketChanged(_ socket: curl_socket_t, of easy: UnsafeMutableRawPointer?, what: Int32, isNew: Bool) {
        if passing.indices.contains(Int(socket)) { passing[Int(socket)] = nil }
        if what == CURL_POLL_REMOVE { return poller.forget(socket) }
        if let context = easy.flatMap(gate_easy_get_private) {
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            if transfer.passedSink != nil {
                while passing.count <= Int(socket) { passing.append(nil) }
                passing[Int(socket)] = transfer
            }
        }
        poller.watch(socket, readable: what & CURL_POLL_IN != 0, writable: what & CURL_POLL_OUT != 0, isNew: isNew)
        // Any pointer but nil says that the socket is known; curl forgets it when the socket is removed.
        if isNew { curl_multi_assign(multi, socket, multi) }
    }

    private func collectEnded() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let context = gate_easy_get_private(easy)
            else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            if transfer.curlEnded(gate_message_result(message), at: MonotonicClock.now()) {
                end(transfer)
            } else {
                curl_multi_remove_handle(multi, easy)
                curl_multi_add_handle(multi, easy)
                deadlineMoved(transfer)
            }
        }
    }

    private func expire() {
        while let earliest = deadlines.earliest {
            let now = MonotonicClock.now()
            guard earliest <= now, let transfer = deadlines.due(at: now) else { return }
            if transfer.expire(at: now) {
                end(transfer)
            } else {
                deadlines.set(transfer, to: transfer.nextDeadline)
            }
        }
    }

    private func end(_ transfer: Transfer) {
        curl_multi_remove_handle(multi, transfer.easy)
        deadlines.remove(transfer)
        running[ObjectIdentifier(transfer)] = nil
        if transfer.hasAsked { awaited -= 1 }
        ended.append(transfer)
    }

    /// Once per process, before anything else of curl.
    private static let curlStart: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    private static func startCurl() throws(StreamSetupError) {
        guard curlStart == CURLE_OK else {
            throw .curlUnavailable(String(cString: curl_easy_strerror(curlStart)))
        }
    }
}
