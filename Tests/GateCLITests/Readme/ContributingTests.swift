import Foundation
import TestSupport
import Testing

@Suite("CONTRIBUTING") struct ContributingTests {
    private static let files = ["Sources", "Tests"].flatMap { name in
        let folder = SharedData.packageRoot.appending(path: name)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return files.compactMap { $0 as? URL }
    }

    private func codes() throws -> [String] {
        // Blocks between fences are no names.
        Document.codes(in: try Document.contributing.text().replacing(/```(?s).*?```/, with: ""))
    }

    private func isFile(_ name: String) -> Bool {
        name.wholeMatch(of: /[A-Za-z0-9+.-]+\.(swift|md|json|yml)/) != nil
    }

    @Test("files that it names by their names alone are there") func files() throws {
        let names = try codes().filter(isFile)
        #expect(names.count > 5)
        let present = Set(Self.files.map(\.lastPathComponent)).union(["Package.swift"])
        for name in names { #expect(present.contains(name), "\(name)") }
    }

    @Test("types, suites and folders that it names are there") func types() throws {
        let sources = try Self.files.filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
        let declared = sources.matches(of: /(?:struct|class|enum|protocol|typealias) ([A-Z][A-Za-z]+)/)
        let present = Set(declared.map { String($0.1) })
            .union(
                Self.files.flatMap { file in
                    [
                        file.deletingPathExtension().lastPathComponent,
                        file.deletingLastPathComponent().lastPathComponent,
                    ]
                })
        let names = try codes().filter { !isFile($0) }
            .compactMap { $0.wholeMatch(of: /([A-Z][A-Za-z]+[a-z])(\.[A-Za-z(:)]+)?/) }.map { String($0.1) }
        #expect(names.count > 20)
        for name in names { #expect(present.contains(name), "\(name)") }
    }

    @Test("each thing to add ends with its test") func tests() throws {
        let sections = try Document.contributing.text().split(separator: "\n## ").filter { $0.hasPrefix("Add a ") }
        #expect(sections.count >= 6)
        for section in sections {
            #expect(section.contains(/`[A-Za-z]+Tests`/), "\(section.prefix { $0 != "\n" }) names no test")
        }
    }
}
