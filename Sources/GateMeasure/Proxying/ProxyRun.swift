import GateClock
package import GateCore
import GateCorpus
package import GateFiles
import GateJSON
import GateLoad
package import GateProcess
package import GateProxy
import GateStream
import Synchronization

/// A measuring proxy that runs until it is ended, with every call that passes written down as it ends.
package final class ProxyRun: Sendable {
    /// Where it listens.
    package let address: ProxyAddress
    package let directory: SessionDirectory
    private let configuration: Configuration
    private let command: CommandConfiguration
    private let hasToken: Bool
    private let data: ProxySession.ReadData
    private let proxy: MeasuringProxy
    private let log: ExchangeLog
    private let startedAt = WallClock.time

    /// Reads the corpus, listens and makes the folder, in this order: a session that lies there is kept by its other name
    /// until there is a new one, and stays as it is where the proxy cannot begin.
    ///
    /// - Parameters:
    ///   - words: program and arguments of the command that is to be performed; empty for none.
    ///   - corpusFolder: that holds the corpus roots. None need be there where none is configured.
    ///   - told: of each call that has ended, on a thread of the proxy.
    package init(
        configuration: Configuration, corpusFolder: String, options: ProxyListening, outputPath: String,
        words: [String] = [], told: @escaping @Sendable (ProxiedCall) -> Void
    ) throws {
        OpenFiles.allowAll()
        command = configuration.command ?? CommandConfiguration()
        self.configuration = ProxySession.configuration(configuration, options)
        data = ProxySession.ReadData(try WorkloadCorpus.read(corpusFolder, for: self.configuration))
        let token = try BearerToken.read(for: configuration.server)
        hasToken = token != nil
        if !words.isEmpty {
            let environment = CommandEnvironment(address: "", command: command, hasToken: hasToken)
            try ChildProcess.find(words, environment: environment.values)
        }
        // The log is there before the first call is answered.
        let begun = Mutex<ExchangeLog?>(nil)
        proxy = try MeasuringProxy(
            ProxyOptions(
                server: configuration.server, token: token, listen: options.address,
                forcesStream: options.forcesStream, keepsText: true, keepsAnswers: true,
                stageHeader: options.stageHeader,
                told: { call in
                    begun.withLock { $0 }?.append(call.record, id: "proxy/\(call.number + 1)", members: call.members)
                    told(call)
                }), waits: true)
        address = proxy.address
        // What cannot be written must be known before anything passes.
        directory = try SessionDirectory.beginCall(at: outputPath)
        let log = try ExchangeLog(path: directory.path(of: SessionDirectory.exchangesName))
        self.log = log
        begun.withLock { $0 = log }
        try proxy.begin()
    }

    /// Where the calls are passed on to.
    package var serverURL: String { configuration.server.url }
    /// The calls that have begun and are not over, in the order in which they began.
    package var callsUnderWay: [CallUnderWay] { proxy.callsUnderWay }

    /// Runs a command to its end. It is given the proxy's address; what it leaves running is ended.
    ///
    /// - Parameters:
    ///   - words: program and arguments.
    ///   - output: where what it writes goes.
    package func perform(_ words: [String], output: ChildProcess.Output) throws(ProcessError) -> ExitStatus {
        let environment = CommandEnvironment(address: url, command: command, hasToken: hasToken)
        let child = try ChildProcess.spawn(
            command: words, environment: environment.values, output: output, endsStrays: true)
        let status = child.waitUntilEnd(graceSeconds: 2)
        proxy.settle()
        return status
    }

    /// What is said of a command that made no call.
    package var ignored: String { CommandEnvironment.isIgnored(url, by: command) }

    private var url: String { address.url ?? address.description }

    /// Cancels what still runs, and returns when everything is written.
    ///
    /// - Returns: all calls in the order in which they began, and the session that was written; nil where none of them
    ///   asked a model.
    @discardableResult
    package func finish() throws -> (calls: [ProxiedCall], session: Session?) {
        proxy.stop()
        try log.finish()
        let calls = proxy.takeCalls()
        let session = ProxySession(configuration: configuration, data: data, startedAt: startedAt, calls: calls)
        let passed = calls.compactMap(\.passed)
        if session != nil || !passed.isEmpty { try directory.removeOldSession() }
        if !passed.isEmpty { try directory.write(passed, run: 1) }
        return (calls, try session?.write(to: directory))
    }
}

/// How a proxy of its own listens and forwards.
package struct ProxyListening: Sendable {
    package var address: ProxyAddress
    package var forcesStream: Bool
    /// The header that names the stage of a request.
    package var stageHeader: String

    package init(address: ProxyAddress, forcesStream: Bool, stageHeader: String) {
        self.address = address
        self.forcesStream = forcesStream
        self.stageHeader = stageHeader
    }
}

extension ProxiedCall {
    /// What the line of a call says besides its stamps: members of JSON without braces.
    fileprivate var members: String {
        let options = request.options.sorted { $0.key < $1.key }.map {
            (key: $0.key, value: (try? JSONValue.parse($0.value)) ?? .string($0.value))
        }
        let members: JSONValue = [
            "method": .string(method), "path": .string(path), "route": .string(route.rawValue),
            "stage": stage.map(JSONValue.string) ?? .null, "model": request.model.map(JSONValue.string) ?? .null,
            "prompt_sha256": .string(request.prompt.sha256), "prompt_bytes": JSONValue(request.prompt.bytes),
            "options": .object(options), "streamed": .bool(isStreamed), "forced_stream": .bool(wasForced),
            "received_monotonic_ns": JSONValue(Int(beganNs)), "passed_on_monotonic_ns": JSONValue(Int(endedNs)),
        ]
        return String(members.text.dropFirst().dropLast())
    }
}
