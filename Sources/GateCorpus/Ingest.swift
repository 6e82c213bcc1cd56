public import GateCore
import GateJSON
import Glibc

/// From folders of files to a corpus.
public enum Ingest {
    /// Facts beyond this number, which take about 320 MB, are left out, and that is said.
    public static let maximumFacts = 64_000_000

    /// Of the numbers in sentences the first ones are kept: more are no notes of people.
    static let maximumMentions = 100_000

    /// Reads the roots below a folder: regular files with the configured extensions, in the order of the roots and then
    /// by path, bytewise. What cannot be read or parsed is listed with its reason. No symbolic link is followed.
    /// - Parameters:
    ///   - folder: the corpus folder; paths in the corpus are relative to it.
    ///   - reports: files that are no data wherever they stand: what is judged by the corpus is not its own source.
    /// - Throws: where there is no root, or not one file could be read.
    public static func read(
        _ folder: String, _ configuration: CorpusConfiguration = CorpusConfiguration(), except reports: [String] = []
    ) throws(IngestError) -> Corpus {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .noFolder(folder: folder, reason: lastError()) }
        defer { close(descriptor) }
        var listing = try list(folder, descriptor, configuration.roots)
        let excepted = Set(reports.compactMap { path($0, below: folder) })
        if !excepted.isEmpty { listing.files.removeAll { excepted.contains($0.path) } }
        var isOfText = !listing.files.contains(where: \.isArtifact)
        if isOfText { takeTexts(&listing) }
        let leftOut = limit(&listing.files, to: configuration.maxFiles)
        var reading = read(listing, descriptor, configuration)
        if reading.files.isEmpty, !isOfText {
            isOfText = true
            takeTexts(&listing)
            reading = read(listing, descriptor, configuration)
        }
        let hasNumbers = !reading.findings.facts.isEmpty || !reading.findings.mentions.isEmpty
        guard !reading.files.isEmpty, !isOfText || hasNumbers else {
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
        if !reading.notes.isEmpty { corpus.notes = reading.notes }
        return corpus
    }

    private static func read(
        _ listing: Listing, _ descriptor: Int32, _ configuration: CorpusConfiguration
    ) -> ParallelReading {
        ParallelReading.read(
            listing.files, corpus: descriptor, maximumBytes: configuration.maxFileBytes, maximumFacts: maximumFacts)
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
        if roots == CorpusRoot.defaults, isAllData(descriptor, hasRoots: found > 0),
            let walk = FolderWalk.list(
                CorpusRoot(path: ".", extensions: CorpusRoot.supportedExtensions), in: descriptor,
                except: Set(roots.map { Array($0.path.utf8) } + (isSetUp(descriptor) ? [Array("Baselines".utf8)] : []))),
            walk.hasArtifacts || found == 0 && walk.files.contains(where: \.isText)
        {
            found += 1
            listing.files += walk.files
            listing.linkedFolders += walk.linkedFolders
            listing.passedOver.merge(walk.passedOver) { $0 + $1 }
        }
        guard found > 0 else { throw .noRoots(folder: folder, roots: roots.map(\.path)) }
        if found > 1 { dropRepeated(&listing.files) }
        return listing
    }

    /// A folder for which nobody configured roots is all of it data, unless it is a repository, which has files of other kinds,
    /// or the folder in which we are set up, which has baselines and sessions.
    private static func isAllData(_ folder: Int32, hasRoots: Bool) -> Bool {
        let others = hasRoots ? [".git", "chimera-gate.yml", "Baselines"] : [".git"]
        return others.allSatisfy { faccessat(folder, $0, F_OK, 0) != 0 }
    }

    /// Its `Baselines` are of us there, elsewhere they may be anybody's data.
    private static func isSetUp(_ folder: Int32) -> Bool { faccessat(folder, "chimera-gate.yml", F_OK, 0) == 0 }

    /// Relative to a folder, without symbolic links; nil where it is elsewhere.
    private static func path(_ file: String, below folder: String) -> [UInt8]? {
        guard let file = resolved(file), let folder = resolved(folder), file.starts(with: folder),
            file.count > folder.count, folder.last == ascii("/") || file[folder.count] == ascii("/")
        else { return nil }
        return Array(file[folder.count...].drop { $0 == ascii("/") })
    }

    private static func resolved(_ path: String) -> [UInt8]? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return Array(String(cString: resolved).utf8)
    }

    /// Roots may lie inside each other; the first one has the file.
    private static func dropRepeated(_ files: inout [ListedFile]) {
        var seen: Set<[UInt8]> = []
        files.removeAll { !seen.insert($0.path).inserted }
    }

    /// Where there is nothing else, texts are the artefacts.
    private static func takeTexts(_ listing: inout Listing) {
        for index in listing.files.indices where listing.files[index].isText {
            listing.files[index] = ListedFile(path: listing.files[index].path, content: .file(.text))
        }
        for suffix in CorpusRoot.textExtensions { listing.passedOver[suffix] = nil }
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
