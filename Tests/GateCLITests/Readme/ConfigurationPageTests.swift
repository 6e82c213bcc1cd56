import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateCLI
@testable import GateSettings

@Suite("The page of the configuration") struct ConfigurationPageTests {
    /// The block of YAML that stands below `<!-- reference -->`.
    private func reference() throws -> String {
        let text = try Document.article("Configuration").text()
        let block = try #require(text.firstMatch(of: /<!-- reference -->\n```yaml\n((?s).*?)```/))
        return String(block.1)
    }

    @Test("its file with everything is one that is taken") func referenceIsValid() throws {
        let resolved = try configuration(try reference())
        #expect(resolved.policy.pairs == 20 && resolved.corpus == CorpusConfiguration())
    }

    @Test("its files have every key") func referenceIsWhole() throws {
        let reference = try reference()
        let page = try Document.article("Configuration").text()
        let all = Set(Settings.all.flatMap { $0.key.split(separator: ".").map(String.init) })
        #expect(all.count > 40)
        for key in all {
            let isShown = reference.contains("\(key):")
            // Those of reports and of commands have blocks of their own.
            #expect(
                isShown || page.contains("\n  \(key):") || page.contains("\n\(key):") || key.contains(/^[A-Z]\d\d$/),
                "\(key) is not shown")
        }
    }

    @Test("every block of YAML in a page is a configuration that is taken", arguments: Document.all)
    func blocks(_ page: Document) throws {
        for block in try page.text().matches(of: /```yaml\n((?s).*?)```/) {
            let text = String(block.1)
            let flags = ConfigurationFlags(["agent.model": text.contains("model:") ? nil : "m"])
            #expect(problems(text, flags: flags) == [], "\(page):\n\(text)")
        }
    }
}
