import GateCore

/// From a suite to the elements of the `jenkins` flavour: valid against the XSD of Jenkins' xUnit plugin, which allows a
/// test case nothing but name, time and class name, so that its data go into `system-out`.
enum JUnitDocument {
    static let maximumCases = 5_000
    static let maximumBytes = 5 << 20

    /// - Parameter limit: cases at most; the first and the worst are kept, and what was left out is said.
    static func root(_ suite: JUnitSuite, limit: Int = maximumCases) -> XMLElement {
        let element = testsuite(suite, limit: limit)
        let sums = ["tests", "failures", "errors", "time"].map { ($0, element[$0] ?? "0") }
        return XMLElement("testsuites", [("name", "chimera-gate")] + sums, children: [element])
    }

    private static func testsuite(_ suite: JUnitSuite, limit: Int) -> XMLElement {
        let kept = worst(of: suite.cases, limit: limit)
        let cases = kept.enumerated().map { index, testCase in
            self.testcase(testCase, in: suite, seconds: index == 0 ? time(suite.seconds) : time(0))
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
        if let hostname = suite.hostname { attributes.append(("hostname", JUnitText.message(hostname))) }
        attributes += [("id", "0"), ("package", "chimera")]
        if let file = suite.file { attributes.append(("file", JUnitText.message(file))) }
        let properties = suite.properties.map {
            XMLElement("property", [("name", $0.name), ("value", JUnitText.message($0.value))])
        }
        let children =
            [XMLElement("properties", children: properties)] + cases
            + [XMLElement("system-out", text: JUnitText.text(output.map { $0 + "\n" }.joined()))]
        return XMLElement("testsuite", attributes, children: children)
    }

    private static func testcase(_ testCase: JUnitCase, in suite: JUnitSuite, seconds: String) -> XMLElement {
        var children: [XMLElement] = []
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
        if !data.isEmpty { children.append(XMLElement("system-out", text: data)) }
        return XMLElement(
            "testcase",
            [("classname", suite.className(testCase.stage)), ("name", testCase.name), ("time", seconds)],
            children: children)
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
