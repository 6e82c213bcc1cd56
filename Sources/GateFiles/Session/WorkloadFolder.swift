public import GateCore
internal import GateJSON
public import GateVerdict

/// Which workloads a call is about: `workloads.json`. It is there before the first of them is measured, so that one that
/// never was is missed.
public struct WorkloadList: Codable, Sendable, Equatable {
    public static let currentFormatVersion = 1

    public let formatVersion: Int
    /// All workloads of the configuration; sorted. A name that can be part of a path each.
    public let declared: [String]
    /// Those of this call; sorted. A name that can be part of a path each.
    public let measured: [String]
    /// The share of all that this call has; nil where it was not given one.
    public let shard: Shard?
    /// SHA-256 over the configuration file and the flags beside it, hexadecimal; nil in lists of before it was kept.
    public let configuration: String?

    public init(declared: [String], measured: [String], shard: Shard? = nil, configuration: String? = nil) {
        formatVersion = WorkloadList.currentFormatVersion
        self.declared = declared.sorted()
        self.measured = measured.sorted()
        self.shard = shard
        self.configuration = configuration
    }
}

/// The folder of a call over several workloads: the list of them, and a session directory for each.
public struct WorkloadFolder: Sendable {
    public static let listName = "workloads.json"
    static let sessionsName = "workloads"
    /// Names of 64 characters, ten thousand of them.
    private static let maximumListBytes = 1 << 20
    /// Of a verdict: five thousand checks have 5 MB.
    public static let maximumVerdictBytes = 256 << 20

    /// As the user gave it, without a slash at its end.
    public let path: String
    public let list: WorkloadList

    /// Makes the folder ready for a call: no file of an older one can be mistaken for this call's, of any workload.
    public static func begin(at path: String, _ list: WorkloadList) throws -> WorkloadFolder {
        let folder = WorkloadFolder(path: SessionDirectory.trimmed(path), list: list)
        try SessionDirectory.beginCall(at: folder.path)
        for name in list.measured { try SessionDirectory.beginCall(at: folder.path(ofSession: name)) }
        try AtomicFile.write(CanonicalJSON.encode(list), to: folder.path(of: listName))
        return folder
    }

    /// The folder that an earlier call left; nil where none of several workloads did.
    public static func open(at path: String) throws -> WorkloadFolder? {
        let path = SessionDirectory.trimmed(path)
        let file = "\(path)/\(listName)"
        guard PathKind.of(file) != .nothing else { return nil }
        let bytes = try RegularFile.read(file, limit: maximumListBytes)
        return WorkloadFolder(path: path, list: try CanonicalJSON.decode(WorkloadList.self, from: bytes, file: file))
    }

    /// Where the reports of all of them together stand.
    public var directory: SessionDirectory { SessionDirectory(path: path, lock: nil) }

    public func path(of name: String) -> String { "\(path)/\(name)" }

    /// `.chimera-gate/workloads/nightly`
    public func path(ofSession name: String) -> String { path(of: WorkloadFolder.folder(ofSession: name)) }

    /// The same, relative to the folder.
    public static func folder(ofSession name: String) -> String { "\(sessionsName)/\(name)" }

    /// What was judged of all of them.
    public func verdict() throws -> JointJudgement {
        try CanonicalJSON.decode(JointJudgement.self, from: verdictBytes(), file: verdictFile)
    }

    /// Why the call ended before all of them were judged; nil where they were.
    public func failure() throws -> JudgementFailure? {
        let bytes = try verdictBytes()
        guard !JointJudgement.isHeld(by: bytes) else { return nil }
        return try? CanonicalJSON.decode(Judgement.self, from: bytes, file: verdictFile).failures.first
    }

    private var verdictFile: String { path(of: SessionDirectory.verdictName) }

    private func verdictBytes() throws -> [UInt8] {
        try RegularFile.read(verdictFile, limit: WorkloadFolder.maximumVerdictBytes)
    }
}

extension WorkloadList: VersionedFormat {
    /// The names become folders.
    public var impossibility: (place: String, detail: String)? {
        if let name = (declared + measured).first(where: { !SafeName.isValid($0) }) {
            return ("measured", "'\(name)' may only have \(SafeName.rule)")
        }
        guard Set(measured).isSubset(of: declared), Set(measured).count == measured.count else {
            return ("measured", "should be names of 'declared', each once")
        }
        return nil
    }
}

extension JointJudgement {
    /// Whether the bytes of a `verdict.json` are of several workloads.
    public static func isHeld(by bytes: [UInt8]) -> Bool {
        (try? CanonicalJSON.parse(bytes, file: ""))?["workloads"] != nil
    }
}

extension JointJudgement: VersionedFormat {
    public var impossibility: (place: String, detail: String)? {
        for (index, part) in workloads.enumerated() {
            let place = "workloads[\(index)]"
            guard SafeName.isValid(part.name) else { return ("\(place).name", "may only have \(SafeName.rule)") }
            guard part.folder == WorkloadFolder.folder(ofSession: part.name) else {
                return ("\(place).folder", "should be '\(WorkloadFolder.folder(ofSession: part.name))'")
            }
            if let (inner, detail) = part.judgement.impossibility { return ("\(place).judgement.\(inner)", detail) }
        }
        let names = workloads.map(\.name)
        guard Set(names).isSubset(of: declared), Set(names).count == names.count else {
            return ("workloads", "should be of names in 'declared', each once")
        }
        return isConclusive ? nil : ("overall", "is not what its workloads come to")
    }
}
