package import GateCore
import GateProcess
import Glibc

/// Reads what a session was measured on.
package enum MachineFingerprint {
    /// Where pipelines name the machine that a job runs on.
    private static let runnerVariables = [
        "RUNNER_NAME", "CI_RUNNER_DESCRIPTION", "NODE_NAME", "BUILDKITE_AGENT_NAME", "AGENT_NAME",
    ]

    /// - Parameters:
    ///   - files: where the machine is described.
    ///   - variables: of the environment.
    package static func read(
        source: SourceRevision, files: MachineFiles = MachineFiles(),
        variables: [String: String] = InheritedEnvironment.with([:])
    ) -> Environment {
        var name = utsname()
        uname(&name)
        return Environment(
            hostname: text(of: name.nodename), operatingSystem: operatingSystem(files), kernel: text(of: name.release),
            architecture: text(of: name.machine), cpuModel: files.cpuModel ?? "unknown",
            cpuCount: files.cpuCount ?? max(1, sysconf(Int32(clamping: _SC_NPROCESSORS_ONLN))),
            memoryBytes: files.memoryBytes
                ?? Int64(sysconf(Int32(clamping: _SC_PHYS_PAGES))) * Int64(sysconf(Int32(clamping: _SC_PAGESIZE))),
            loadAverage: MachineReader.loadAverage(), commit: source.commit, isDirty: source.isDirty, ref: source.ref,
            gpus: files.gpus, limits: files.limits, virtualization: files.virtualization,
            runner: runnerVariables.lazy.compactMap { variables[$0] }.first { !$0.isEmpty },
            pipeline: PipelineVariables(variables).job)
    }

    /// The machine class of a machine that was given none: system, architecture, CPUs and their model, in the charset of
    /// file names.
    package static func machineClass(of environment: Environment) -> String {
        let parts = ["linux", environment.architecture, "\(environment.cpuCount)cpu", environment.cpuModel]
        let words = parts.joined(separator: "-").lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        let name = String(words).split(separator: "-").joined(separator: "-")
        return String(name.prefix(80))
    }

    private static func operatingSystem(_ files: MachineFiles) -> String {
        guard let line = files.lines("/etc/os-release").first(where: { $0.hasPrefix("PRETTY_NAME=") }) else {
            return "unknown"
        }
        return String(line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" })
    }

    private static func text<Characters>(of characters: Characters) -> String {
        withUnsafeBytes(of: characters) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
