import Foundation
import TestSupport

/// The tables of `Architecture.md`.
struct ModuleMap {
    struct Module {
        let name: String
        let imports: Set<String>
    }

    struct SystemLibrary {
        let name: String
        /// The Debian packages that bring the headers; empty where they belong to the system.
        let packages: [String]
    }

    let modules: [Module]
    let systemLibraries: [SystemLibrary]

    static func read() throws -> ModuleMap {
        let url = SharedData.packageRoot.appending(path: "Sources/GateCLI/Documentation.docc/Architecture.md")
        return ModuleMap(markdown: try String(contentsOf: url, encoding: .utf8))
    }

    init(markdown: String) {
        modules = Self.rows(of: "Modules", in: markdown).map { cells in
            Module(name: Self.names(in: cells[0])[0], imports: Set(Self.names(in: cells[2])))
        }
        systemLibraries = Self.rows(of: "System libraries", in: markdown).map { cells in
            SystemLibrary(
                name: Self.names(in: cells[0])[0],
                packages: cells[2] == "–" ? [] : cells[2].split(separator: " ").map(String.init))
        }
    }

    /// The cells of the table's rows below the heading, without its head.
    private static func rows(of heading: String, in markdown: String) -> [[String]] {
        markdown.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != "## \(heading)" }.dropFirst()
            .prefix { !$0.hasPrefix("## ") }
            .filter { $0.hasPrefix("|") }.dropFirst(2)
            .map { row in
                row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            }
    }

    /// What stands between backticks.
    private static func names(in cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
