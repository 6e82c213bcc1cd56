import ArgumentParser
import GateClock
import GateCore
import GateFiles
import GateJSON
import GateMeasure
import GateProcess
import GateReports
import GateSettings
import GateVerdict

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration, and shows what it comes to.",
        discussion: """
            Example:
              chimera-gate config check
              chimera-gate config print --runs 3 --format json
            """,
        subcommands: [Check.self, Print.self])

    func run() throws { throw ValidationError("name a command, as in 'chimera-gate config check'") }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Names everything that is wrong with the configuration file, at once.",
            discussion: """
                A line for each fault: file, line, column, key, what was found and what is allowed. No server is asked.

                Exit status: 0 no faults; 77 the file may not be read; 78 faults, or no file.
                """)

        @OptionGroup var file: ConfigurationFileOption
        @Option(help: "The model that the calls name, where the file leaves it to them.")
        var model: String?
        @OptionGroup var printing: OutputOptions

        func run() throws {
            let path = file.path ?? ConfigurationFile.defaultName
            let faults = ConfigurationFaults(
                of: try bytes(of: path), path: path, flags: ConfigurationFlags(["agent.model": model]),
                environment: Variables.all, day: WallClock.time.date)
            for warning in faults.warnings + missingPrograms() {
                Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
            }
            if printing.format == .json {
                try Terminal.standardOutput.deliver(document: ConfigurationFaultsDocument(faults, file: path))
                if !faults.problems.isEmpty { throw ExitCode(GateExit.configuration.rawValue) }
                return
            }
            guard faults.problems.isEmpty else {
                try Terminal.standardOutput.deliver(lines: faults.problems.map { "\($0)\n" }.joined())
                throw ExitCode(GateExit.configuration.rawValue)
            }
            try Terminal.standardOutput.deliver(lines: "\(path): no faults\n")
        }

        /// A file may be written for another machine, so that it is no fault.
        private func missingPrograms() -> [Warning] {
            let flags = ConfigurationFlags(["agent.model": model])
            guard let configuration = try? file.load().resolved(flags: flags, environment: Variables.all) else {
                return []
            }
            let command = configuration.command
            let programs: [(key: String, words: [String], folder: String?)] = [
                ("command.run", configuration.workload == .command ? command?.run ?? [] : [], command?.directory),
                ("server.start", configuration.server.start ?? [], nil),
            ]
            return programs.compactMap { key, words, folder in
                guard !words.isEmpty else { return nil }
                let path = folder.map { $0.hasPrefix("/") ? $0 : "\(WorkingFolder.path)/\($0)" }
                do throws(ProcessError) {
                    try ChildProcess.find(words, directory: path)
                    return nil
                } catch {
                    return Warning("\(key): \(error)", remedy: "Here it could not be started.")
                }
            }
        }

        private func bytes(of path: String) throws -> [UInt8] {
            do throws(ConfigurationError) {
                return try ConfigurationFile.bytes(of: path)
            } catch {
                var failure = CommandFailure(error)
                if file.path == nil, case .unreadable(_, _, .absent) = error {
                    failure = CommandFailure(
                        failure.code, "\(error)", remedy: "Write one for what is here: chimera-gate init")
                }
                throw failure
            }
        }
    }

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "print",
            abstract: "Prints the configuration that a call works with: each value and where it comes from.",
            discussion: """
                A value is said by a flag, else by the file, else by the environment (OLLAMA_HOST), else it is the \
                default. Keys that nobody sets and that have no default are left out. No server is asked. Of a token only \
                its file or variable is named.

                Exit status: 0 printed; 78 the configuration has faults.
                """)

        @OptionGroup var file: ConfigurationFileOption
        @Option(help: "text: a line for each key; json: a document of key, value and source.")
        var format = OutputFormat.text
        @OptionGroup var settings: SettingOptions<Measuring>
        @Option(
            help: ArgumentHelp(
                "A tolerance, as ttft=25% or report/throughput=5tok/s; may be repeated.",
                valueName: "metric=tolerance"))
        var tolerance: [String] = []
        @OptionGroup(title: "Transport") var transport: SettingOptions<Transport>

        func run() throws {
            let draft = try file.load()
            let names = settings.repeated["name"] ?? [settings.given["name"]].compactMap(\.self)
            let plan = try WorkloadPlan(head: draft, base: nil, names: names)
            var flags = ConfigurationFlags(settings.given.merging(transport.given) { $1 }, tolerances: tolerance)
            // Which workload it is says the file.
            if plan != nil { flags.values["name"] = nil }
            let listings = try plan?.members.map { member in
                SettingsListing(
                    workload: member.name,
                    settings: try EffectiveSettings(
                        draft.named(member.name), flags: flags, environment: Variables.all))
            }
            let all =
                try listings ?? [
                    SettingsListing(
                        settings: try EffectiveSettings(
                            draft.named(names.first), flags: flags, environment: Variables.all))
                ]
            switch format {
            case .text: try Terminal.standardOutput.deliver(lines: all.map(\.text).joined(separator: "\n"))
            case .json: try Terminal.standardOutput.deliver(SettingsListing.json(all))
            }
        }
    }
}

/// How `config print` writes the configuration.
struct SettingsListing {
    /// Of several workloads, which; nil where there is one.
    var workload: String?
    let settings: EffectiveSettings

    /// Key, value and source in columns; what goes over several lines is written as JSON has it.
    var text: String { (workload.map { "workload \($0)\n" } ?? "") + lines }

    private var lines: String {
        let rows = settings.entries.map { entry in
            let plain = entry.value.plainText
            return (key: entry.key, value: plain.contains(where: \.isNewline) ? entry.value.text : plain, entry.origin)
        }
        let keyWidth = rows.map(\.key.count).max() ?? 0
        // A long value, as a persona, must not move all sources out of sight.
        let valueWidth = min(rows.map(\.value.count).max() ?? 0, 40)
        return rows.map { key, value, origin in
            "\(ConsoleText.cell(key, keyWidth))  \(ConsoleText.cell(value, valueWidth))  \(Self.words(origin))\n"
        }.joined()
    }

    /// An entry a line; of several workloads each says of which it is.
    static func json(_ listings: [SettingsListing]) -> String {
        let entries = listings.flatMap { listing in
            listing.settings.entries.map { entry in
                let workload = listing.workload.map { [(key: "workload", value: JSONValue($0))] } ?? []
                return JSONValue.object(
                    workload + [
                        (key: "key", value: JSONValue(entry.key)), (key: "value", value: entry.value),
                        (key: "source", value: source(entry.origin)),
                    ]
                ).text
            }
        }
        let head = #"{"schema":"config-print","version":1,"entries":["#
        return VisibleJSON.escaped("\(head)\n\(entries.joined(separator: ",\n"))\n]}\n")
    }

    private static func words(_ origin: ConfigurationOrigin) -> String {
        switch origin {
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        case .wholeFile(let path): path
        case .flag(let name), .environment(let name): name
        case .nowhere: "default"
        }
    }

    private static func source(_ origin: ConfigurationOrigin) -> JSONValue {
        switch origin {
        case .file(let path, let line, let column):
            ["kind": "file", "path": JSONValue(path), "line": JSONValue(line), "column": JSONValue(column)]
        case .wholeFile(let path): ["kind": "file", "path": JSONValue(path)]
        case .flag(let name): ["kind": "flag", "name": JSONValue(name)]
        case .environment(let name): ["kind": "environment", "name": JSONValue(name)]
        case .nowhere: ["kind": "default"]
        }
    }
}
