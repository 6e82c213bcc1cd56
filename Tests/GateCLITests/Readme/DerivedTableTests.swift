import Foundation
import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateCLI

@Suite("Tables of the documentation") struct DerivedTableTests {
    /// CHIMERA_GATE_UPDATE_GOLDEN=1 writes them anew; the difference is for review.
    @Test("those that follow from the code are as it has them", arguments: Document.all)
    func derived(_ page: Document) throws {
        var text = try page.text()
        for name in DerivedTable.names(in: text) {
            let table = try #require(DerivedTable.all.first { $0.name == name }, "nothing makes the table '\(name)'")
            #expect(table.rows.count > 3)
            text = table.placed(in: text)
        }
        if ProcessInfo.processInfo.environment["CHIMERA_GATE_UPDATE_GOLDEN"] == "1", try text != page.text() {
            try Data(text.utf8).write(to: page.url)
        }
        let (made, written) = (text.split(separator: "\n"), try page.text().split(separator: "\n"))
        let difference = zip(made, written).first { $0 != $1 }
        #expect(made == written, "\(page) differs at: \(String(describing: difference))")
    }

    @Test("every derived table stands in a page") func placed() throws {
        let names = Set(try Document.all.flatMap { DerivedTable.names(in: try $0.text()) })
        #expect(names == Set(DerivedTable.all.map(\.name)))
    }

    @Test("a derived table takes the place of what stands below its mark, and of nothing else") func replaced() {
        let table = DerivedTable("some", ["a", "b"], [["1", "x|y"]])
        let page = "One\n\n<!-- derived: some -->\n\n| old |\n| --- |\n\nTwo\n\n| kept |\n"
        let made = table.placed(in: page)
        #expect(
            made == "One\n\n<!-- derived: some -->\n\n| a | b |\n| --- | --- |\n| 1 | x\\|y |\n\nTwo\n\n| kept |\n")
        #expect(table.placed(in: made) == made)
    }

    @Test("the verdicts are explained, each once") func outcomes() throws {
        func names(_ heading: String) throws -> [String] {
            try Document.article("Verdicts").rows(below: heading).flatMap { Document.codes(in: $0[0]) }
        }
        #expect(try names("Of one metric").sorted() == Outcome.allCases.map(\.rawValue).sorted())
        #expect(try names("Of the whole") == OverallVerdict.allCases.map(\.rawValue))
    }

    @Test("every reason of an invalid call is explained, once") func invalidCalls() throws {
        let rows = try Document.article("Troubleshooting").rows(below: "Invalid calls")
        let names = rows.flatMap { Document.codes(in: $0[0]) }
        #expect(names.sorted() == InvalidCall.Kind.allCases.map(\.rawValue).sorted())
        #expect(rows.allSatisfy { $0.count == 3 })
    }

    @Test("messages that are explained are ones that the program writes") func messages() throws {
        let sources = try Self.sources()
        let lines = try Document.article("Troubleshooting").text().split(separator: "\n")
        var column: Int?
        var count = 0
        for line in lines {
            guard line.hasPrefix("|") else {
                column = nil
                continue
            }
            let cells = Document.cells(line)
            if let found = cells.firstIndex(of: "message") { column = found }
            guard let column, let message = Document.codes(in: cells[column]).first else { continue }
            count += 1
            for part in message.split(separator: "…") {
                let part = part.trimmingCharacters(in: .whitespaces)
                #expect(part.isEmpty || sources.contains(part), "no message has '\(part)' of '\(message)'")
            }
        }
        #expect(count > 40)
    }

    /// All sources in one text, with literals that go over several lines in one piece.
    private static func sources() throws -> String {
        let folder = SharedData.packageRoot.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
            .replacing(#/"\n *\+ "/#, with: "").replacing(#/ \\\n */#, with: " ").replacing("\\\"", with: "\"")
    }
}
