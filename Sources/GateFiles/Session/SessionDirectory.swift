public import GateCore

/// The folder of one session: `session.json`, everything that its runs left below `runs/0001`, and the reports of its
/// judgement. A directory that was created is locked until its last copy is gone.
public struct SessionDirectory: Sendable {
    /// `.chimera-gate` unless the user names another.
    public static let defaultPath = ".chimera-gate"
    public static let sessionName = "session.json"
    /// What `session.json` is called once a later call has ended without a session of its own.
    public static let earlierSessionName = "earlier-session.json"
    public static let junitName = "junit.xml"
    public static let summaryName = "summary.md"
    public static let verdictName = "verdict.json"
    /// The verdict with pictures.
    public static let pageName = "index.html"
    /// What a calibration found; it may stand beside any session.
    public static let calibrationName = "calibration.json"
    /// Where calibrations are kept beside the session of a check.
    public static let calibrationFolderName = "calibration"
    /// What a server that chimera-gate started has written.
    public static let serverLogName = "server.log"
    /// The same of the base's server, where it is another one.
    public static let baseServerLogName = "base-server.log"
    /// What passed a measuring proxy, one line of JSON for each call.
    public static let exchangesName = "exchanges.jsonl"
    /// A `session.json` of more bytes is refused; 64 MiB hold about 40,000 calls.
    public static let maximumSessionBytes = 64 << 20

    /// Tells git to pass over the folder.
    static let ignoreName = ".gitignore"
    /// What ``RunFile/recording`` was called up to 0.1.0.
    static let formerRecordingName = "exchanges.jsonl"

    /// What was measured as OpenMetrics, as GitLab's documentation calls it.
    public static let metricsName = "metrics.txt"

    private static let judgementNames = [junitName, summaryName, verdictName, pageName]
    private static let annotationPrefix = "buildkite-annotation-"

    /// The name of Buildkite's annotation: jobs may share a folder, and none takes another's.
    ///
    /// - Parameter job: the job's id; what no name should have becomes `_`.
    public static func annotationName(job: String) -> String {
        let id = job.unicodeScalars.prefix(100).map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-": Character(scalar)
            default: "_"
            }
        }
        return "\(annotationPrefix)\(String(id)).md"
    }

    /// Whether a file tells of a judgement.
    static func isOfJudgement(_ name: String) -> Bool { judgementNames.contains(name) || isForPlatform(name) }

    /// Whether it is what one platform of pipelines alone gets.
    static func isForPlatform(_ name: String) -> Bool {
        name == metricsName || name.hasPrefix(annotationPrefix) && name.hasSuffix(".md")
    }

    /// As the user gave it, without a slash at its end.
    public let path: String
    private let lock: FolderLock?

    init(path: String, lock: FolderLock?) {
        self.path = path
        self.lock = lock
    }

    /// A session directory that exists; the session in it is read by ``session()``.
    public static func open(at path: String) throws -> SessionDirectory {
        let path = trimmed(path)
        guard PathKind.of(path + "/.") == .folder else { throw SessionError.noFolder(path) }
        guard PathKind.of("\(path)/\(sessionName)") != .nothing else { throw SessionError.noSession(path) }
        return SessionDirectory(path: path, lock: nil)
    }

    /// Whether a folder holds what a check leaves of its verdict.
    public static func holdsJudgement(at path: String) -> Bool {
        PathKind.of("\(trimmed(path))/\(verdictName)") != .nothing
    }

    /// The directory of a call that is being stopped, whose lock its own workload holds.
    public static func ofStoppedCall(at path: String) -> SessionDirectory {
        SessionDirectory(path: trimmed(path), lock: nil)
    }

    /// The path of a file in the directory.
    public func path(of name: String) -> String { "\(path)/\(name)" }

    /// The same for others, who may work in another folder.
    public func absolutePath(of name: String) -> String {
        path.hasPrefix("/") ? path(of: name) : "\(WorkingFolder.path)/\(path(of: name))"
    }

    /// Replaces `session.json`. To be called after every run, when the run's own files are written: whatever happens
    /// then, the finished runs are kept.
    public func write(_ session: Session) throws {
        try AtomicFile.write(CanonicalJSON.encode(session), to: path(of: SessionDirectory.sessionName))
    }

    /// Reads `session.json` and checks that what it says can be.
    public func session() throws -> Session { try session(in: SessionDirectory.sessionName) }

    func session(in name: String) throws -> Session {
        let file = path(of: name)
        let bytes = try RegularFile.read(file, limit: SessionDirectory.maximumSessionBytes)
        let session = try CanonicalJSON.decode(Session.self, from: bytes, file: file)
        if let detail = session.inconsistency { throw SessionError.impossible(file: file, detail: detail) }
        return session
    }

    static func trimmed(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }
}

extension Session {
    /// What no session of ours says; nil where there is nothing like that.
    fileprivate var inconsistency: String? {
        guard SafeName.isValid(machineClass) else {
            return "'machine_class' may only have \(SafeName.rule)"
        }
        var last = 0
        for (position, run) in runs.enumerated() {
            guard run.index > last else { return "'runs[\(position)].index' should be greater than \(last)" }
            last = run.index
            if let detail = impossibility(ofArm: run) { return "'runs[\(position)]' \(detail)" }
            let folder = Run.folder(of: run.index)
            for (key, file) in [("report_file", run.reportFile), ("facts_file", run.factsFile)] {
                guard let file else { continue }
                let name = file.dropFirst(folder.count + 1)
                guard file.hasPrefix(folder + "/"), SafeName.isValid(String(name)) else {
                    return "'runs[\(position)].\(key)' should be a file in '\(folder)'"
                }
            }
        }
        return impossibilityOfPairs
    }

    private func impossibility(ofArm run: Run) -> String? {
        guard base != nil else {
            return run.arm == nil && run.pair == nil ? nil : "has an arm or a pair, but the session has no 'base'"
        }
        guard run.arm != nil else { return "should have an 'arm', because the session has a 'base'" }
        if run.pair != nil, run.isWarmup { return "cannot both warm up and belong to a pair" }
        return run.pair.map { $0 < 1 } == true ? "has a 'pair' below 1" : nil
    }

    private var impossibilityOfPairs: String? {
        if let seed = base?.seed, PairOrder(seed: seed) == nil { return "'base.seed' should be 16 hexadecimal digits" }
        var seen: Set<String> = []
        for case let (pair?, arm?) in runs.map({ ($0.pair, $0.arm) })
        where !seen.insert("\(pair) \(arm.rawValue)").inserted {
            return "pair \(pair) has two runs of the \(arm.rawValue)"
        }
        return nil
    }
}
