import GateCore
import GateFiles
import GateMeasure
import GateProcess
import GateProxy

/// Where a proxy or a replay can be asked: what `proxy`, `replay` and `record` without a command print then.
struct ListeningDocument: Encodable {
    /// A variable of the environment.
    struct Variable: Encodable {
        /// Its name.
        let name: String
        /// Its value.
        let value: String
    }

    let schema = "listening"
    let version = 1
    /// As the command line takes it.
    let address: String
    /// As clients take it; nil for a unix socket.
    let url: String?
    /// The server behind a proxy; nil for a replay.
    var forwardsTo: String?
    /// Those of the official clients, by which an agent is sent to a proxy; nil for a replay.
    var variables: [Variable]?
    /// How many a replay has to answer by; nil for a proxy.
    var recordedCalls: Int?

    init(_ run: ProxyRun, _ variables: [(name: String, value: String)]) {
        address = run.address.description
        url = run.address.url
        forwardsTo = run.serverURL
        self.variables = variables.map { Variable(name: $0.name, value: $0.value) }
    }

    /// - Parameter url: where a replay listens.
    init(replayAt url: String, recordedCalls: Int) {
        address = String(url.dropFirst("http://".count))
        self.url = url
        self.recordedCalls = recordedCalls
    }
}

/// What passed a proxy: what `proxy` and `record` print at their end.
struct PassedCallsDocument: Encodable {
    let schema = "passed-calls"
    let version = 1
    /// Calls that passed.
    let calls: Int
    /// Those of them that failed.
    let invalid: Int
    /// The file of every call.
    let exchanges: String
    /// The session's name; nil where no call asked a model.
    let sessionId: String?
    /// The session directory, as it was given.
    let directory: String
    /// Whether `replay` can answer any of them again.
    let isRepeatable: Bool
    /// The status of the command that was run, as a shell tells it; nil where none was.
    let commandStatus: Int32?

    /// - Parameter end: of the command, where one was run.
    init(
        _ result: (calls: [ProxiedCall], session: Session?), in directory: SessionDirectory, after end: ExitStatus?
    ) {
        calls = result.calls.count
        invalid = result.calls.count { !$0.outcome.isValid }
        exchanges = directory.path(of: SessionDirectory.exchangesName)
        sessionId = result.session?.id
        self.directory = directory.path
        isRepeatable =
            result.session != nil && result.calls.contains { $0.passed != nil } && result.calls.fruitless == nil
        commandStatus = end?.shellStatus
    }

    /// `2 calls, 0 of them invalid, in recorded/exchanges.jsonl; session …`
    var words: String {
        "\(DisplayFormat.count(calls, "call")), \(invalid) of them invalid, in \(exchanges)"
            + (sessionId.map { "; session \($0) in \(directory)" } ?? "")
            + (isRepeatable ? ", which 'chimera-gate replay \(directory)' repeats" : "")
    }
}

extension [ProxiedCall] {
    /// Why there is nothing in them to be repeated: no call of a model succeeded. nil where one did, and without calls.
    var fruitless: String? {
        let asked = filter(\.asksAModel)
        let decisive = asked.isEmpty ? self : asked
        guard !decisive.contains(where: \.outcome.isValid), case .invalid(let reason)? = decisive.first?.outcome else {
            return nil
        }
        let failed =
            decisive.count == 1 ? "its one call failed" : "all of its \(decisive.count) calls failed; the first"
        return "\(failed): \(reason.kind.rawValue): \(reason.detail)"
    }
}

extension ExitStatus {
    /// As a shell tells it: 128 and the signal's number of what a signal ended; nil where it is not known.
    var shellStatus: Int32? {
        switch self {
        case .exited(let status): status
        case .signalled(let signal): 128 + signal
        case .unknown: nil
        }
    }
}
