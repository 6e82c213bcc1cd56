import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateReports
import GateSettings
import GateStream
import GateVerdict

struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Puts a model server under load: many requests, by concurrency or by rate. Nothing is judged.",
        discussion: """
            Closed loop (--concurrency): a request starts when another one ends. Open loop (--rate): requests arrive \
            whatever the server makes of them. Goodput counts the requests that keep every --limit of single requests \
            (\(LoadLimit.ofRequest.map(\.rawValue).joined(separator: ", "))); a --ramp step keeps its limits when \
            99 % of its requests do, and the limits of the whole window (as ttft.p99=1s) hold. Writes a session \
            directory that 'check --session' judges and 'baseline approve' approves. No configuration file is needed; \
            one that is there is read.

            Example:
              chimera-gate load --url http://127.0.0.1:8080 --api openai --model smollm2 --prompt-file prompt.txt \
            --concurrency 16 --requests 256
              chimera-gate load --prompt-file a.txt --prompt-file b.txt --rate 4 --arrivals poisson --duration 60s \
            --limit ttft=500ms --limit e2e=10s
              chimera-gate load --prompt-file prompt.txt --ramp 64 --limit itl.p99=50ms --exchanges exchanges.jsonl
            """)

    @OptionGroup var file: ConfigurationFileOption
    @OptionGroup var settings: SettingOptions<Loading>
    @Option(
        name: .customLong("prompt-file"),
        help: ArgumentHelp("A file with a prompt; may be repeated, then they are used in turn.", valueName: "file"))
    var promptFiles: [String] = []
    @OptionGroup(title: "Load") var arrivals: ArrivalOptions
    @Option(help: ArgumentHelp("Where one JSON line per request is written.", valueName: "file"))
    var exchanges: String?
    @Option(help: "How many windows are measured (default: 1).")
    var runs: Int?
    @Option(help: "Windows before them that are kept but not judged (default: 0).")
    var warmupRuns: Int?
    @Option(help: ArgumentHelp("Where the session directory is written.", valueName: "dir"))
    var output = SessionDirectory.defaultPath
    @Flag(help: "Goes on with the interrupted session in --output, where everything is as it was.")
    var resume = false
    @OptionGroup var printing: OutputOptions
    @OptionGroup(title: "Transport") var transport: SettingOptions<Transport>

    func run() throws {
        try Attempt.measuring(
            into: output, workload: .load, name: settings.given["name"], machineClass: settings.given["machine_class"]
        ) {
            try measure()
        }
    }

    private func measure() throws {
        let load = try arrivals.load()
        guard !promptFiles.isEmpty else {
            throw CommandFailure(.usage, "no prompt is given; name a file with one: --prompt-file prompt.txt")
        }
        let (session, directory) = try LoadRun(
            configuration: try configuration(load), prompts: try PromptFiles(paths: promptFiles),
            exchangesPath: exchanges, outputPath: output,
            isServerNamed: try file.load().isServerNamed || flags.namesServer, progress: .onStandardError,
            resumes: resume
        ).perform()
        try present(session, directory.path)
        guard session.hasValidCall else {
            let failure = JudgementFailure.nothingMeasured(in: session)
            throw CommandFailure(failure.exit, failure.message)
        }
    }

    private func present(_ session: Session, _ directory: String) throws {
        guard printing.format == .text else {
            return try SessionOverview(session: session, directory: directory).deliver(as: printing.format)
        }
        let terminal = Terminal.standardOutput
        if Verbosity.current != .quiet {
            terminal.write(LoadTable(width: terminal.isTerminal ? terminal.width : nil).render(session))
        }
        terminal.line("session \(session.id) in \(directory)")
        for warning in session.warnings { Terminal.standardError.warning("\(warning.message). \(warning.remedy)") }
    }

    private var flags: ConfigurationFlags {
        // The file's runs, warm-up and cold starts are those of the other workloads.
        let windows = [
            "workload": WorkloadKind.load.rawValue, "runs": "\(runs ?? 1)", "warmup_runs": "\(warmupRuns ?? 0)",
            "cold_starts": "0",
        ]
        return ConfigurationFlags(windows.merging(settings.given) { $1 }.merging(transport.given) { $1 })
    }

    private func configuration(_ load: LoadConfiguration) throws -> Configuration {
        var configuration = try file.load().resolved(flags: flags, environment: Variables.all)
        configuration.load = load
        return configuration
    }
}
