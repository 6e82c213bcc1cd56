public import GateCore

/// The files that a run leaves in its folder.
public enum RunFile: String, Sendable, CaseIterable {
    case report = "report.md"
    /// What the model wrote of it, and nothing else.
    case modelText = "model-text.md"
    case inventory = "inventory.md"
    case facts = "facts.json"
    /// One ``GateCore/ExchangeRecording`` on each line.
    case recording = "recording.jsonl"
    /// What a command wrote, its beginning and its end where that is long.
    case standardOutput = "stdout.txt"
    case standardError = "stderr.txt"
}

extension SessionDirectory {
    /// Recordings of more bytes in one run are refused.
    public static let maximumRecordingBytes = 512 << 20

    static let runsName = "runs"

    /// `runs/0001`, relative to the session directory.
    public static func folder(ofRun index: Int) -> String {
        let digits = String(index)
        return "\(runsName)/\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }

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
        try write(recordings.flatMap { try CanonicalJSON.encodeLine($0) }, as: .recording, run: run)
    }

    /// Everything that was said in the session, run by run; empty where nothing was recorded.
    public func recordings() throws -> [ExchangeRecording] {
        let runs = path(of: SessionDirectory.runsName)
        guard PathKind.of(runs) == .folder else { return [] }
        let folders = try Folder.names(in: runs).filter(SessionDirectory.isRunFolder)
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        return try folders.flatMap { folder -> [ExchangeRecording] in
            let names = [RunFile.recording.rawValue, SessionDirectory.formerRecordingName]
            guard let file = names.map({ "\(runs)/\(folder)/\($0)" }).first(where: { PathKind.of($0) != .nothing })
            else { return [] }
            return try SessionDirectory.recordings(inFile: file)
        }
    }

    /// The recordings of one file of JSON Lines, in order; blank lines are passed over.
    public static func recordings(inFile file: String) throws -> [ExchangeRecording] {
        let bytes = try RegularFile.read(file, limit: maximumRecordingBytes)
        return try bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
            .map { number, line in
                try CanonicalJSON.decodeLine(
                    ExchangeRecording.self, from: Array(line), file: "\(file) (line \(number + 1))")
            }
    }

    private func write(_ bytes: [UInt8], as file: RunFile, run: Int) throws -> String {
        let folder = SessionDirectory.folder(ofRun: run)
        try Folder.make(path(of: folder))
        let name = "\(folder)/\(file.rawValue)"
        try AtomicFile.write(bytes, to: path(of: name))
        return name
    }
}
