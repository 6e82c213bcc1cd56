import Foundation
import GateCore
import GateCorpus
import TestSupport
import Testing

@Suite("A root that is missing") struct MissingRootTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("a,b\n1,2\n", to: "results/a.csv")
        try folder.write("# Text\n", to: "data/documents/a.md")
    }

    private func warnings(_ roots: [String]) throws -> [Warning] {
        let configured = roots.map { CorpusRoot(path: $0, extensions: CorpusRoot.supportedExtensions) }
        return try Ingest.read(folder.url.path, CorpusConfiguration(roots: configured)).warnings
    }

    @Test("is said, with the folder beside it that was probably meant")
    func misspelt() throws {
        let warnings = try warnings(["results", "data/docments"])
        #expect(warnings.count == 1)
        #expect(warnings.first?.message.contains("'data/docments' does not exist") == true)
        #expect(warnings.first?.remedy.contains("Did you mean 'data/documents'?") == true)
    }

    @Test("is said where nothing is near, too")
    func nothingNear() throws {
        let warnings = try warnings(["results", "missing/altogether", "artefacts"])
        #expect(warnings.map { $0.message.contains("does not exist") } == [true, true])
        #expect(warnings.allSatisfy { !$0.remedy.contains("Did you mean") && $0.remedy.contains("corpus.roots") })
    }

    @Test("is nothing to say of the roots that nobody configured")
    func defaults() throws {
        try folder.write("# Text\n", to: "reports/a.md")
        #expect(try Ingest.read(folder.url.path).warnings == [])
    }
}
