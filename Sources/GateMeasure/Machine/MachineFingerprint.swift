package import GateCore
import Glibc

/// Reads what a session was measured on.
package enum MachineFingerprint {
    package static func read(source: SourceRevision) -> Environment {
        var name = utsname()
        uname(&name)
        let cpus = lines(of: "/proc/cpuinfo")
        return Environment(
            hostname: text(of: name.nodename), operatingSystem: operatingSystem(), kernel: text(of: name.release),
            architecture: text(of: name.machine),
            cpuModel: value(of: "model name", in: cpus) ?? value(of: "Hardware", in: cpus) ?? "unknown",
            cpuCount: max(1, sysconf(Int32(clamping: _SC_NPROCESSORS_ONLN))),
            memoryBytes: Int64(sysconf(Int32(clamping: _SC_PHYS_PAGES)))
                * Int64(sysconf(Int32(clamping: _SC_PAGESIZE))),
            loadAverage: MachineReader.loadAverage(), commit: source.commit, isDirty: source.isDirty, ref: source.ref)
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

    private static func operatingSystem() -> String {
        let release = lines(of: "/etc/os-release")
        guard let line = release.first(where: { $0.hasPrefix("PRETTY_NAME=") }) else { return "unknown" }
        return String(line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" })
    }

    private static func value(of key: String, in lines: [Substring]) -> String? {
        guard let line = lines.first(where: { $0.hasPrefix(key) }), let colon = line.firstIndex(of: ":") else {
            return nil
        }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }

    private static func lines(of path: String) -> [Substring] {
        SystemFile.text(path)?.split(separator: "\n") ?? []
    }

    private static func text<Characters>(of characters: Characters) -> String {
        withUnsafeBytes(of: characters) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
