import GateCore
import GateJSON
import Glibc

/// A file that is to be read, or that cannot be.
struct ListedFile {
    enum Content {
        case file(ArtifactKind)
        /// Plain text: no artefact, but what people and tools write beside them.
        case note(isOfSettings: Bool)
        case refused(reason: String)
    }

    /// Relative to the corpus folder, with `/`: the bytes of the file system.
    let path: [UInt8]
    let content: Content

    var isArtifact: Bool { if case .file = content { true } else { false } }

    /// A text, not settings: it may be an artefact where nothing else is.
    var isText: Bool { if case .note(let isOfSettings) = content { !isOfSettings } else { false } }
}

/// Lists the files of a root by `openat` and `readdir`, which is a hundred times faster than FileManager.
///
/// No symbolic link is followed. Folders whose names begin with a dot are passed over, as they hold the state of tools, but for
/// those in which tools keep results.
struct FolderWalk {
    /// Each open folder holds a descriptor.
    private static let maximumDepth = 100

    private let extensions: [(name: [UInt8], kind: ArtifactKind)]
    private let others: Set<[UInt8]>
    /// Sorted by path, bytewise, once the walk is done.
    private(set) var files: [ListedFile] = []
    private(set) var linkedFolders: [String] = []
    /// Files with data in a form that is not read, by the end of their names.
    private(set) var passedOver: [String: Int] = [:]

    /// Something besides notes was found.
    var hasArtifacts: Bool {
        files.contains { if case .note = $0.content { false } else { true } }
    }

    private init(_ root: CorpusRoot, _ others: Set<[UInt8]>) {
        self.others = others
        extensions = root.extensions.compactMap { name in
            ArtifactKind(fileExtension: name).map { (Array(name.utf8), $0) }
        }
    }

    /// - Parameter others: folders below the corpus folder that are not walked; with any, sessions are not either.
    /// - Returns: nil where there is no such folder.
    static func list(_ root: CorpusRoot, in folder: Int32, except others: Set<[UInt8]> = []) -> FolderWalk? {
        let names = root.path.utf8.split(separator: ascii("/")).map(Array.init).filter { $0 != [ascii(".")] }
        let path = Array(names.joined(separator: [ascii("/")]))
        let descriptor = openFolder(names, in: folder)
        guard descriptor >= 0 else {
            guard errno != ENOENT else { return nil }
            let reason = errno == ENOTDIR || errno == ELOOP ? "no folder; a symbolic link is not followed" : lastError()
            var walk = FolderWalk(root, others)
            walk.refuse(path, "the root cannot be opened (\(reason))")
            return walk
        }
        var walk = FolderWalk(root, others)
        walk.list(descriptor, path: path, depth: 0)
        walk.files.sort { precedes($0.path, $1.path) }
        walk.linkedFolders.sort()
        return walk
    }

