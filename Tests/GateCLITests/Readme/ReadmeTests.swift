import Foundation
import TestSupport
import Testing

@testable import GateCLI

/// One after the other, as their servers and checks measure time.
@Suite("README and articles", .serialized) struct ReadmeTests {
    @Test("console blocks do what they show", arguments: Document.all)
    func console(_ page: Document) throws {
        let document = try ConsoleDocument(markdown: page.text())
        let copy = try TemporaryFolder()
        for name in ["ci", "Baselines"] {
            try copy.copyProgram(SharedData.packageRoot.appending(path: name), to: name)
        }
        let programs = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            at: programs.url.appending(path: "chimera-gate"), withDestinationURL: Documentation.binary)
        let failures = try ConsoleRunner(folder: copy.url, programs: programs.url).failures(of: document)
        #expect(failures.isEmpty, "\(page):\n\(failures.map(\.description).joined(separator: "\n\n"))")
    }

    @Test("README runs what it shows, is read on two screens, and links every article") func readme() throws {
        let text = try Document.readme.text()
        #expect(try ConsoleDocument(markdown: text).blocks.contains { $0.notRun == nil }, "nothing of README.md is run")
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 115)
        for article in Document.articles where article.name != Document.root.name {
            #expect(text.contains("(\(article.path))"), "\(article) is not linked")
        }
    }

    @Test("the first page lists every article") func root() throws {
        let text = try Document.root.text()
        #expect(Document.articles.count > 10)
        for article in Document.articles where article.name != Document.root.name {
            #expect(text.contains("- <doc:\(article.name)>"), "\(article) is not listed")
        }
    }

    @Test("files that pages name or link are there", arguments: Document.all + [.contributing])
    func paths(_ page: Document) throws {
        let text = try page.text()
        let folder = page.url.deletingLastPathComponent()
        for link in text.matches(of: /\]\(([^):#]+)(?:#[^)]*)?\)/) {
            let target = folder.appending(path: String(link.1))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page) links \(link.1)")
        }
        for named in text.matches(of: /`((?:Sources|Tests|Baselines|ci)\/[A-Za-z0-9_.\/+-]*)[` ]/) {
            let target = SharedData.packageRoot.appending(path: String(named.1))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page) names \(named.1)")
        }
    }
}
