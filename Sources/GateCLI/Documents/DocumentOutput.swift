import GateCore
import GateFiles
import GateReports
import GateVerdict

extension Terminal {
    /// Names the files of a judgement, those that are there.
    func list(artefacts files: RenderedFiles) {
        let names = [
            SessionDirectory.junitName, SessionDirectory.summaryName, SessionDirectory.verdictName,
            SessionDirectory.pageName,
        ].filter(files.written.contains)
        let directory = files.directory
        guard !names.isEmpty else { return }
        line("artefacts: \(names.map(directory.path(of:)).joined(separator: ", "))")
    }

    /// Writes a document of one of our schemas.
    func deliver(document: some Encodable) throws {
        try deliver(VisibleJSON.text(of: document))
    }

    /// The same on one line: for a command that goes on, whose reader waits for the line's end.
    func deliver(line document: some Encodable) throws {
        try deliver(VisibleJSON.escaped(String(decoding: try CanonicalJSON.encodeLine(document), as: UTF8.self)))
    }
}

extension VisibleJSON {
    /// A document of one of our schemas, so that no runner obeys what others had a part in.
    static func text(of document: some Encodable) throws -> String {
        escaped(String(decoding: try CanonicalJSON.encode(document), as: UTF8.self))
    }
}

/// What is compared.
struct CheckDocument: Encodable {
    let stage: StageName
    let metric: MetricID
    let modelState: ModelState
    let unit: MetricUnit
    let direction: Direction

    /// Nil for a metric that this version does not know.
    init?(_ check: CheckID) {
        guard let known = MetricCatalogue.metric(check.metric) else { return nil }
        stage = check.stage
        metric = check.metric
        modelState = check.modelState
        unit = known.unit
        direction = known.direction
    }
}
