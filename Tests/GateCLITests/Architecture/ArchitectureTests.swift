import Foundation
import TestSupport
import Testing

@Suite("Architecture") struct ArchitectureTests {
    let map: ModuleMap

    init() throws { map = try ModuleMap.read() }

    @Test("the package has the targets and dependencies of the module table") func targets() throws {
        let package = try PackageTargets.describe()
        #expect(Set(package.shipped.map(\.name)) == Set(map.modules.map(\.name)))
        for target in package.shipped {
            let module = try #require(
                map.modules.first { $0.name == target.name }, "\(target.name) is not in the table")
            #expect(target.dependencies == module.imports, "\(target.name)")
        }
        #expect(Set(package.systemLibraries.map(\.name)) == Set(map.systemLibraries.map(\.name)))
    }

    @Test("sources import what their row of the table names, and nothing else") func imports() throws {
        for module in map.modules {
            let others = try SourceImports.of(module: module.name).subtracting(SourceImports.ofThePlatform)
            #expect(others.subtracting(module.imports) == [], "\(module.name)")
        }
    }

    @Test("values and verdicts need nothing but the mathematics of the C library, which one file imports")
    func core() throws {
        let values = try SourceImports.byFile(of: "GateCore").mapValues { $0.subtracting(["GateVocabulary"]) }
        #expect(values.filter { !$0.value.isEmpty }.isEmpty)
        let verdicts = try SourceImports.byFile(of: "GateVerdict").mapValues { $0.subtracting(["GateCore"]) }
        #expect(verdicts.filter { !$0.value.isEmpty } == ["Statistics/Mathematics.swift": ["Glibc"]])
    }

    @Test("each system library has exactly one importer") func importers() throws {
        let imports = try map.modules.map { ($0.name, try SourceImports.of(module: $0.name)) }
        for library in map.systemLibraries {
            let importers = imports.filter { $0.1.contains(library.name) }.map(\.0)
            #expect(importers.count == 1, "\(library.name) is imported by \(importers)")
        }
    }

    @Test(
        "an import statement is found in each of its forms",
        arguments: [
            "import Glibc", "public import Glibc", "@preconcurrency internal import Glibc", "    import Glibc",
            "import struct Glibc.timespec", "@_spi(Some) import Glibc // why",
        ])
    func statement(_ line: String) {
        #expect(SourceImports.of(source: "let a = 1\n\(line)\nlet b = 2") == ["Glibc"])
    }

    @Test("a comment or a name with import in it is no import statement")
    func noStatement() {
        #expect(SourceImports.of(source: "// import Glibc\nlet imports = 1\nimportant Glibc") == [])
    }
}
