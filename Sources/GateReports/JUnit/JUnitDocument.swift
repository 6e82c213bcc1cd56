import GateCore

/// From a suite to the elements of a flavour. Jenkins' XSD allows a test case nothing but name, time and class name, so that
/// its data go into `system-out`.
enum JUnitDocument {
    static let maximumCases = 5_000
    static let maximumBytes = 5 << 20

    /// - Parameter limit: cases at most; the first and the worst are kept, and what was left out is said.
    static func root(
        _ suite: JUnitSuite, limit: Int = maximumCases, flavour: JUnitFlavour = .jenkins
    ) -> XMLElement {
        let element = testsuite(suite, limit: limit, flavour)
        guard flavour.hasSuites else { return element }
        guard flavour != .ant else { return XMLElement("testsuites", children: [element]) }
        let sums = ["tests", "failures", "errors", "time"].map { ($0, element[$0] ?? "0") }
        return XMLElement("testsuites", [("name", "chimera-gate")] + sums, children: [element])
    }

    private static func testsuite(_ suite: JUnitSuite, limit: Int, _ flavour: JUnitFlavour) -> XMLElement {
        let kept = worst(of: suite.cases, limit: limit)
        let cases = kept.enumerated().map { index, testCase in
            self.testcase(testCase, in: suite, seconds: index == 0 ? time(suite.seconds) : time(0), flavour)
        }
        let count = { (name: String) in "\(cases.count { $0.children.contains { $0.name == name } })" }
        var output = suite.output
        if kept.count < suite.cases.count {
            output.insert("\(suite.cases.count - kept.count) of \(suite.cases.count) cases were left out", at: 0)
        }
        let workload = JUnitText.id(suite.workload)
        let machineClass = JUnitText.id(suite.machineClass)
        var attributes = [
            ("name", "\(workload) [\(machineClass)]"), ("tests", "\(cases.count)"), ("failures", count("failure")),
            ("errors", count("error")), ("skipped", count("skipped")), ("time", time(suite.seconds)),
            ("timestamp", "\(suite.startedAt.date)T\(suite.startedAt.clock)"),
        ]
        attributes += place(of: suite, flavour)
        let properties = suite.properties.map {
            XMLElement("property", [("name", $0.name), ("value", JUnitText.message($0.value))])
        }
        let said = XMLElement("system-out", text: JUnitText.text(output.map { $0 + "\n" }.joined()))
        let end = flavour == .surefire ? [] : flavour == .ant ? [said, XMLElement("system-err")] : [said]
        return XMLElement(
            "testsuite", attributes, children: [XMLElement("properties", children: properties)] + cases + end)
    }

    /// What a suite says of where it was measured, as far as the flavour's schema lets it.
    private static func place(of suite: JUnitSuite, _ flavour: JUnitFlavour) -> [(String, String)] {
        guard flavour != .surefire else { return [] }
        let host = suite.hostname.map { JUnitText.message($0) } ?? (flavour == .ant ? "localhost" : nil)
        let file = flavour == .ant ? nil : suite.file.map { JUnitText.message($0) }
        return [("hostname", host), ("id", "0"), ("package", "chimera"), ("file", file)].compactMap { name, value in
            value.map { (name, $0) }
        }
    }

    private static func testcase(
        _ testCase: JUnitCase, in suite: JUnitSuite, seconds: String, _ flavour: JUnitFlavour
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
            [("classname", suite.className(testCase.stage)), ("name", testCase.name), ("time", seconds)]
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

    /// The first case and the worst of the others, in their order.
    private static func worst(of cases: [JUnitCase], limit: Int) -> [JUnitCase] {
        guard cases.count > limit else { return cases }
        let others = cases.indices.dropFirst()
            .sorted { (cases[$0].result.severity, $0) < (cases[$1].result.severity, $1) }
            .prefix(max(0, limit - 1))
        return cases.prefix(1) + others.sorted().map { cases[$0] }
    }

    /// Seconds with three decimals, no sign, no exponent.
    private static func time(_ seconds: Double) -> String {
        DisplayFormat.fixed(seconds.isFinite ? min(max(0, seconds), 1e9) : 0, decimals: 3)
    }
}
