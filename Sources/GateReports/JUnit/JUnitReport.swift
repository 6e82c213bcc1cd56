import GateCore

/// `junit.xml`. What is returned was read back by libxml2 and says what it should.
public struct JUnitReport: Reporter {
    public let flavour: JUnitFlavour

    public init(flavour: JUnitFlavour = .jenkins) { self.flavour = flavour }

    public func render(_ input: ReportInput) throws -> String { try render([JUnitSuite(input)]) }

    /// The report of several workloads: a suite for each.
    public func render(_ joint: JointInput) throws -> String { try render(joint.reports.map(JUnitSuite.init(joint:))) }

    /// The report of a check that ended before there was a session.
    public func couldNotRun(_ attempt: FailedAttempt) throws -> String { try render([JUnitSuite(attempt)]) }

    func render(_ suites: [JUnitSuite]) throws -> String {
        var limit = min(JUnitDocument.maximumCases, suites.reduce(0) { $0 + $1.cases.count })
        while true {
            let root = JUnitDocument.root(suites, limit: limit, flavour: flavour)
            let bytes = try JUnitReport.libxml2 { () throws(XMLError) in try XMLWriter.write(root) }
            if bytes.count > JUnitDocument.maximumBytes, limit > suites.count {
                limit /= 2
                continue
            }
            let readBack = try JUnitReport.libxml2 { () throws(XMLError) in try XMLReader.read(bytes) }
            guard readBack == root else { throw ReportError.notReadBack(report: "junit.xml") }
            if let rule = JUnitInvariants.firstBroken(in: readBack) {
                throw ReportError.brokenRule(report: "junit.xml", rule: rule)
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func libxml2<Value>(_ step: () throws(XMLError) -> Value) throws(ReportError) -> Value {
        do {
            return try step()
        } catch {
            throw .failed(report: "junit.xml", detail: error.description)
        }
    }
}

/// A report that must not be written because it would be wrong: a defect of ours (exit code 70).
public enum ReportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It does not say, read again, what was written.
    case notReadBack(report: String)
    case brokenRule(report: String, rule: String)
    case failed(report: String, detail: String)

    public var description: String { "\(message). This is a defect of chimera-gate: please report it." }

    private var message: String {
        switch self {
        case .notReadBack(let report): "\(report) does not read back as it was written"
        case .brokenRule(let report, let rule): "\(report) would break the rule '\(rule)'"
        case .failed(let report, let detail): "\(report) could not be made: \(detail)"
        }
    }
}
