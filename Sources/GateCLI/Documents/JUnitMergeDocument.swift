import GateCore
import GateReports
import GateVerdict

/// `merge --format json` of JUnit files; that of shards prints a verdict.
struct JUnitMergeDocument: Encodable {
    let schema = "junit-merge"
    let version = 1
    /// As the call named them.
    let files: [String]
    /// What was written.
    let output: String
    let suites: Int
    let cases: Int
    let overall: OverallVerdict
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
