import Foundation
import TestSupport
import Testing

@testable import GateReports

/// What others make of our files: PyPI's readers themselves, and the rules of those that run in pipelines only, restated
/// from their sources.
@Suite("Readers of JUnit count what we count") struct JUnitReadersTests {
    private struct Counts: Equatable, CustomStringConvertible {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0
        var description: String { "\(tests) tests, \(failures) failures, \(errors) errors, \(skipped) skipped" }
    }

    private static func files() throws -> [(name: String, text: String)] {
        try JUnitFlavour.allCases.flatMap { flavour in
            let report = JUnitReport(flavour: flavour)
            let single = try [ReportCases.passed, ReportCases.regressed, ReportCases.broken, ReportCases.inconclusive]
                .map { try report.render($0) }
            let joint = try report.render(ReportCases.joint)
            let cases = try report.render(JudgedCasesTests.every)
            let merged = try JUnitMerge(
                (single + [joint, cases]).map { JUnitMerge.File(name: "f", bytes: Array($0.utf8)) })
            return (single + [joint, cases, merged.text]).enumerated().map {
                ("\(flavour.rawValue)-\($0.offset)", $0.element)
            }
        }
    }

    private func suites(_ text: String) throws -> [XMLElement] {
        let root = try XMLReader.read(Array(text.utf8))
        return root.name == "testsuite" ? [root] : root.children
    }

    private func cases(_ text: String) throws -> [XMLElement] {
        try suites(text).flatMap(\.children).filter { $0.name == "testcase" }
    }

    private func counts(_ text: String) throws -> Counts {
        try cases(text).reduce(into: Counts()) { counts, testCase in
            counts.tests += 1
            func has(_ name: String) -> Bool { testCase.children.contains { $0.name == name } }
            if has("failure") { counts.failures += 1 }
            if has("error") { counts.errors += 1 }
            if has("skipped") { counts.skipped += 1 }
        }
    }

    @Test("GitLab: of equal suite, class and name the first wins, and a type of Ruby's converter is an error")
    func gitLab() throws {
        for (name, text) in try Self.files() {
            let all = try suites(text).flatMap { suite in
                suite.children.filter { $0.name == "testcase" }.map {
                    [suite["name"] ?? "", $0["classname"] ?? "", $0["name"] ?? ""]
                }
            }
            #expect(Set(all).count == all.count, "\(name)")
            let elements = try cases(text).flatMap { [$0] + $0.children }
            #expect(!elements.contains { ["yaml", "symbol"].contains($0["type"] ?? "") }, "\(name)")
            #expect(text.utf8.count < 30_000_000)
            // `message` is dropped where there is a text: the text has to say it, too.
            for result in try cases(text).flatMap(\.children) where ["failure", "error"].contains(result.name) {
                #expect(!result.text.isEmpty, "\(name)")
            }
        }
    }

    @Test("dorny/test-reporter: suites of the root alone, the first failure of each case") func dorny() throws {
        for (name, text) in try Self.files() {
            let root = try XMLReader.read(Array(text.utf8))
            let direct = root.name == "testsuite" ? [root] : root.children.filter { $0.name == "testsuite" }
            #expect(!direct.contains { $0.children.contains { $0.name == "testsuite" } }, "\(name)")
            var counts = Counts()
            for testCase in direct.flatMap(\.children) where testCase.name == "testcase" {
                counts.tests += 1
                if testCase.children.contains(where: { $0.name == "failure" }) {
                    counts.failures += 1
                } else if testCase.children.contains(where: { $0.name == "error" }) {
                    counts.errors += 1
                } else if testCase.children.contains(where: { $0.name == "skipped" }) {
                    counts.skipped += 1
                }
            }
            #expect(try counts == self.counts(text), "\(name)")
        }
    }

    @Test("mikepenz/action-junit-report: among cases of one name a pass wins, so that there are none") func mikepenz()
        throws
    {
        for (name, text) in try Self.files() {
            let keys = try cases(text).map { "\($0["classname"] ?? "")|\($0["name"] ?? "")" }
            #expect(Set(keys).count == keys.count, "\(name)")
            // A case has one result, whatever of it is looked at first.
            #expect(
                try cases(text).allSatisfy { testCase in
                    testCase.children.count { ["failure", "error", "skipped"].contains($0.name) } <= 1
                }, "\(name)")
        }
    }

    @Test(
        "junitparser and junit2html count the same",
        .enabled(
            if: ProcessInfo.processInfo.environment["CHIMERA_GATE_PYTHON"] != nil,
            "set CHIMERA_GATE_PYTHON to a python with the packages of ci/requirements.txt"))
    func python() throws {
        let python = try #require(ProcessInfo.processInfo.environment["CHIMERA_GATE_PYTHON"])
        let folder = try TemporaryFolder()
        let files = try Self.files()
        for (name, text) in files { try folder.write(text, to: "\(name).xml") }
        let script = """
            import json, sys, glob, os
            from junitparser import JUnitXml, TestSuite, Failure, Error, Skipped
            from junit2htmlreport.parser import Junit
            def parsed(path):
                xml = JUnitXml.fromfile(path)
                suites = [xml] if isinstance(xml, TestSuite) else list(xml)
                results = [case.result for suite in suites for case in suite]
                count = lambda kind: sum(any(isinstance(r, kind) for r in result) for result in results)
                return [len(results), count(Failure), count(Error), count(Skipped)]
            def html(path):
                report = Junit(path)
                cases = [case for suite in report.suites for group in suite.classes.values() for case in group.cases]
                assert report.html()
                return [len(cases), sum(case.failed() for case in cases), sum(bool(case.skipped) for case in cases)]
            print(json.dumps({os.path.basename(p)[:-4]: [parsed(p), html(p)] for p in glob.glob(sys.argv[1] + "/*.xml")}))
            """
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script, folder.url.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let answers = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [[Int]]])
        #expect(answers.count == files.count)
        for (name, text) in files {
            let own = try counts(text)
            let answer = try #require(answers[name])
            #expect(answer[0] == [own.tests, own.failures, own.errors, own.skipped], "\(name): \(own), \(answer)")
            // It calls an error a failure.
            #expect(answer[1] == [own.tests, own.failures + own.errors, own.skipped], "\(name): \(own), \(answer)")
        }
    }
}
