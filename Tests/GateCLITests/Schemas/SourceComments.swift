import Foundation
import GateJSON
import TestSupport

/// What the sources say before each type and each property, and the literals that constants have.
struct SourceComments {
    /// By `Module.Type.property`: the first paragraph, on one line, with "absent" for nil.
    private(set) var words: [String: String] = [:]
    /// By the same names: `let version = 1`.
    private(set) var literals: [String: JSONValue] = [:]

    /// - Parameter modules: in whose folders the types are.
    init(of modules: [String]) throws {
        for module in modules {
            let folder = SharedData.packageRoot.appending(path: "Sources/\(module)")
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
                read(try String(contentsOf: file, encoding: .utf8), of: module)
            }
        }
    }

    /// Nesting is told by indentation, which the formatter sees to.
    private mutating func read(_ text: String, of module: String) {
        var scopes: [(indent: Int, name: String)] = []
        var comment: [Substring] = []
        for line in text.split(separator: "\n") {
            let code = line.drop { $0 == " " }
            if code.hasPrefix("///") {
                comment.append(code.dropFirst(3))
                continue
            }
            defer { comment = [] }
            let indent = line.count - code.count
            while let last = scopes.last, indent <= last.indent { scopes.removeLast() }
            guard indent == scopes.last.map({ $0.indent + 4 }) ?? 0, let declared = Declaration(code) else { continue }
            let name = ([scopes.last?.name ?? module] + [declared.name]).joined(separator: ".")
            if declared.isScope { scopes.append((indent, name)) }
            if !comment.isEmpty { words[name] = Self.paragraph(comment) }
            literals[name] = declared.literal
        }
    }

    private struct Declaration {
        let name: String
        let isScope: Bool
        let literal: JSONValue?

        private static let scopes: Set<Substring> = ["struct", "enum", "class", "actor", "extension"]
        private static let modifiers: Set<Substring> = [
            "public", "package", "private", "private(set)", "internal(set)", "fileprivate", "static", "final",
            "indirect",
        ]

        init?(_ code: Substring) {
            let parts = code.split(separator: " ").drop { Self.modifiers.contains($0) }
            guard parts.count > 1, let kind = parts.first else { return nil }
            isScope = Self.scopes.contains(kind)
            guard isScope || kind == "let" || kind == "var" else { return nil }
            name = String(parts[parts.startIndex + 1].prefix { !":<{,".contains($0) }.filter { $0 != "`" })
            let value = code.split(separator: " = ", maxSplits: 1)
            literal = kind == "let" && value.count == 2 ? try? JSONValue.parse(Array(value[1].utf8)) : nil
        }
    }

    private static func paragraph(_ lines: [Substring]) -> String {
        lines.map { $0.trimmingCharacters(in: .whitespaces) }.prefix { !$0.isEmpty && !$0.hasPrefix("- ") }
            .joined(separator: " ").replacing("``", with: "`")
            .replacing(/\bnil\b/, with: "absent").replacing(/\bNil\b/, with: "Absent").replacing(
                /^absent/, with: "Absent")
    }
}
