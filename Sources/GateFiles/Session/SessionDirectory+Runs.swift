public import GateCore
import GateJSON

/// The files that a run leaves in its folder.
public enum RunFile: String, Sendable, CaseIterable {
    case report = "report.md"
    /// What the model wrote of it, and nothing else.
    case modelText = "model-text.md"
    case inventory = "inventory.md"
    case facts = "facts.json"
    /// One ``GateCore/ExchangeRecording`` on each line.
    case recording = "recording.jsonl"
    /// One ``GateCore/PassedExchange`` on each line.
    case passed = "passed.jsonl"
    /// What a command wrote, its beginning and its end where that is long.
    case standardOutput = "stdout.txt"
    case standardError = "stderr.txt"
}

extension SessionDirectory {
    /// Recordings of more bytes in one run are refused.
    public static let maximumRecordingBytes = 512 << 20

    static let runsName = "runs"

    static func isRunFolder(_ name: String) -> Bool {
        name.utf8.count >= 4 && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Writes the report or the inventory of a run.
    ///
    /// - Returns: the path relative to the session directory, as ``GateCore/Run`` keeps it.
    @discardableResult
    public func write(_ text: String, as file: RunFile, run: Int) throws -> String {
        try write(Array(text.utf8), as: file, run: run)
    }

    /// Writes a file of a run as it is.
    ///
    /// - Returns: the path relative to the session directory.
    @discardableResult
    public func write(bytes: [UInt8], as file: RunFile, run: Int) throws -> String {
        try write(bytes, as: file, run: run)
    }

    /// Writes the facts of a run.
    ///
    /// - Returns: the path relative to the session directory.
    @discardableResult
    public func writeFacts(_ facts: some Encodable, run: Int) throws -> String {
        try write(CanonicalJSON.encode(facts), as: .facts, run: run)
    }

    /// Writes what was said in a run, so that it can be served again.
    ///
    /// - Returns: the path relative to the session directory.
    @discardableResult
    public func write(_ recordings: [ExchangeRecording], run: Int) throws -> String {
        try write(recordings.flatMap { try SessionDirectory.line($0) }, as: .recording, run: run)
    }

    /// Writes the calls of a run as they can be answered again.
    ///
    /// - Returns: the path relative to the session directory.
    @discardableResult
    public func write(_ passed: [PassedExchange], run: Int) throws -> String {
        try write(passed.flatMap { try SessionDirectory.line($0) }, as: .passed, run: run)
    }

    private static func line(_ recording: ExchangeRecording) throws(FormatError) -> [UInt8] {
        var rest = recording
        rest.arrivals = []
        return try CanonicalJSON.encodeLine(rest, filling: "arrivals") { line in
            for piece in recording.arrivals {
                append(piece.offsetNs, piece.text, piece.thinking.map { #","thinking":\#($0)"# } ?? "", to: &line)
            }
        }
    }

    private static func line(_ passed: PassedExchange) throws(FormatError) -> [UInt8] {
        var rest = passed
        rest.pieces = []
        return try CanonicalJSON.encodeLine(rest, filling: "pieces") { line in
            for piece in passed.pieces { append(piece.offsetNs, piece.text, to: &line) }
        }
    }

    private static func append(_ offset: Nanoseconds, _ text: String, _ more: String = "", to line: inout [UInt8]) {
        line += (line.last == ascii("[") ? #"{"offset_ns":"# : #",{"offset_ns":"#).utf8
        line += String(offset.count).utf8
        line += #","text":"#.utf8
        JSONValue.string(text).append(to: &line)
        line += more.utf8
        line.append(ascii("}"))
    }

    /// The calls that can be answered again, run by run; empty where none were kept.
    public func passedExchanges() throws -> [PassedExchange] {
        try runFiles(named: [RunFile.passed.rawValue]).flatMap {
            try SessionDirectory.lines(PassedExchange.self, inFile: $0)
        }
    }

    /// Everything that was said in the session, run by run; empty where nothing was recorded.
    public func recordings() throws -> [ExchangeRecording] {
        let names = [RunFile.recording.rawValue, SessionDirectory.formerRecordingName]
        return try runFiles(named: names).flatMap { try SessionDirectory.recordings(inFile: $0) }
    }

    /// In the folder of each run the first file of these names that is there, in the order of the runs.
    private func runFiles(named names: [String]) throws -> [String] {
        let runs = path(of: SessionDirectory.runsName)
        guard PathKind.of(runs) == .folder else { return [] }
        return try Folder.names(in: runs).filter(SessionDirectory.isRunFolder)
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
            .compactMap { folder in
                names.map { "\(runs)/\(folder)/\($0)" }.first { PathKind.of($0) != .nothing }
            }
    }

    /// The recordings of one file of JSON Lines, in order; blank lines are passed over.
    public static func recordings(inFile file: String) throws -> [ExchangeRecording] {
        try lines(ExchangeRecording.self, inFile: file)
    }

    private static func lines<Value: Codable>(_ type: Value.Type, inFile file: String) throws -> [Value] {
        let bytes = try RegularFile.read(file, limit: maximumRecordingBytes)
        return try bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
            .map { number, line in
                try CanonicalJSON.decodeLine(type, from: Array(line), file: "\(file) (line \(number + 1))")
            }
    }

    private func write(_ bytes: [UInt8], as file: RunFile, run: Int) throws -> String {
        let folder = Run.folder(of: run)
        try Folder.make(path(of: folder))
        let name = "\(folder)/\(file.rawValue)"
        try AtomicFile.write(bytes, to: path(of: name))
        return name
    }
}
