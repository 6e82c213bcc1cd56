import GateCore
import GateFiles
import GateSettings

/// A folder that holds artefacts in itself.
struct ArtefactFolder: Equatable {
    /// From the folder where the search began.
    let path: String
    /// How many files of each extension lie in it and below it.
    var files: [String: Int]
}

/// Looks for the folders that a workload would read.
struct ArtefactFolders {
    /// More roots than that are no list that a person writes.
    private static let most = 20
    private static let deepest = 4
    private static let mostFolders = 2000
    /// Of builds, packages and chimera-gate's own.
    private static let passedOver: Set<String> = [
        "build", "dist", "out", "target", "node_modules", "deriveddata", "vendor", "venv", "__pycache__", "baselines",
    ]
    /// A folder with programs in it is no folder of artefacts, whatever else it holds.
    private static let ofPrograms: Set<String> = [
        "swift", "py", "js", "ts", "c", "h", "cc", "cpp", "go", "rs", "java", "kt", "rb", "sh", "tf",
    ]

    private var visited = 0
    private var found: [ArtefactFolder] = []

    /// The topmost folders below `folder` that hold CSV, JSON or Markdown; hidden folders, those of builds, and symbolic
    /// links are passed over.
    static func below(_ folder: String) -> [ArtefactFolder] {
        var search = ArtefactFolders()
        for name in names(in: folder) { search.visit(name, in: folder, depth: 1) }
        let usual = CorpusRoot.defaults.map(\.path)
        let first = usual.compactMap { name in search.found.first { $0.path == name } }
        return Array((first + search.found.filter { !usual.contains($0.path) }).prefix(most))
    }

    private mutating func visit(_ path: String, in folder: String, depth: Int) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard depth <= ArtefactFolders.deepest, visited < ArtefactFolders.mostFolders, !name.hasPrefix("."),
            !ArtefactFolders.passedOver.contains(name.lowercased()), PathKind.of("\(folder)/\(path)") == .folder,
            // A name that the file can say as it is.
            ValueReader<String>.rootPath.takes(path)
        else { return }
        visited += 1
        let names = ArtefactFolders.names(in: "\(folder)/\(path)")
        let files = names.filter { PathKind.of("\(folder)/\(path)/\($0)") == .file }
        let artefacts = files.filter { $0.lowercased() != "readme.md" }.compactMap(ArtefactFolders.artefactExtension)
        let holdsPrograms = files.contains { ArtefactFolders.ofPrograms.contains(ArtefactFolders.fileExtension($0)) }
        if !artefacts.isEmpty, !holdsPrograms {
            found.append(
                ArtefactFolder(path: path, files: Dictionary(grouping: artefacts) { $0 }.mapValues(\.count)))
            return
        }
        for name in names { visit("\(path)/\(name)", in: folder, depth: depth + 1) }
    }

    private static func names(in folder: String) -> [String] { (try? Folder.names(in: folder)) ?? [] }

    private static func fileExtension(_ name: String) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() ?? ""
    }

    private static func artefactExtension(_ name: String) -> String? {
        let found = fileExtension(name)
        return CorpusRoot.supportedExtensions.contains(found) ? found : nil
    }
}

extension ValueReader {
    /// Whether it takes the text of a scalar.
    func takes(_ text: String) -> Bool {
        var problems: [ConfigurationProblem] = []
        return read(ConfigurationNode(content: .scalar(text, isPlain: false), origin: .nowhere), "", &problems) != nil
    }
}
