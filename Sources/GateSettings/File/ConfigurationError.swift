/// One thing that is wrong in the configuration.
package struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
    package let origin: ConfigurationOrigin
    /// The key with all keys above it, `server.timeouts.idle`; empty for the file as a whole.
    package let key: String
    /// What was found, what is allowed.
    package let message: String
    /// Whether a key that nobody knows stands there; what else stands in its mapping was read.
    package var isUnknownKey = false

    package init(origin: ConfigurationOrigin, key: String, message: String, isUnknownKey: Bool = false) {
        self.origin = origin
        self.key = key
        self.message = message
        self.isUnknownKey = isUnknownKey
    }

    /// `chimera-gate.yml:12:3: runs: found '0'; allowed: a whole number from 1 to 10000`
    package var description: String {
        switch origin {
        case .file(let path, let line, let column): "\(path):\(line):\(column): \(keyed)"
        case .wholeFile(let path): "\(path): \(keyed)"
        case .flag(let name): "\(name): \(message)"
        case .environment(let name): "\(name): \(message)"
        case .nowhere: keyed
        }
    }

    private var keyed: String { key.isEmpty ? message : "\(key): \(message)" }
}

/// Why there is no configuration to work with.
package enum ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String, cause: Cause)
    /// Everything that is wrong, in the order of the lines.
    case invalid([ConfigurationProblem])

    /// Why a file cannot be read.
    package enum Cause: Sendable, Equatable {
        case absent
        case permission
        /// Of another kind, too large, or broken.
        case other
    }

    package init(_ problems: [ConfigurationProblem]) {
        self = .invalid(problems.sorted { $0.origin.order < $1.origin.order })
    }

    /// 64 (usage) where only flags are wrong, 77 where a file may not be read, else 78 (configuration).
    package var exitCode: Int32 {
        if case .unreadable(_, _, .permission) = self { return 77 }
        guard case .invalid(let problems) = self else { return 78 }
        let onlyFlags = problems.allSatisfy { if case .flag = $0.origin { true } else { false } }
        return onlyFlags ? 64 : 78
    }

    /// One line for each problem, at most twenty.
    package var description: String {
        switch self {
        case .unreadable(let path, let reason, _): return "\(path): \(reason)"
        case .invalid(let problems):
            var lines = problems.prefix(20).map(\.description)
            if problems.count > 20 { lines.append("... and \(problems.count - 20) more problems") }
            return lines.joined(separator: "\n")
        }
    }
}
