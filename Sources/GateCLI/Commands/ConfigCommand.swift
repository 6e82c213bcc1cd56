import ArgumentParser
import GateCore

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration file.",
        discussion: """
            Example:
              chimera-gate config check
              chimera-gate config check --config ci/gate.yml
            """,
        subcommands: [Check.self])

    func run() throws { throw ValidationError("name a command, as in 'chimera-gate config check'") }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Names everything that is wrong with the configuration file, at once.",
            discussion: """
                A line for each fault: file, line, column, key, what was found and what is allowed. No server is asked.

                Exit status: 0 no faults; 78 faults, or no file.
                """)

        @OptionGroup var file: ConfigurationFileOption
        @Option(help: "The model that the calls name, where the file leaves it to them.")
        var model: String?

        func run() throws {
            let path = file.path ?? ConfigurationFile.defaultName
            let faults = ConfigurationFaults(
                of: try bytes(of: path), path: path, flags: ConfigurationFlags(model: model),
                environment: Variables.all, day: now().date)
            for warning in faults.warnings {
                Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
            }
            guard faults.problems.isEmpty else {
                try Terminal.standardOutput.deliver(lines: faults.problems.map { "\($0)\n" }.joined())
                throw ExitCode(GateExit.configuration.rawValue)
            }
            try Terminal.standardOutput.deliver(lines: "\(path): no faults\n")
        }

        private func bytes(of path: String) throws -> [UInt8] {
            do throws(ConfigurationError) {
                return try ConfigurationFile.bytes(of: path)
            } catch {
                throw CommandFailure(
                    .configuration, "\(error)",
                    remedy: file.path == nil ? "Write one for what is here: chimera-gate init" : nil)
            }
        }
    }
}
