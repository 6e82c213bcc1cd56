import Foundation
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite("JUnit files of several jobs become one") struct JUnitMergeTests {
    private func file(_ name: String, _ text: String) -> JUnitMerge.File {
        JUnitMerge.File(name: name, bytes: Array(text.utf8))
    }

    private func own(_ input: ReportInput, _ flavour: JUnitFlavour = .jenkins) throws -> JUnitMerge.File {
        file("own.xml", try JUnitReport(flavour: flavour).render(input))
    }

    private func ids(_ merged: JUnitMerge) throws -> [String] {
        try XMLReader.read(Array(merged.text.utf8)).children.flatMap(\.children).filter { $0.name == "testcase" }
            .map { "\($0["classname"] ?? "")/\($0["name"] ?? "")" }
    }

    @Test(
        "suites in the order of their names, counts of what is there, and the worst verdict",
        arguments: JUnitFlavour.allCases)
    func joined(flavour: JUnitFlavour) throws {
        let foreign = file("unit.xml", #"<testsuite name="a"><testcase name="x" time="1.5"/></testsuite>"#)
        let regressed = try own(ReportCases.regressed, flavour)
        let merged = try JUnitMerge([regressed, foreign])
        #expect(merged.overall == .regression && merged.exitCode == 1 && merged.suites == 2)
        let root = try XMLReader.read(Array(merged.text.utf8))
        #expect(root.children.map { $0["name"] } == ["a", "analysis [ci-small]"])
        #expect(root["tests"] == "\(merged.cases)" && root["failures"] == "3" && root["time"] == "59.082")
        #expect(try JUnitMerge([foreign, regressed]).text == merged.text)
        let validator = SharedData.url("schemas/junit-10.xsd")
        if FileManager.default.fileExists(atPath: validator.path), flavour != .rich {
            #expect(try #require(try SchemaValidator(validator)).isValid(merged.text), "\(merged.text.prefix(2000))")
        }
    }

    @Test("no two cases have one name: GitLab would show the first and nothing of the second") func unique() throws {
        let twice = try own(ReportCases.passed)
        let merged = try JUnitMerge([twice, twice])
        let all = try ids(merged)
        #expect(Set(all).count == all.count && all.contains("chimera.analysis.ci-small.run/completed (2)"))
        let text =
            #"<testsuite name="s"><testcase name="x"/><testcase name="x (2)"/><testcase name="x"><failure/></testcase></testsuite>"#
        let numbered = try JUnitMerge([file("a.xml", text)])
        #expect(try ids(numbered) == ["s/x", "s/x (2)", "s/x (3)"] && numbered.exitCode == 1)
    }

    @Test("suites in suites stand beside them, where every reader finds them") func nested() throws {
        let text = """
            <testsuites><testsuite name="out"><testsuite name="in" tests="9"><testcase classname="c" name="x"/></testsuite>
            <testcase classname="c" name="y"><error type="E"/></testcase></testsuite></testsuites>
            """
        let merged = try JUnitMerge([file("a.xml", text)])
        let root = try XMLReader.read(Array(merged.text.utf8))
        #expect(root.children.map { $0["name"] } == ["out", "out/in"])
        #expect(root.children.map { $0["tests"] } == ["1", "1"])
        #expect(merged.overall == .infrastructureError && merged.exitCode == 69)
    }

    @Test("a suite of ours says how it ended, but not that it passed where a case did not") func believed() throws {
        let strict = try own(ReportCases.withoutBaseline)
        #expect(try JUnitMerge([strict, try own(ReportCases.passed)]).exitCode == 6)
        let green = String(decoding: try own(ReportCases.regressed).bytes, as: UTF8.self)
            .replacing("name=\"chimera.verdict\" value=\"regression\"", with: "name=\"chimera.verdict\" value=\"pass\"")
            .replacing("name=\"chimera.exit-code\" value=\"1\"", with: "name=\"chimera.exit-code\" value=\"0\"")
        #expect(try JUnitMerge([file("a.xml", green)]).exitCode == 1)
    }

    @Test(
        "what is no JUnit file, or has no case, is an error and no pass",
        arguments: [
            "", "<html/>", "<testsuites/>", "<testsuite name='a'/>", "<testsuite><testcase name='a'></testsuite>",
            "<!DOCTYPE testsuite [<!ENTITY a 'b'>]><testsuite><testcase name='&a;'/></testsuite>",
            "<?xml version='1.0'?><!-- < --><!DOCTYPE x><testsuite><testcase name='a'/></testsuite>",
        ])
    func refused(text: String) { #expect(throws: JUnitMergeError.self) { try JUnitMerge([file("a.xml", text)]) } }

    @Test("a document that mentions a DOCTYPE in a text has none") func mentioned() throws {
        let text =
            "<testsuite name='s'><testcase name='a'><system-out><![CDATA[<!DOCTYPE html>]]></system-out></testcase></testsuite>"
        #expect(try JUnitMerge([file("a.xml", text)]).cases == 1)
    }

    @Test("too many, too deep and too large are refused before they cost anything") func caps() throws {
        let deep = String(repeating: "<testsuite name='a'>", count: 100) + String(repeating: "</testsuite>", count: 100)
        #expect(throws: JUnitMergeError.unreadable("d", "the XML is nested more than 64 levels deep")) {
            try JUnitMerge([file("d", deep)])
        }
        let wide = JUnitMerge.File(name: "w", bytes: [UInt8](repeating: UInt8(ascii: "<"), count: 5_000_000))
        #expect(throws: JUnitMergeError.unreadable("w", "the XML has more than 2000000 elements")) {
            try JUnitMerge([wide])
        }
        let large = JUnitMerge.File(name: "l", bytes: [UInt8](repeating: 0x20, count: JUnitMerge.maximumFileBytes + 1))
        #expect(throws: JUnitMergeError.unreadable("l", "it is too large")) { try JUnitMerge([large]) }
    }

    @Test(
        "the hostile examples are refused: bombs, external entities, inclusions, depth",
        arguments: ["lol", "xxe", "xinclude", "deep"])
    func hostile(name: String) throws {
        let url = SharedData.url("examples/hostile-xml/\(name).xml")
        guard let bytes = try? Data(contentsOf: url) else { return }
        let read = Result { try JUnitMerge([JUnitMerge.File(name: name, bytes: Array(bytes))]) }
        switch read {
        case .failure: break
        // An inclusion that nobody follows is an element like any other.
        case .success(let merged):
            #expect(name == "xinclude" && !merged.text.contains("root:"), "\(merged.text)")
        }
    }
}
