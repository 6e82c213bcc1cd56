import GateClock
import GateCore
import GateDigest
import GateProxy
import GateStream

extension CommandWorkload {
    /// A command whose calls are seen by a proxy of its own in each run: what an earlier run left behind cannot be taken for
    /// a call of this one. nil for any other workload.
    ///
    /// - Parameters:
    ///   - root: the folder that a relative `command.directory` is below.
    ///   - corpus: empty where there is none.
    ///   - model: the name that the facts give.
    init?(_ configuration: Configuration, root: String, corpus: Corpus, model: String, token: BearerToken?) {
        guard let command = configuration.command else { return nil }
        self.init(
            command: command, root: root, corpus: corpus, model: model, token: token,
            listen: {
                OpenFiles.allowAll()
                let proxy = try MeasuringProxy(
                    ProxyOptions(
                        server: configuration.server, token: token, listen: .loopback(port: 0),
                        forcesStream: command.stream == .force, keepsText: true, stageHeader: command.stageHeader))
                return CallSource(
                    address: proxy.address.url ?? "",
                    underWay: { proxy.callsUnderWay.words(at: MonotonicClock.now()) },
                    finish: {
                        proxy.settle()
                        proxy.stop()
                        return proxy.takeCalls().filter(\.asksAModel).map(SeenCall.init)
                    })
            })
    }
}

extension MeasuringProxy {
    /// To be called when a command has ended: its connections are gone, and its calls follow at once.
    func settle() { _ = waitUntilIdle(seconds: 2) }
}

extension ProxiedCall {
    /// False for what asks the server about itself, such as its list of models.
    package var asksAModel: Bool {
        route != .other || (method == "POST" && ["embed", "rerank"].contains { path.contains($0) })
    }
}

extension SeenCall {
    init(_ call: ProxiedCall) {
        let request = AskedRequest(call)
        self.init(
            stageHeader: call.stage, model: call.request.model,
            texts: call.request.texts.map(\.text), beganNs: call.beganNs, endedNs: call.endedNs,
            exchange: { id, stage in
                var exchange = call.exchange(id: id, stage: stage, attempt: 1)
                exchange.request = request
                return exchange
            }, recording: { id, stage in call.recording(id: id, stage: stage) })
    }
}

extension AskedRequest {
    /// Longer values, such as the schemas of tools, are kept as their digest. Bytes.
    private static let longestValue = 256

    fileprivate init(_ call: ProxiedCall) {
        self.init(
            route: "\(call.method) \(call.path)", model: call.request.model,
            options: call.request.options.sorted { $0.key < $1.key }.map { name, value in
                RequestOption(
                    name: name,
                    value: value.utf8.count > AskedRequest.longestValue
                        ? "sha256:\(SHA256.hash(value).prefix(16))" : value)
            }, isStreamed: call.isStreamed, isGeneration: call.route != .other)
    }
}
