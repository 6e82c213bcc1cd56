import GateCore
import GateSettings

/// `config check --format json`.
struct ConfigurationFaultsDocument: Encodable {
    struct Fault: Encodable {
        /// Empty for the file as a whole.
        let key: String
        let message: String
        /// Counted from 1; nil where no line is at fault.
        let line: Int?
        let column: Int?
    }

    let schema = "config-faults"
    let version = 1
    let file: String
    let faults: [Fault]
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
