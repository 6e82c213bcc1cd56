import Foundation
import TestSupport

/// The modules that Swift sources import, by their import statements.
enum SourceImports {
    /// Swift's own and the C library, which every module may use.
    static let ofThePlatform: Set<String> = [
        "Swift", "Synchronization", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin",
    ]

    /// What the sources of a shipped module import.
    static func of(module: String) throws -> Set<String> {
        try byFile(of: module).values.reduce(into: []) { $0.formUnion($1) }
    }

    /// The same by file, relative to the module's folder.
    static func byFile(of module: String) throws -> [String: Set<String>] {
        let folder = SharedData.packageRoot.appending(path: "Sources/\(module)")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try Dictionary(
            uniqueKeysWithValues: files.map { file in
                (file, of(source: try String(contentsOf: folder.appending(path: file), encoding: .utf8)))
            })
    }

    static func of(source: String) -> Set<String> {
        let statement =
            /\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|actor|func|var|let|typealias)\s+)?(\w+).*/
        return Set(
            source.split(whereSeparator: \.isNewline).compactMap { $0.wholeMatch(of: statement) }.map { String($0.1) })
    }
}
