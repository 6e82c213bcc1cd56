import GateCore
import GateFiles
import GateVerdict

/// The reports that a command line names.
enum ReportPaths {
    /// Each file as it is named; of a folder every Markdown file below it, in the order of their paths.
    static func expanded(_ names: [String]) throws -> [String] {
        try names.flatMap { name -> [String] in
            guard name != "-", PathKind.of(name + "/.") == .folder else { return [name] }
            let folder = name.hasSuffix("/") && name != "/" ? String(name.dropLast()) : name
            let found = try markdown(in: folder, depth: 0)
            guard !found.isEmpty else {
                throw CommandFailure(
                    .malformedData, "there is no Markdown file below '\(folder)'", remedy: "Name a report: report.md.")
            }
            return found
        }
    }

    private static let deepest = 16

    private static func markdown(in folder: String, depth: Int) throws -> [String] {
        guard depth < deepest else { return [] }
        return try Folder.names(in: folder).sorted().flatMap { name -> [String] in
            let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            return switch PathKind.of(path) {
            case .folder: try markdown(in: path, depth: depth + 1)
            case .file where name.lowercased().hasSuffix(".md"): [path]
            default: []
            }
        }
    }
}
