/// Why numbers of another tool cannot be taken.
public enum ImportError: Error, Sendable, Equatable, CustomStringConvertible {
    case empty(file: String)
    /// Neither JSON nor a table.
    case malformed(file: String, detail: String)
    case unknownFormat(file: String, known: [String])
    /// It is of that tool, and nothing was measured.
    case noResults(file: String, tool: String)
    /// Something that the format has is not there.
    case missing(file: String, place: String)
    case notANumber(file: String, place: String, found: String)
    /// Nobody can have measured that.
    case impossible(file: String, place: String, found: String)
    /// A unit that a metric cannot have.
    case unit(file: String, place: String, found: String)
    /// A measurement that failed.
    case failed(file: String, place: String, detail: String)
    /// `--metric` is not as it has to be.
    case declaration(String, detail: String)
    /// Two things have the same name as a stage.
    case sameStage(String, first: String, second: String)
    /// A metric of one name in two units, or with two directions.
    case twoMeanings(String, first: String, second: String)
    /// Files of two tools make no session.
    case severalTools([String])

    /// What happened and where.
    public var message: String {
        switch self {
        case .empty(let file): "'\(file)' is empty"
        case .malformed(let file, let detail): "'\(file)' is neither JSON nor a table that could be read: \(detail)"
        case .unknownFormat(let file, _): "'\(file)' is of no tool whose units are known"
        case .noResults(let file, let tool): "'\(file)' is of \(tool), and nothing was measured in it"
        case .missing(let file, let place): "'\(file)' has no \(place)"
        case .notANumber(let file, let place, let found): "'\(file)', \(place): \(found) is no number"
        case .impossible(let file, let place, let found): "'\(file)', \(place): nobody can have measured \(found)"
        case .unit(let file, let place, let found): "'\(file)', \(place): \(found) is no unit of a metric"
        case .failed(let file, let place, let detail): "'\(file)', \(place): it failed: \(detail)"
        case .declaration(let text, let detail): "--metric '\(text)': \(detail)"
        case .sameStage(let name, let first, let second):
            "'\(first)' and '\(second)' would both be called '\(name)'"
        case .twoMeanings(let name, let first, let second):
            "'\(name)' is declared twice, as \(first) and as \(second)"
        case .severalTools(let tools): "the files are of several tools: \(tools.joined(separator: ", "))"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .empty, .noResults: "Measure again, and import what the tool wrote then."
        case .malformed: "Import the file as the tool wrote it."
        case .unknownFormat(_, let known):
            "Known are \(known.joined(separator: ", ")). Of any other CSV or JSON say which columns are metrics, in which"
                + " unit, and which way is better: --metric time=COLUMN:ms:lower."
        case .missing: "Import the file as the tool wrote it; of plain CSV and JSON name a column that is there."
        case .notANumber, .impossible: "Mend the measurement, or leave that row out."
        case .unit:
            "Known are times (ns, us, ms, s, min), sizes (B, KB, MiB …), tok/s, req/s and other rates (op/s), %, ratio,"
                + " count and cost."
        case .failed: "Mend what failed and measure again: a failure has no speed."
        case .declaration:
            "Write it as NAME=COLUMN:UNIT:DIRECTION, with lower, higher or neutral: time=elapsed:ms:lower."
        case .sameStage: "Give one of them another name in the tool."
        case .twoMeanings: "Declare each name once."
        case .severalTools: "Import them one tool at a time, each under a --name of its own."
        }
    }

    /// False where the data is at fault, not the call.
    public var isOfCommandLine: Bool {
        switch self {
        case .declaration, .severalTools, .twoMeanings: true
        default: false
        }
    }

    public var description: String { "\(message). \(remedy)" }
}
