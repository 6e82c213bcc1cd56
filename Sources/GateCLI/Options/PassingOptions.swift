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
    func begin(_ calls: LiveCalls) throws -> ProxyRun {
        // Which model is asked is the business of whoever asks.
        let any = ["agent.model": "any"]
        let flags = ConfigurationFlags(any.merging(settings.given) { $1 }.merging(transport.given) { $1 })
        let configuration = try file.load().resolved(flags: flags, environment: Variables.all)
        let command = configuration.command ?? CommandConfiguration()
        let run = try ProxyRun(
            configuration: configuration,
            options: ProxyListening(
                address: listen, forcesStream: forceStream || command.stream == .force,
                stageHeader: stageHeader ?? command.stageHeader),
            outputPath: output, told: { calls.ended($0) })
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
            for (name, value) in variables { output.line("\(name)=\(value)") }
        case .json: try output.deliver(line: ListeningDocument(run, variables))
        }
        Terminal.standardError.note("Ctrl-C ends it")
        calls.show(of: run)
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