    /// Takes the descriptor over and closes it.
    private mutating func list(_ descriptor: Int32, path: [UInt8], depth: Int) {
        guard depth < FolderWalk.maximumDepth else {
            close(descriptor)
            refuse(path, "folders nested more than \(FolderWalk.maximumDepth) deep are not read")
            return
        }
        guard let stream = fdopendir(descriptor) else {
            refuse(path, "the folder cannot be listed (\(lastError()))")
            close(descriptor)
            return
        }
        defer { closedir(stream) }
        // What we have written is no data of a folder that nobody told the roots of.
        if !others.isEmpty, faccessat(descriptor, "session.json", F_OK, 0) == 0 { return }
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = entryName(entry)
            if name.count <= 2, name.allSatisfy({ $0 == ascii(".") }) { continue }
            visit(name, type: entryType(entry, name, descriptor), path: path, descriptor, depth)
        }
        if errno != 0 { refuse(path, "the folder cannot be listed to its end (\(lastError()))") }
    }

    private mutating func visit(
        _ name: UnsafeBufferPointer<UInt8>, type: EntryType, path: [UInt8], _ descriptor: Int32, _ depth: Int
    ) {
        var child: [UInt8] = []
        child.reserveCapacity(path.count + 1 + name.count)
        if !path.isEmpty {
            child += path
            child.append(ascii("/"))
        }
        child += name
        guard !others.contains(child) else { return }
        if type == .folder {
            guard name.first != ascii(".") || FolderWalk.resultFolders.contains(where: name.elementsEqual) else {
                return
            }
            let inner = withName(name) { openat(descriptor, $0, folderFlags) }
            guard inner >= 0 else { return refuse(child, "the folder cannot be opened (\(lastError()))") }
            return list(inner, path: child, depth: depth + 1)
        }
        guard let kind = kind(of: name) else {
            if type == .link, isFolder(name, descriptor) {
                linkedFolders.append(String(decoding: child, as: UTF8.self))
            }
            if type == .file { passOver(name, child) }
            return
        }
        guard isPrintable(name) else { return refuse(child, "its name is not printable UTF-8") }
        switch type {
        case .file: files.append(ListedFile(path: child, content: .file(kind)))
        case .link: refuse(child, "a symbolic link, which is not followed")
        default: refuse(child, "not a regular file")
        }
    }

    private mutating func refuse(_ path: [UInt8], _ reason: String) {
        files.append(ListedFile(path: path, content: .refused(reason: reason)))
    }

    /// Counts a file that is not read, by its suffix where it may hold data; hidden ones are nobody's data.
    private mutating func passOver(_ name: UnsafeBufferPointer<UInt8>, _ path: [UInt8]) {
        guard name.first != ascii(".") else { return }
        let dot = name.lastIndex(of: ascii(".")).map { $0 + 1 } ?? name.endIndex
        let suffix = String(decoding: name[dot...], as: UTF8.self).lowercased()
        passedOver[FolderWalk.dataSuffixes.contains(suffix) ? suffix : "", default: 0] += 1
        let isOfSettings = FolderWalk.settingSuffixes.contains(suffix)
        guard isOfSettings || FolderWalk.textSuffixes.contains(suffix) else { return }
        files.append(ListedFile(path: path, content: .note(isOfSettings: isOfSettings)))
    }

    /// Of pytest-benchmark and Lighthouse CI.
    private static let resultFolders = [".benchmarks", ".lighthouseci"].map { Array($0.utf8) }

    private static let textSuffixes = Set(CorpusRoot.textExtensions)
    private static let settingSuffixes: Set<String> = [
        "yaml", "yml", "toml", "ini", "cfg", "conf", "cnf", "properties",
    ]

    /// Of files in which people keep measurements.
    private static let dataSuffixes: Set<String> = [
        "csv", "tsv", "json", "jsonl", "ndjson", "md", "markdown", "txt", "log", "out", "xml", "yaml", "yml", "toml",
        "ini", "cfg", "conf", "cnf", "properties", "xlsx", "xls", "ods", "parquet", "feather", "arrow", "html",
        "sqlite", "db", "gz", "bz2", "xz", "zst", "zip", "npy",
        "npz", "pkl", "prof", "trace",
    ]

    private func kind(of name: UnsafeBufferPointer<UInt8>) -> ArtifactKind? {
        let name = Gzip.withoutSuffix(name)
        guard let dot = name.lastIndex(of: ascii(".")), dot > 0 else { return nil }
        let suffix = name[(dot + 1)...].lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return extensions.first { $0.name.elementsEqual(suffix) }?.kind
    }

    private func isPrintable(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        if name.allSatisfy({ (0x20..<0x7F).contains($0) }) { return true }
        guard let text = String(validating: name, as: UTF8.self) else { return false }
        return !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

/// Bytewise.
private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
                return left.count < right.count
            }
            let order = memcmp(leftStart, rightStart, min(left.count, right.count))
            return order == 0 ? left.count < right.count : order < 0
        }
    }
}

extension ArtifactKind {
    /// For an extension in lower case without its dot.
    init?(fileExtension: String) {
        switch fileExtension {
        case "csv", "tsv": self = .csv
        case "json", "jsonl", "ndjson": self = .json
        case "md", "markdown": self = .markdown
        case _ where CorpusRoot.textExtensions.contains(fileExtension): self = .text
        default: return nil
        }
    }
}

private enum EntryType { case file, folder, link, other }

/// Valid until the folder's next entry is asked for.
private func entryName(_ entry: UnsafeMutablePointer<dirent>) -> UnsafeBufferPointer<UInt8> {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let name = UnsafeRawPointer(entry).advanced(by: offset)
    return UnsafeBufferPointer(
        start: name.assumingMemoryBound(to: UInt8.self), count: strlen(name.assumingMemoryBound(to: CChar.self)))
}

private func entryType(
    _ entry: UnsafeMutablePointer<dirent>, _ name: UnsafeBufferPointer<UInt8>, _ folder: Int32
) -> EntryType {
    switch Int(entry.pointee.d_type) {
    case Int(DT_REG): return .file
    case Int(DT_DIR): return .folder
    case Int(DT_LNK): return .link
    case Int(DT_UNKNOWN):
        // Some file systems do not tell.
        guard let mode = fileMode(name, folder, AT_SYMLINK_NOFOLLOW) else { return .other }
        switch mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    default: return .other
    }
}

/// Whether a link leads to a folder; looked at, not entered.
private func isFolder(_ name: UnsafeBufferPointer<UInt8>, _ folder: Int32) -> Bool {
    fileMode(name, folder, 0).map { $0 & S_IFMT == S_IFDIR } ?? false
}

private func fileMode(_ name: UnsafeBufferPointer<UInt8>, _ folder: Int32, _ flags: Int32) -> mode_t? {
    var status = stat()
    guard withName(name, { fstatat(folder, $0, &status, flags) }) == 0 else { return nil }
    return status.st_mode
}
