import Foundation
import GateProcess
import TestSupport
import Testing

@Suite("System libraries") struct SystemLibraryTests {
    @Test("a missing header ends in a sentence that names the package to install") func missingHeader() throws {
        for library in try ModuleMap.read().systemLibraries where !library.packages.isEmpty {
            let shim = SharedData.packageRoot.appending(path: "Sources/\(library.name)/shim.h")
            let compiled = try ChildProcess.capture(
                command: ["clang", "-fsyntax-only", "-nostdinc", "-x", "c", shim.path], limit: 1 << 20,
                timeoutSeconds: 60)
            #expect(!compiled.status.isSuccess, "\(library.name)")
            let said = compiled.errorLines.joined(separator: "\n")
            let sentence = "apt-get install \(library.packages.joined(separator: " "))'"
            #expect(said.contains(sentence), "\(library.name): \(said)")
        }
    }

    @Test("ci/setup installs every package") func setup() throws {
        let script = try String(contentsOf: SharedData.packageRoot.appending(path: "ci/setup"), encoding: .utf8)
        let words = Set(script.split { $0.isWhitespace || $0 == "(" || $0 == ")" }.map(String.init))
        for library in try ModuleMap.read().systemLibraries {
            #expect(words.isSuperset(of: library.packages), "\(library.name)")
        }
    }

    @Test("Package.swift names the same packages to apt") func providers() throws {
        let manifest = try String(contentsOf: SharedData.packageRoot.appending(path: "Package.swift"), encoding: .utf8)
        for library in try ModuleMap.read().systemLibraries where !library.packages.isEmpty {
            let names = library.packages.map { "\"\($0)\"" }.joined(separator: ", ")
            #expect(manifest.contains(".apt([\(names)])"), "\(library.name)")
        }
    }
}
