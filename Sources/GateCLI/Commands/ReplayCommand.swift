import ArgumentParser
import GateCore
import GateFiles
import GateReplay
import GateVerdict
import Glibc

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Serves a session's recorded answers with their recorded timing.",
        discussion: """
            Speaks Ollama's and OpenAI's API, so that demonstrations and tests need no model. A request gets the \
            recorded answer whose prompt is most like its own; what was recorded by 'chimera-gate record' or 'proxy' is \
            answered to the very request alone, and another is told how it differs from the nearest. Ends with Ctrl-C.

            Example:
              chimera-gate replay .chimera-gate --port 18111
              chimera-gate replay .chimera-gate --throughput-factor 0.7   # 30 % slower
              chimera-gate replay .chimera-gate --ttft-factor 2           # TTFT doubled
              chimera-gate replay .chimera-gate --fault-at 3=cut:20       # cuts call 3

            Faults: \(ReplayFault.forms.joined(separator: ", ")). N counts tokens, unless the name says otherwise.
            """)

    @Argument(
        help: ArgumentHelp("A session directory, or a file of recorded exchanges (.jsonl).", valueName: "recording"))
    var recording = SessionDirectory.defaultPath
    @Option(help: "Where to listen.")
    var host = "127.0.0.1"
    @Option(help: "The port, at most 65535; 0 takes a free one.")
    var port: UInt16 = 0
    @Option(help: "Throughput as a multiple of the recording's; 0.7 is 30 % slower.")
    var throughputFactor = 1.0
    @Option(help: "TTFT as a multiple of the recording's.")
    var ttftFactor = 1.0
    @Option(help: "Everything this many times as fast as recorded.")
    var speed = 1.0
    @Option(help: "Seconds that the first call spends loading the model (Ollama's load_duration).")
    var loadSeconds: Double?
    @Option(
        help: ArgumentHelp("What goes wrong with every call, as in cut:20; may be repeated.", valueName: "fault"),
        transform: { try ReplayFault($0) })
    var fault: [ReplayFault] = []
    @Option(
        help: ArgumentHelp(
            "What goes wrong with one call, counted from 1, as in 3=cut:20; may be repeated.", valueName: "call=fault"),
        transform: { try FaultOfCall($0) })
    var faultAt: [FaultOfCall] = []
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        for (name, value) in [("throughput-factor", throughputFactor), ("ttft-factor", ttftFactor), ("speed", speed)]
        where !(value > 0 && value <= 1e6) {
            throw ValidationError("--\(name) must be greater than 0 and at most 1000000")
        }
        if let loadSeconds, !(loadSeconds >= 0 && loadSeconds <= 3600) {
            throw ValidationError("--load-seconds must be between 0 and 3600")
        }
    }

    func run() throws {
        let (recordings, passed, session) = try readRecordings()
        let server = try ReplayServer(
            recordings: recordings, passed: passed,
            options: ReplayOptions(
                throughputFactor: throughputFactor, ttftFactor: ttftFactor, speed: speed, loadSeconds: loadSeconds,
                faults: fault,
                faultsOfRequest: Dictionary(grouping: faultAt, by: \.call).mapValues { $0.map(\.fault) },
                recordedServer: session?.origin.server, recordedModel: session?.model))
        try server.start(host: host, port: Int(port))
        let url = server.url ?? host
        switch printing.format {
        case .text: Terminal.standardOutput.line("listening on \(url)")
        case .json:
            let count = passed.isEmpty ? recordings.count : passed.count
            try Terminal.standardOutput.deliver(line: ListeningDocument(replayAt: url, recordedCalls: count))
        }
        Terminal.standardError.note(
            passed.isEmpty
                ? "serving \(recordings.count) recorded answers; Ctrl-C ends it"
                : "serving \(passed.count) recorded calls, each to its own request; Ctrl-C ends it")
        // The server stops when nobody refers to it any more.
        withExtendedLifetime(server) {
            while true { pause() }
        }
    }

    /// A file of exchanges alone does not say who answered.
    private func readRecordings() throws -> ([ExchangeRecording], [PassedExchange], Session?) {
        if recording.hasSuffix(".jsonl") { return (try SessionDirectory.recordings(inFile: recording), [], nil) }
        let directory = try SessionDirectory.open(at: recording)
        let passed = try directory.passedExchanges()
        if !passed.isEmpty, !fault.isEmpty || !faultAt.isEmpty {
            throw CommandFailure(
                .usage, "faults are made of recorded prompts; this recording is one of calls as they passed a proxy")
        }
        return (try directory.recordings(), passed, try? directory.session())
    }
}
