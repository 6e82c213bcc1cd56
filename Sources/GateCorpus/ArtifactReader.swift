import GateCore
import GateDigest

/// What became of one listed file.
enum FileOutcome {
    case read(CorpusFile, FileRemarks)
    /// Its regular lines and its numbers are known, and nothing else.
    case noted(path: String)
    case refused(UnreadableFile)
    /// A note that cannot be read: no artefact is missing.
    case unread(UnreadableFile)
}

/// Reads listed files one after the other. For one thread.
struct ArtifactReader: ~Copyable {
    private let files: FileReader
    private let maximumBytes: Int
    private var digest = SHA256()
    private var collector: FactCollector

    init(corpus: Int32, maximumBytes: Int, maximumFacts: Int) {
        self.maximumBytes = maximumBytes
        files = FileReader(corpus: corpus, maximumBytes: maximumBytes)
        collector = FactCollector(maximumFacts: maximumFacts)
    }

    /// Collects what is found in the file; nothing of a file that is refused.
    mutating func read(_ listed: ListedFile) -> FileOutcome {
        let path = String(decoding: listed.path, as: UTF8.self)
        switch listed.content {
        case .refused(let reason): return .refused(UnreadableFile(path: path, reason: reason))
        case .note(let isOfSettings):
            let refusal = note(listed.path, path) { lines, bytes, collector in
                ArtifactReader.readText(lines, bytes, file: path, isOfSettings: isOfSettings, into: &collector)
            }
            return refusal.map { .unread(UnreadableFile(path: path, reason: $0.reason)) } ?? .noted(path: path)
        case .file(let kind):
            collector.begin(file: path)
            do {
                let (file, damage) = try read(listed.path, path, kind)
                var remarks = collector.takeRemarks()
                remarks.damage = damage
                return .read(file, remarks)
            } catch {
                _ = collector.takeRemarks()
                collector.dropFile()
                note(listed.path, path, isTable: kind == .csv) { lines, _, collector in
                    ArtifactReader.readNumbers(lines, isTable: kind == .csv, into: &collector)
                }
                return .refused(UnreadableFile(path: path, reason: error.reason))
            }
        }
    }

    /// What was found since the last time.
    mutating func takeFindings() -> FileFindings { collector.finish() }

    private typealias Lines = [Slice<UnsafeBufferPointer<UInt8>>]

    /// Takes what the lines of a note say, or the numbers of a file that is not read because something is wrong with it.
    /// - Returns: why nothing was taken; nil where something was.
    @discardableResult
    private mutating func note(
        _ path: [UInt8], _ name: String, isTable: Bool = false,
        _ read: (Lines, UnsafeBufferPointer<UInt8>, inout FactCollector) -> Void
    ) -> FileRefusal? {
        defer { _ = collector.takeRemarks() }
        collector.begin(file: name)
        do {
            let text = try SourceText(files.read(path).bytes)
            try text.withBytes { bytes in
                read(ArtifactReader.lines(bytes), bytes, &collector)
                guard !isTable else { return }
                ProseNames.read(
                    UnsafeBufferPointer(rebasing: bytes.prefix(ArtifactReader.mostOfNote)), into: &collector)
            }
        } catch {
            collector.dropFile()
            return error
        }
        return nil
    }

    /// A table of separated values under the name of a text, or the regular lines of one.
    private static func readText(
        _ lines: Lines, _ bytes: UnsafeBufferPointer<UInt8>, file: String, isOfSettings: Bool,
        into collector: inout FactCollector
    ) {
        if !isOfSettings, CSVFacts.isTable(lines), (try? CSVFacts.read(bytes, file: file, into: &collector)) != nil {
            return
        }
        NoteFacts.read(lines, file: file, isOfSettings: isOfSettings, into: &collector)
    }

    private static func readNumbers(_ lines: Lines, isTable: Bool, into collector: inout FactCollector) {
        for (number, line) in lines.enumerated() {
            // A comma in a number of a text is one between its digits.
            for part in isTable ? line.split(whereSeparator: ArtifactReader.separates) : [line] {
                MarkdownProse.read(UnsafeBufferPointer(rebasing: part), line: number + 1, into: &collector)
            }
        }
    }

    /// A summary is short; of a long log nobody quotes every number, and all of them would fill the facts.
    private static let mostOfNote = 1 << 16

    /// Those of the head, whole ones, so that no number is cut.
    private static func lines(_ bytes: UnsafeBufferPointer<UInt8>) -> [Slice<UnsafeBufferPointer<UInt8>>] {
        let head = bytes.prefix(mostOfNote)
        let whole = head.count < bytes.count ? head[..<(head.lastIndex(of: UInt8(ascii: "\n")) ?? 0)] : head
        return whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    /// Facts of a file that has tables; one with fewer is a text about data, whose names are looked for.
    private static let factsOfData = 32

    private static func separates(_ byte: UInt8) -> Bool { ",;\t".utf8.contains(byte) }

    private mutating func read(
        _ path: [UInt8], _ name: String, _ kind: ArtifactKind
    ) throws(FileRefusal) -> (CorpusFile, damage: String?) {
        let content = try files.read(path)
        let inflated = Gzip.isCompressed(path) ? try Gzip.inflate(content.bytes, maximumBytes: maximumBytes) : nil
        defer { inflated?.deallocate() }
        let text = try SourceText(inflated.map(UnsafeBufferPointer.init) ?? content.bytes)
        collector.format = nil
        try text.withBytes { bytes throws(FileRefusal) in
            switch kind {
            case .csv: try CSVFacts.read(bytes, file: name, into: &collector)
            case .json: try JSONFacts.read(bytes, file: name, into: &collector)
            case .text:
                ArtifactReader.readText(
                    ArtifactReader.lines(bytes), bytes, file: name, isOfSettings: false, into: &collector)
                ProseNames.read(
                    UnsafeBufferPointer(rebasing: bytes.prefix(ArtifactReader.mostOfNote)), into: &collector)
            case .markdown:
                MarkdownFacts.read(bytes, file: name, into: &collector)
                if collector.packer.fileCount < ArtifactReader.factsOfData {
                    ProseNames.read(
                        UnsafeBufferPointer(rebasing: bytes.prefix(ArtifactReader.mostOfNote)), into: &collector)
                }
            }
        }
        digest.update(UnsafeRawBufferPointer(content.bytes))
        let file = CorpusFile(
            path: name, kind: kind, bytes: Int64(content.bytes.count), modified: UTCTime(unixSeconds: content.modified),
            sha256: digest.finishAndRestart(), format: collector.format?.name)
        return (file, text.damage)
    }
}
