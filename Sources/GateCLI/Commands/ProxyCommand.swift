import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateProxy
import GateSettings
import Glibc

struct ProxyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Stands between an agent and its model server and measures every call.",
        discussion: """
            Forwards each request as it is and hands the answer on as it arrives: Ollama's API, OpenAI's chats, completions \
            and responses, and Anthropic's messages; whatever else passes is timed as a whole. Prints the variables that \
            send an agent's calls through it, then a line for each call. Every stamp of every call goes to \
            \(SessionDirectory.exchangesName) in the session directory. Ends with Ctrl-C, and writes the session then, \
            which 'check --session' judges and 'replay' repeats.

            Example:
              chimera-gate proxy --url http://127.0.0.1:11434 --listen 127.0.0.1:11500
              OLLAMA_HOST=http://127.0.0.1:11500 python3 agent.py
            """)

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
        help: ArgumentHelp("The header by which a request names its stage; it is not forwarded.", valueName: "name"))
    var stageHeader = "x-chimera-stage"
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup(title: "Transport") var transport: SettingOptions<Transport>

    func run() throws {
        // Which model is asked is the business of whoever asks.
        let any = ["agent.model": "any"]
        let flags = ConfigurationFlags(any.merging(settings.given) { $1 }.merging(transport.given) { $1 })
        let configuration = try file.load().resolved(flags: flags, environment: Variables.all)
        let run = try ProxyRun(
            configuration: configuration,
            options: ProxyListening(address: listen, forcesStream: forceStream, stageHeader: stageHeader),
            outputPath: output,
            told: { call in
                if Verbosity.current != .quiet { Terminal.standardError.lastLine(ProxiedCallLine(call: call).text) }
            })
        Attempt.endsBySignal { _ in ProxyCommand.finish(run) }
        printAddress(run.address, of: configuration.server)
        while true { pause() }
    }

    private func printAddress(_ address: ProxyAddress, of server: ServerConfiguration) {
        let output = Terminal.standardOutput
        output.line("listening on \(address.url ?? address.description), forwarding to \(server.url)")
        if let url = address.url {
            for (name, value) in ClientVariables.all(url: url) { output.line("\(name)=\(value)") }
        }
        Terminal.standardError.note("Ctrl-C ends it")
    }

    private static func finish(_ run: ProxyRun) {
        do {
            let (calls, session) = try run.finish()
            let failed = calls.count { !$0.outcome.isValid }
            Terminal.standardError.note(
                "\(DisplayFormat.count(calls.count, "call")), \(failed) of them invalid, in"
                    + " \(run.directory.path(of: SessionDirectory.exchangesName))"
                    + (session.map { "; session \($0.id) in \(run.directory.path)" } ?? ""))
        } catch {
            Terminal.standardError.error("\(error)")
        }
    }
}

/// What a proxy forwards to and how it is reached.
enum Proxying: SettingGroup {
    private static let keys = ["server.url", "server.api"]
    static let flags = ParserFlag.all { keys.contains($0.key) }
}
