/// Is told when a socket is ready that is not curl's; by the loop's thread.
package protocol SocketWatcher: AnyObject {
    /// One of those that the socket is watched for has come. It may have gone again.
    func isReady(_ readiness: Readiness)
}

extension TransferLoop {
    /// Watches a socket besides curl's, or changes what it is watched for.
    package func watch(_ socket: Int32, readable: Bool, writable: Bool, for watcher: any SocketWatcher) {
        while watchers.count <= Int(socket) { watchers.append(nil) }
        let isNew = watchers[Int(socket)] == nil
        watchers[Int(socket)] = watcher
        poller.watch(socket, readable: readable, writable: writable, isNew: isNew)
    }

    /// Stops watching a socket; to be called before it is closed.
    package func forget(_ socket: Int32) {
        guard socket >= 0, Int(socket) < watchers.count, watchers[Int(socket)] != nil else { return }
        watchers[Int(socket)] = nil
        poller.forget(socket)
    }

    /// False for a socket of curl's.
    func tellWatcher(of readiness: Readiness) -> Bool {
        let index = Int(clamping: readiness.socket)
        guard index < watchers.count, let watcher = watchers[index] else { return false }
        watcher.isReady(readiness)
        return true
    }
}
