import GateCore

/// From a suite to the elements of a flavour. Jenkins' XSD allows a test case nothing but name, time and class name, so that
/// its data go into `system-out`.
enum JUnitDocument {
    static let maximumCases = 5_000
    static let maximumBytes = 5 << 20

    /// - Parameter limit: cases at most; the first of each suite and the worst are kept, and what was left out is said.
    static func root(
        _ suites: [JUnitSuite], limit: Int = maximumCases, flavour: JUnitFlavour = .jenkins
    ) -> XMLElement {
        let suites = flavour.hasSuites ? suites : JUnitSuite.joined(suites)
        let kept = worst(of: suites, limit: limit)
        let elements = suites.enumerated().map { testsuite($1, number: $0, kept: kept[$0], flavour) }
        guard flavour.hasSuites else { return elements.first ?? XMLElement("testsuite") }
        return XMLElement(
            "testsuites", flavour == .ant ? [] : [("name", "chimera-gate")] + sums(of: elements), children: elements)
    }

    /// What the suites come to, as the root may say it.
    static func sums(of suites: [XMLElement]) -> [(String, String)] {
        let counts = ["tests", "failures", "errors"].map { name in
            (name, "\(suites.reduce(0) { $0 + (Int($1[name] ?? "") ?? 0) })")
        }
        return counts + [("time", time(milliseconds: suites.reduce(0) { $0 + (milliseconds($1["time"]) ?? 0) }))]
    }

    /// `57.582` as 57582; nil for anything but digits with three decimals.
    static func milliseconds(_ time: String?) -> Int? {
        guard let parts = time?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 2,
            !parts[0].isEmpty, parts[1].utf8.count == 3,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return Int(parts[0] + parts[1])
    }

    /// Of a time as other tools write it; nil for what is none.
    static func milliseconds(ofSeconds text: String?) -> Int? {
        guard let seconds = text.flatMap(Double.init), seconds.isFinite, seconds >= 0 else { return nil }
        return Int(clamping: (min(seconds, 1e9) * 1000).rounded())
    }

    /// 57582 as `57.582`.
    static func time(milliseconds: Int) -> String {
        let rest = "\(milliseconds % 1000)"
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    private static func testsuite(
        _ suite: JUnitSuite, number: Int, kept: [JUnitCase], _ flavour: JUnitFlavour
    ) -> XMLElement {
        let cases = kept.map { self.testcase($0, in: suite, flavour) }
        let count = { (name: String) in "\(cases.count { $0.children.contains { $0.name == name } })" }
        var output = suite.output
        if kept.count < suite.cases.count {
            output.insert("\(suite.cases.count - kept.count) of \(suite.cases.count) cases were left out", at: 0)
        }
        let total = cases.reduce(0) { $0 + (milliseconds($1["time"]) ?? 0) }
        var attributes = [
            ("name", suite.name), ("tests", "\(cases.count)"), ("failures", count("failure")),
            ("errors", count("error")), ("skipped", count("skipped")), ("time", time(milliseconds: total)),
            ("timestamp", "\(suite.startedAt.date)T\(suite.startedAt.clock)"),
        ]
        attributes += place(of: suite, number: number, flavour)
        let properties = suite.properties.map {
            XMLElement("property", [("name", $0.name), ("value", JUnitText.message($0.value))])
        }
        let said = XMLElement("system-out", text: JUnitText.text(output.map { $0 + "\n" }.joined()))
        let end = flavour == .surefire ? [] : flavour == .ant ? [said, XMLElement("system-err")] : [said]
        return XMLElement(
            "testsuite", attributes, children: [XMLElement("properties", children: properties)] + cases + end)
    }

    /// What a suite says of where it was measured, as far as the flavour's schema lets it.
    private static func place(
        of suite: JUnitSuite, number: Int, _ flavour: JUnitFlavour
    ) -> [(String, String)] {
        guard flavour != .surefire else { return [] }
        let host = suite.hostname.map { JUnitText.message($0) } ?? (flavour == .ant ? "localhost" : nil)
        let file = flavour == .ant ? nil : suite.file.map { JUnitText.message($0) }
        return [("hostname", host), ("id", "\(number)"), ("package", "chimera"), ("file", file)].compactMap {
            name, value in
            value.map { (name, $0) }
        }
    }

    private static func testcase(
        _ testCase: JUnitCase, in suite: JUnitSuite, _ flavour: JUnitFlavour
    ) -> XMLElement {
        var children = flavour == .rich ? properties(of: testCase) : []
        func outcome(_ name: String, type: String?, _ message: String, _ text: String) {
            let message = JUnitText.message(message)
            let text = JUnitText.text(text)
            let attributes = [("message", message.isEmpty ? name : message)] + (type.map { [("type", $0)] } ?? [])
            children.append(XMLElement(name, attributes, text: text.isEmpty ? name : text))
        }
        switch testCase.result {
        case .passed: break
        case .failed(let type, let message, let text): outcome("failure", type: type, message, text)
        case .errored(let type, let message, let text): outcome("error", type: type, message, text)
        case .skipped(let message, let text): outcome("skipped", type: nil, message, text)
        }
        let data = JUnitText.properties(testCase.properties)
        if !data.isEmpty, flavour != .ant { children.append(XMLElement("system-out", text: data)) }
        return XMLElement(
            "testcase",
            [
                ("classname", testCase.className ?? suite.className(testCase.stage)), ("name", testCase.name),
                ("time", time(testCase.seconds)),
            ]
                + (flavour == .rich ? place(of: testCase, in: suite) : []), children: children)
    }

    private static func properties(of testCase: JUnitCase) -> [XMLElement] {
        let properties = testCase.properties.filter { !$0.value.isEmpty }.map {
            XMLElement("property", [("name", JUnitText.id($0.name)), ("value", JUnitText.message($0.value))])
        }
        return properties.isEmpty ? [] : [XMLElement("properties", children: properties)]
    }

    /// The worst finding's, else the baseline's file.
    private static func place(of testCase: JUnitCase, in suite: JUnitSuite) -> [(String, String)] {
        if let place = testCase.place {
            return [("file", JUnitText.message(place.file)), ("line", "\(place.line)")]
        }
        return suite.file.map { [("file", JUnitText.message($0))] } ?? []
    }

    /// Of each suite its first case and those of the others that are among the worst of all, in their order.
    private static func worst(of suites: [JUnitSuite], limit: Int) -> [[JUnitCase]] {
        guard suites.reduce(0, { $0 + $1.cases.count }) > limit else { return suites.map(\.cases) }
        let places = suites.indices.flatMap { suite in suites[suite].cases.indices.dropFirst().map { (suite, $0) } }
        let kept = places.sorted { one, other in
            (suites[one.0].cases[one.1].result.severity, one.0, one.1)
                < (suites[other.0].cases[other.1].result.severity, other.0, other.1)
        }.prefix(max(0, limit - suites.count))
        let bySuite = Dictionary(grouping: kept, by: \.0)
        return suites.indices.map { suite in
            suites[suite].cases.prefix(1) + (bySuite[suite] ?? []).map(\.1).sorted().map { suites[suite].cases[$0] }
        }
    }

    /// Seconds with three decimals, no sign, no exponent.
    private static func time(_ seconds: Double) -> String {
        DisplayFormat.fixed(seconds.isFinite ? min(max(0, seconds), 1e9) : 0, decimals: 3)
    }
}
