public import GateVerdict

/// Several JUnit files as one. Each class and name occurs once, suites stand in the order of their names, and counts are those
/// of what is there. Of any tool: what a file says beside suites and cases is left as it is.
public struct JUnitMerge: Sendable {
    /// Bytes of one file; a larger one is refused before it is parsed.
    public static let maximumFileBytes = 32 << 20
    /// Of all files together.
    public static let maximumCases = 250_000

    /// One file, under the name that errors call it by.
    public struct File: Sendable {
        public let name: String
        public let bytes: [UInt8]

        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The file as it is to be written.
    public let text: String
    public let suites: Int
    public let cases: Int
    /// The verdict of what is in it: our own suites say theirs, of others a failure is a regression and an error an error.
    public let overall: OverallVerdict
    public let exitCode: Int

    /// - Parameter files: in an order that settles which of two cases of the same name keeps it.
    public init(_ files: [File]) throws(JUnitMergeError) {
        var found: [XMLElement] = []
        for file in files { found += try JUnitMerge.suites(of: file) }
        // Stable: of suites of the same name the first file's comes first.
        var suites = found.enumerated().sorted {
            ($0.element["name"] ?? "", $0.offset) < ($1.element["name"] ?? "", $1.offset)
        }.map(\.element)
        JUnitMerge.makeUnique(&suites)
        suites = suites.enumerated().map { JUnitMerge.counted($1, number: $0) }
        self.suites = suites.count
        cases = suites.reduce(0) { $0 + $1.cases.count }
        guard cases > 0 else { throw .nothing }
        guard cases <= JUnitMerge.maximumCases else { throw .tooMany(cases) }
        let verdicts = suites.map(JUnitMerge.verdict)
        let overall = OverallVerdict.worst(of: verdicts.map(\.0)) ?? .infrastructureError
        self.overall = overall
        exitCode = verdicts.filter { $0.0 == overall }.map(\.1).max() ?? 0
        let root = XMLElement(
            "testsuites", [("name", "chimera-gate")] + JUnitDocument.sums(of: suites), children: suites)
        text = try JUnitMerge.written(root)
    }

    private static func written(_ root: XMLElement) throws(JUnitMergeError) -> String {
        do throws(XMLError) {
            let bytes = try XMLWriter.write(root)
            guard try XMLReader.read(bytes) == root else { throw XMLError.notReadable }
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .notWritten(error.description)
        }
    }

    // MARK: - Reading

    private static func suites(of file: File) throws(JUnitMergeError) -> [XMLElement] {
        guard file.bytes.count <= maximumFileBytes else { throw .unreadable(file.name, "it is too large") }
        let root: XMLElement
        do throws(XMLError) {
            root = try XMLReader.read(file.bytes)
        } catch {
            throw .unreadable(file.name, error.description)
        }
        switch root.name {
        case "testsuites": return root.children.filter { $0.name == "testsuite" }.flatMap { flat($0, below: nil) }
        case "testsuite": return flat(root, below: nil)
        default: throw .unreadable(file.name, "its root is '\(root.name.prefix(40))', not testsuites")
        }
    }

    /// Suites in suites as suites beside them, for readers that pass over what is nested.
    private static func flat(_ suite: XMLElement, below above: String?) -> [XMLElement] {
        let name = [above, suite["name"]].compactMap(\.self).joined(separator: "/")
        var own = suite
        own["name"] = name
        own.children = suite.children.filter { $0.name != "testsuite" }
        let inner = suite.children.filter { $0.name == "testsuite" }.flatMap { flat($0, below: name) }
        return (own.cases.isEmpty && !inner.isEmpty ? [] : [own]) + inner
    }

    // MARK: - What is said once

    /// GitLab shows the first of two cases of one name and nothing of the other, so that the later one is numbered.
    private static func makeUnique(_ suites: inout [XMLElement]) {
        var seen: Set<[String]> = []
        for suite in suites.indices {
            for child in suites[suite].children.indices where suites[suite].children[child].name == "testcase" {
                let testCase = suites[suite].children[child]
                let (classname, name) = (testCase["classname"] ?? suites[suite]["name"] ?? "", testCase["name"] ?? "")
                var (unique, number) = (name, 1)
                while !seen.insert([classname, unique]).inserted {
                    number += 1
                    unique = "\(name) (\(number))"
                }
                suites[suite].children[child]["classname"] = classname
                suites[suite].children[child]["name"] = unique
            }
        }
    }

    private static func counted(_ suite: XMLElement, number: Int) -> XMLElement {
        var suite = suite
        let cases = suite.cases
        let count = { (name: String) in "\(cases.count { $0.children.contains { $0.name == name } })" }
        suite["tests"] = "\(cases.count)"
        suite["failures"] = count("failure")
        suite["errors"] = count("error")
        suite["skipped"] = count("skipped")
        let own = JUnitDocument.milliseconds(ofSeconds: suite["time"])
        let sum = cases.reduce(0) { $0 + (JUnitDocument.milliseconds(ofSeconds: $1["time"]) ?? 0) }
        suite["time"] = JUnitDocument.time(milliseconds: own ?? sum)
        if suite["id"] != nil { suite["id"] = "\(number)" }
        return suite
    }

    /// A suite of ours that says how it ended is believed, but not that it passed where a case did not.
    private static func verdict(of suite: XMLElement) -> (OverallVerdict, Int) {
        let properties = suite.children.filter { $0.name == "properties" }.flatMap(\.children)
        // Of several workloads in one suite each says its own.
        func values(_ name: String) -> [String] {
            properties.filter { $0["name"] == name || $0["name"]?.hasSuffix(".\(name)") == true }
                .compactMap { $0["value"] }
        }
        let (failures, errors) = (suite["failures"] != "0", suite["errors"] != "0")
        let statuses = values("chimera.exit-code").compactMap(Int.init).filter { (0...255).contains($0) }
        if let said = OverallVerdict.worst(of: values("chimera.verdict").compactMap(OverallVerdict.init)),
            let status = statuses.max(), status != 0 || !(failures || errors)
        {
            return (said, status)
        }
        if failures { return (.regression, Int(GateExit.regression.rawValue)) }
        return errors ? (.infrastructureError, Int(GateExit.unavailable.rawValue)) : (.pass, 0)
    }
}

/// Why files cannot be joined (exit code 65; 70 for `notWritten`).
public enum JUnitMergeError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(_ file: String, _ reason: String)
    /// No file has a case: never a pass.
    case nothing
    case tooMany(Int)
    case notWritten(String)

    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "'\(file)' is no JUnit file: \(reason)"
        case .nothing: "there is no test case in any of the files"
        case .tooMany(let count):
            "\(count) test cases are more than \(JUnitMerge.maximumCases), the most that readers take"
        case .notWritten(let detail): "the joined file could not be made: \(detail)"
        }
    }
}

extension XMLElement {
    fileprivate var cases: [XMLElement] { children.filter { $0.name == "testcase" } }
}
