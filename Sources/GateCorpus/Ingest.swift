public import GateCore

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// From folders of files to a corpus.
public enum Ingest {
    /// Facts beyond this number, which take about 320 MB, are left out, and that is said.
    public static let maximumFacts = 64_000_000

    /// Of the numbers in sentences the first ones are kept: more are no notes of people.
    static let maximumMentions = 100_000

    /// Reads the roots below a folder: regular files with the configured extensions, in the order of the roots and then
    /// by path, bytewise. What cannot be read or parsed is listed with its reason. No symbolic link is followed.
    /// - Parameter folder: the corpus folder; paths in the corpus are relative to it.
    /// - Throws: where there is no root, or not one file could be read.
    public static func read(
        _ folder: String, _ configuration: CorpusConfiguration = CorpusConfiguration()
    ) throws(IngestError) -> Corpus {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .noFolder(folder: folder, reason: lastError()) }
        defer { close(descriptor) }
        var listing = try list(folder, descriptor, configuration.roots)
        let leftOut = limit(&listing.files, to: configuration.maxFiles)
        let reading = ParallelReading.read(
            listing.files, corpus: descriptor, maximumBytes: configuration.maxFileBytes, maximumFacts: maximumFacts)
        guard !reading.files.isEmpty else {
            throw .noFiles(
                folder: folder, roots: configuration.roots.map(\.path), unreadable: reading.unreadable)
        }
        var corpus = Corpus(
            files: reading.files, unreadable: reading.unreadable, facts: reading.findings.facts,
            mentions: reading.findings.mentions,
            harvested: reading.findings.harvested.values.sorted {
                Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8)
            },
            markdownHeadings: reading.findings.markdownHeadings,
            warnings: listing.missing + IngestWarnings.passedOver(listing.passedOver)
                + IngestWarnings.all(listing.linkedFolders, leftOut, reading, configuration))
        let passedOver = listing.passedOver.values.reduce(0, +)
        if passedOver > 0 { corpus.passedOver = passedOver }
        return corpus
    }

    private struct Listing {
        var files: [ListedFile] = []
        var linkedFolders: [String] = []
        var passedOver: [String: Int] = [:]
        var missing: [Warning] = []
    }

    private static func list(
        _ folder: String, _ descriptor: Int32, _ roots: [CorpusRoot]
    ) throws(IngestError) -> Listing {
        var listing = Listing()
        var found = 0
        for root in roots {
            let names = root.path.split(separator: "/")
            guard !root.path.hasPrefix("/"), !names.contains("..") else { throw .rootOutside(root: root.path) }
            guard let walk = FolderWalk.list(root, in: descriptor) else {
                // Of the roots that nobody configured few corpora have all.
                if roots != CorpusRoot.defaults {
                    listing.missing.append(MissingRoot.warning(root, in: descriptor))
                }
                continue
            }
            found += 1
            listing.files += walk.files
            listing.linkedFolders += walk.linkedFolders
            listing.passedOver.merge(walk.passedOver) { $0 + $1 }
        }
        // A folder that has none of the usual ones is all of it data, unless it is a repository, which has files of other kinds.
        if found == 0, roots == CorpusRoot.defaults, faccessat(descriptor, ".git", F_OK, 0) != 0,
            let walk = FolderWalk.list(
                CorpusRoot(path: ".", extensions: CorpusRoot.supportedExtensions), in: descriptor), walk.hasArtifacts
        {
            found = 1
            listing.files = walk.files
            listing.linkedFolders = walk.linkedFolders
            listing.passedOver = walk.passedOver
        }
        guard found > 0 else { throw .noRoots(folder: folder, roots: roots.map(\.path)) }
        if found > 1 { dropRepeated(&listing.files) }
        return listing
    }

    /// Roots may lie inside each other; the first one has the file.
    private static func dropRepeated(_ files: inout [ListedFile]) {
        var seen: Set<[UInt8]> = []
        files.removeAll { !seen.insert($0.path).inserted }
    }

    /// Notes take no artefact's place.
    /// - Returns: the number of artefacts left out.
    private static func limit(_ files: inout [ListedFile], to maximum: Int) -> Int {
        var (artefacts, notes) = (0, 0)
        files.removeAll { file in
            switch file.content {
            case .refused: return false
            case .file:
                artefacts += 1
                return artefacts > maximum
            case .note:
                notes += 1
                return notes > maximum
            }
        }
        return max(0, artefacts - maximum)
    }
}
