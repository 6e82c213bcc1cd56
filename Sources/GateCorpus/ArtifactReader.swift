import GateCore
import GateDigest

/// What became of one listed file.
enum FileOutcome {
    /// With what is wrong with its text although it was read.
    case read(CorpusFile, damage: String?)
    case refused(UnreadableFile)
}

/// Reads listed files one after the other. For one thread.
struct ArtifactReader {
    private let files: FileReader
    private let names = NameTable()

    init(corpus: Int32, maximumBytes: Int) {
        files = FileReader(corpus: corpus, maximumBytes: maximumBytes)
    }

    /// Appends what is found in the file; nothing of a file that is refused.
    func read(_ listed: ListedFile, into findings: inout Findings) -> FileOutcome {
        let path = String(decoding: listed.path, as: UTF8.self)
        switch listed.content {
        case .refused(let reason): return .refused(UnreadableFile(path: path, reason: reason))
        case .file(let kind):
            do {
                let (file, damage) = try read(listed.path, path, kind, into: &findings)
                return .read(file, damage: damage)
            } catch {
                return .refused(UnreadableFile(path: path, reason: error.reason))
            }
        }
    }

    private func read(
        _ path: [UInt8], _ name: String, _ kind: ArtifactKind, into findings: inout Findings
    ) throws(FileRefusal) -> (CorpusFile, damage: String?) {
        let content = try files.read(path)
        let remaining = findings.maximumFacts - findings.facts.count
        let decoded = try SourceText.read(content.bytes) { text throws(FileRefusal) in
            switch kind {
            case .csv: try CSVFacts.read(text, file: name, names: names, maximumFacts: remaining)
            case .json: try JSONFacts.read(text, file: name, names: names, maximumFacts: remaining)
            case .markdown: MarkdownFacts.read(text, file: name, names: names, maximumFacts: remaining)
            }
        }
        findings.merge(decoded.result)
        let file = CorpusFile(
            path: name, kind: kind, bytes: Int64(content.bytes.count), modified: UTCTime(unixSeconds: content.modified),
            sha256: SHA256.hash(UnsafeRawBufferPointer(content.bytes)))
        return (file, decoded.damage)
    }
}
