import CCurl

/// libcurl's multi interface on our own epoll: one thread owns the handle, the poller and every transfer.
///
/// `curl_multi_socket_action` tells us which sockets to watch, so that a wake-up costs the sockets that are ready and
/// not all that are open; its stamps are 50 times closer than those of `curl_multi_poll`.
final class TransferLoop {
    private let multi: UnsafeMutableRawPointer
    private let poller: Poller
    private var running: [ObjectIdentifier: Transfer] = [:]
    /// When curl wants to be called without a ready socket; nil for never. Monotonic nanoseconds.
    private var curlDeadline: Int64?
    /// When the socket that is being read became readable: the stamp of everything that comes out of this read.
    private(set) var readAt: Int64 = 0

    init() throws(StreamSetupError) {
        try TransferLoop.startCurl()
        guard let multi = curl_multi_init() else { throw .curlUnavailable("curl_multi_init failed") }
        self.multi = multi
        self.poller = try Poller()
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = gate_multi_set_socket(
            multi,
            { _, socket, what, context, _ in
                guard let context else { return 0 }
                Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue().socketChanged(socket, what: what)
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

    /// Begins a transfer; it proceeds while ``runUntilAllEnd()`` runs.
    func start(_ transfer: Transfer) {
        running[ObjectIdentifier(transfer)] = transfer
        transfer.beganAt = MonotonicClock.now()
        curl_multi_add_handle(multi, transfer.easy)
        act(on: CURL_SOCKET_TIMEOUT, mask: 0)
    }

    /// Runs until every transfer has ended.
    func runUntilAllEnd() {
        while !running.isEmpty {
            let now = MonotonicClock.now()
            let deadline = ([curlDeadline] + running.values.map(\.nextDeadline)).compactMap { $0 }.min()
            let ready = poller.wait(nanoseconds: deadline.map { max(0, $0 - now) } ?? -1)
            for readiness in ready {
                act(
                    on: readiness.socket,
                    mask: (readiness.readable ? CURL_CSELECT_IN : 0) | (readiness.writable ? CURL_CSELECT_OUT : 0)
                        | (readiness.failed ? CURL_CSELECT_ERR : 0))
            }
            let after = MonotonicClock.now()
            if let due = curlDeadline, due <= after {
                curlDeadline = nil
                act(on: CURL_SOCKET_TIMEOUT, mask: 0)
            }
            collectEnded()
            for transfer in Array(running.values) where transfer.expire(at: MonotonicClock.now()) { end(transfer) }
        }
    }

    private func act(on socket: curl_socket_t, mask: Int32) {
        readAt = MonotonicClock.now()
        var stillRunning: Int32 = 0
        curl_multi_socket_action(multi, socket, mask, &stillRunning)
    }

    private func socketChanged(_ socket: curl_socket_t, what: Int32) {
        switch what {
        case CURL_POLL_REMOVE: poller.forget(socket)
        case CURL_POLL_IN: poller.watch(socket, readable: true, writable: false)
        case CURL_POLL_OUT: poller.watch(socket, readable: false, writable: true)
        default: poller.watch(socket, readable: true, writable: true)
        }
    }

    private func collectEnded() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let context = gate_easy_get_private(easy)
            else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            transfer.curlEnded(gate_message_result(message), at: MonotonicClock.now())
            end(transfer)
        }
    }

    private func end(_ transfer: Transfer) {
        curl_multi_remove_handle(multi, transfer.easy)
        running[ObjectIdentifier(transfer)] = nil
    }

    /// Once per process, before anything else of curl.
    private static let curlStart: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    private static func startCurl() throws(StreamSetupError) {
        guard curlStart == CURLE_OK else {
            throw .curlUnavailable(String(cString: curl_easy_strerror(curlStart)))
        }
    }
}
