/// Where a configured value stands.
package enum ConfigurationOrigin: Sendable, Equatable {
    /// Line and column count from 1, the column in Unicode scalars.
    case file(path: String, line: Int, column: Int)
    case wholeFile(path: String)
    case flag(String)
    case environment(String)
    /// Neither a file nor a flag says it.
    case nowhere

    /// The order in which problems are told: by line, then what the whole file lacks, then flags and environment.
    var order: (Int, Int, Int) {
        switch self {
        case .file(_, let line, let column): (0, line, column)
        case .wholeFile: (1, 0, 0)
        case .nowhere: (2, 0, 0)
        case .flag: (3, 0, 0)
        case .environment: (4, 0, 0)
        }
    }
}

/// A value and where it was configured.
package struct Located<Value: Sendable & Equatable>: Sendable, Equatable {
    package let value: Value
    package let origin: ConfigurationOrigin
}
