import GateCore
import GateSettings

/// What is wrong with a configuration file: `config check --format json`.
struct ConfigurationFaultsDocument: Encodable {
    /// A fault.
    struct Fault: Encodable {
        /// The key with all keys above it; empty for the file as a whole.
        let key: String
        /// What was found, and what is allowed.
        let message: String
        /// Counted from 1; nil where no line is at fault.
        let line: Int?
        /// Counted from 1.
        let column: Int?
    }

    let schema = "config-faults"
    let version = 1
    /// The configuration file.
    let file: String
    /// In the order of the lines; empty for a file without any.
    let faults: [Fault]
    /// What has no effect.
    let warnings: [Warning]

    init(_ found: ConfigurationFaults, file: String) {
        self.file = file
        faults = found.problems.map { problem in
            var place: (line: Int, column: Int)?
            if case .file(_, let line, let column) = problem.origin { place = (line, column) }
            return Fault(key: problem.key, message: problem.message, line: place?.line, column: place?.column)
        }
        warnings = found.warnings
    }
}
