import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateProcess
import GateProxy
import GateSettings
import Glibc

/// How the calls of a client are taken and passed on: of `proxy` and `record`.
struct PassingOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var settings: SettingOptions<Proxying>
    @Option(
        help: ArgumentHelp(
            "Where to listen: a port of this machine (0 takes a free one), or a unix socket.",
            valueName: "127.0.0.1:port|unix:path"),
        transform: { text in
            guard let address = ProxyAddress(text) else {
                throw ValidationError(
                    "'\(text)' is no address of this machine, like 127.0.0.1:11500 or unix:/tmp/gate.sock")
            }
            return address
        })
    var listen = ProxyAddress.loopback(port: 0)
    @OptionGroup var corpus: CorpusOptions
    @Option(help: ArgumentHelp("Where the session directory is written.", valueName: "dir"))
    var output = SessionDirectory.defaultPath
    @Flag(help: "Asks the server for a stream where a client asks for a whole answer, so that its TTFT is known.")
    var forceStream = false
    @Option(
        help: ArgumentHelp(
            "The header by which a request names its stage; it is not forwarded (default: that of 'proxy.header').",
            valueName: "name"))
    var stageHeader: String?
    @OptionGroup var printing: OutputOptions
    @OptionGroup(title: "Transport") var transport: SettingOptions<Transport>

    /// Listens from now on. Each call that ends is a line on standard error.
    ///
    /// - Parameter words: program and arguments of the command that is to be run behind it; empty for none.
    func begin(_ calls: LiveCalls, for words: [String] = []) throws -> ProxyRun {
        // Which model is asked is the business of whoever asks.
        let any = ["agent.model": "any"]
        let flags = ConfigurationFlags(any.merging(settings.given) { $1 }.merging(transport.given) { $1 })
        let configuration = try file.load().resolved(flags: flags, environment: Variables.all)
        let command = configuration.command ?? CommandConfiguration()
        let run = try ProxyRun(
            configuration: configuration, corpusFolder: corpus.folder,
            options: ProxyListening(
                address: listen, forcesStream: forceStream || command.stream == .force,
                stageHeader: stageHeader ?? command.stageHeader),
            outputPath: output, words: words, told: { calls.ended($0) })
        Attempt.endsBySignal { _ in
            do { try finish(try run.finish(), calls, in: run.directory) } catch {
                Terminal.standardError.error("\(error)")
            }
        }
        return run
    }

    /// For an agent that is started elsewhere: says where it is to send its calls, and waits for the signal that ends it.
    func serve() throws -> Never {
        let calls = LiveCalls(besideCommand: false)
        let run = try begin(calls)
        let variables = run.address.url.map(ClientVariables.all) ?? []
        let output = Terminal.standardOutput
        switch printing.format {
        case .text:
            output.line("listening on \(run.address.url ?? run.address.description), forwarding to \(run.serverURL)")
            if !variables.isEmpty { output.line("An agent sends its calls here by the variable of its API:") }
            for (name, value) in variables { output.line("\(name)=\(value)") }
        case .json: try output.deliver(line: ListeningDocument(run, variables))
        }
        let directory = run.directory.path
        let end = "Ctrl-C or SIGTERM ends it and writes the session to '\(directory)'"
        Terminal.standardError.note("\(end), which 'chimera-gate replay \(directory)' repeats")
        let waiting = PassingOptions.waiting(for: run, variables, end)
        calls.follow(run) { made, seconds in
            made == 0
                ? "waiting for requests for \(DisplayFormat.seconds(seconds, decimals: 0))\(waiting)"
                : "\(DisplayFormat.count(made, "call")) so far, none under way"
        }
        // The answer to the signal ends the program.
        while true { pause() }
    }

    /// What to do, for a log in which the first lines are long gone; a terminal shows them still.
    private static func waiting(
        for run: ProxyRun, _ variables: [(name: String, value: String)], _ end: String
    ) -> String {
        let address = " on \(run.address.url ?? run.address.description)"
        guard !Terminal.standardError.canRedraw else { return address }
        let setting = variables.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
        return "\(address)\(setting.isEmpty ? "" : ": set \(setting) for the agent"); \(end)"
    }

    /// Says what came of it when all has ended.
    ///
    /// - Parameter end: of the command, where one was run.
    func finish(
        _ result: (calls: [ProxiedCall], session: Session?), _ calls: LiveCalls, in directory: SessionDirectory,
        after end: ExitStatus? = nil
    ) throws {
        let made = PassedCallsDocument(result, in: directory, after: end)
        calls.finish(made)
        if printing.format == .json { try Terminal.standardOutput.deliver(line: made) }
    }
}

/// What a proxy forwards to and how it is reached.
enum Proxying: SettingGroup {
    private static let keys = ["server.url", "server.api"]
    static let flags = ParserFlag.all { keys.contains($0.key) }
}
