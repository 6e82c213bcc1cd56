import ArgumentParser
import GateCore
import GateFiles
import GateImport
import GateMeasure
import GateSettings
import GateVerdict

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Makes a session of what another tool measured, for 'check --session' and 'baseline approve'.",
        discussion: """
            Reads what hyperfine, pytest-benchmark, Google Benchmark, k6, guidellm, aiperf and vLLM's bench serve write as \
            JSON, by their own units. Of any other CSV, JSON or JSON Lines --metric says which column is which metric, in \
            which unit, and which way is better; nothing is guessed. Each row, and each single measurement of a tool, is \
            one run; several files follow each other. Nothing is judged, and an older session in --output is replaced.

            Example:
              chimera-gate import hyperfine.json --name cli
              chimera-gate import results.csv --metric time=elapsed_ms:ms:lower --metric rate=speed:tok/s:higher --case model
              chimera-gate import bench.json && chimera-gate check --session .chimera-gate
            """)

    @Argument(help: ArgumentHelp("A file that another tool wrote; may be repeated.", valueName: "file"))
    var files: [String]
    @Option(
        help: ArgumentHelp(
            "A metric of plain CSV or JSON, as time=elapsed:ms:lower; lower, higher or neutral says which way is better;"
                + " may be repeated.", valueName: "name=column:unit:direction"))
    var metric: [String] = []
    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("The column that says what a row of plain CSV or JSON measures.", valueName: "column"))
    var subjectColumn: String?
    @Option(help: "The name under which baselines are kept (default: the tool's).")
    var name: String?
    @Option(help: "The name that alike machines share (default: from system, CPUs and their model).")
    var machineClass: String?
    @OptionGroup var file: ConfigurationFileOption
    @Option(help: ArgumentHelp("Where the session directory is written.", valueName: "dir"))
    var output = SessionDirectory.defaultPath
    @OptionGroup var printing: OutputOptions

    /// Bytes; a benchmark with a million single measurements has 20 MB.
    private static let largest = 256 << 20

    func validate() throws {
        for (flag, name) in [("--name", name), ("--machine-class", machineClass)] {
            guard let name, !SafeName.isValid(name) else { continue }
            throw ValidationError("\(flag) '\(name)' may only have \(SafeName.rule)")
        }
        if subjectColumn != nil, metric.isEmpty {
            throw ValidationError("--case is for plain CSV and JSON: say by --metric what its columns are")
        }
    }

    func run() throws {
        let imported = try read()
        let name = name ?? imported.name
        let draft = try file.load().named(name)
        let session = try Attempt.measuring(
            into: output, workload: .imported, name: name, machineClass: machineClass
        ) {
            try ImportedSession(
                runs: imported.runs, tool: imported.tool, model: imported.model, name: name,
                machineClass: machineClass ?? draft.located("machine_class", as: String.self)?.value,
                policy: try draft.policy(flags: ConfigurationFlags(), fallback: Policy()), warnings: imported.warnings
            ).write(to: output).session
        }
        try SessionOverview(session: session, directory: output).deliver(as: printing.format)
    }

    /// What is wrong with a file ends the call before an older session is replaced.
    private func read() throws -> ImportedRuns {
        let options = ImportOptions(
            columns: try metric.map { try ColumnDeclaration($0) }.checked(), subjectColumn: subjectColumn)
        return try ImportedRuns(
            try files.map { try ToolResults(RegularFile.read($0, limit: ImportCommand.largest), file: $0, options) })
    }
}
