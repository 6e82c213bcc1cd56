import Foundation
import TestSupport

/// Where the documentation's commands find what they name.
enum Documentation {
    static let folder = "Sources/GateCLI/Documentation.docc"

    /// The binary that CHIMERA_GATE_BINARY names, else the one of the debug build.
    static var binary: URL {
        if let named = ProcessInfo.processInfo.environment["CHIMERA_GATE_BINARY"] { return URL(filePath: named) }
        return SharedData.packageRoot.appending(path: ".build/debug/chimera-gate")
    }
}

/// A page that people read: README.md, or an article of the documentation.
struct Document: CustomStringConvertible {
    /// From the root of the checkout.
    let path: String

    var url: URL { SharedData.packageRoot.appending(path: path) }
    /// `Metrics` of `Metrics.md`.
    var name: String { url.deletingPathExtension().lastPathComponent }
    var description: String { path }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

    static let readme = Document(path: "README.md")
    static let contributing = Document(path: "CONTRIBUTING.md")
    /// The first page, which lists the others.
    static let root = article("chimera-gate")

    static func article(_ name: String) -> Document { Document(path: "\(Documentation.folder)/\(name).md") }

    static let articles: [Document] = {
        let folder = SharedData.packageRoot.appending(path: Documentation.folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map { Document(path: "\(Documentation.folder)/\($0)") }
    }()

    /// README and every article.
    static let all = [readme] + articles
}

extension Document {
    /// The cells of the rows below a heading, in all of its tables, without their heads.
    func rows(below heading: String) throws -> [[String]] {
        let lines = try text().split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0.drop { $0 == "#" } != " \(heading)" || !$0.hasPrefix("#") }.dropFirst()
            .prefix { !$0.hasPrefix("#") }
        return lines.split { !$0.hasPrefix("|") }.flatMap { $0.dropFirst(2) }.map(Document.cells)
    }

    static func cells(_ row: Substring) -> [String] {
        let bar = "\u{1}"
        return row.replacing(#"\|"#, with: bar).split(separator: "|").map {
            $0.replacing(bar, with: "|").trimmingCharacters(in: .whitespaces)
        }
    }

    /// What stands between backticks.
    static func codes(in text: String) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
