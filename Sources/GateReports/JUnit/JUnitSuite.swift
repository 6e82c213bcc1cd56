import GateCore

/// One test suite: a workload on a machine class. Ids are clean, every other text is as it came.
struct JUnitSuite {
    var workload: String
    var machineClass: String
    var startedAt: UTCTime
    var hostname: String?
    /// Where the baseline is; nil where none was looked for.
    var file: String?
    var properties: [(name: String, value: String)]
    /// `run/completed` first; it carries the seconds of all cases.
    var cases: [JUnitCase]
    /// Lines for people.
    var output: [String]

    /// `chimera.analysis.ci-small.report`
    func className(_ stage: StageName) -> String {
        "chimera.\(JUnitText.id(workload)).\(JUnitText.id(machineClass)).\(JUnitText.id(stage.rawValue))"
    }

    var name: String { "\(JUnitText.id(workload)) [\(JUnitText.id(machineClass))]" }

    /// One suite with the cases of several, for a flavour whose root is a suite.
    static func joined(_ suites: [JUnitSuite]) -> [JUnitSuite] {
        guard suites.count > 1, var joined = suites.first else { return suites }
        joined.workload = "workloads"
        joined.file = nil
        joined.properties = suites.flatMap { suite in
            suite.properties.map { (name: "\(suite.workload).\($0.name)", value: $0.value) }
        }
        joined.cases = suites.flatMap { suite in
            suite.cases.map { testCase in
                var testCase = testCase
                testCase.className = suite.className(testCase.stage)
                return testCase
            }
        }
        joined.output = suites.flatMap { suite in suite.output.map { "\(suite.workload): \($0)" } }
        return [joined]
    }
}

/// One test case: a demand on a metric, or that the session was completed.
struct JUnitCase {
    enum Result {
        case passed
        case failed(type: String, message: String, text: String)
        case errored(type: String, message: String, text: String)
        case skipped(message: String, text: String)

        /// The same where what is not decided fails the check.
        var strict: Result {
            guard case .skipped(let message, let text) = self else { return self }
            return .errored(type: "Inconclusive", message: message, text: text)
        }

        /// Failures and errors first, should a file ever be too small for all.
        var severity: Int {
            switch self {
            case .errored: 0
            case .failed: 1
            case .skipped: 2
            case .passed: 3
            }
        }
    }

    var stage: StageName
    var name: String
    var result: Result
    var properties: [(name: String, value: String)]
    /// What somebody should look at; nil where that is no line of a file.
    var place: (file: String, line: Int)?
    var seconds = 0.0
    /// In place of that of suite and stage, where suites are joined.
    var className: String?
}
