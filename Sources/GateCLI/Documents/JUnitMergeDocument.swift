import GateCore
import GateReports
import GateVerdict

/// What became of JUnit files that were merged: `merge --format json` of them; of shards it prints a verdict.
struct JUnitMergeDocument: Encodable {
    let schema = "junit-merge"
    let version = 1
    /// As the call named them.
    let files: [String]
    /// The file that was written.
    let output: String
    /// Suites in it.
    let suites: Int
    /// Cases in it.
    let cases: Int
    let overall: OverallVerdict
    /// The status that the call ends with.
    let exitCode: Int

    init(_ merged: JUnitMerge, of files: [String], in output: String) {
        self.files = files
        self.output = output
        suites = merged.suites
        cases = merged.cases
        overall = merged.overall
        exitCode = merged.exitCode
    }
}
