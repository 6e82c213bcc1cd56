/// What every reader of JUnit files may rely on in ours; checked on what was read back.
enum JUnitInvariants {
    /// The first rule that is broken, in words; nil where all hold.
    static func firstBroken(in root: XMLElement) -> String? {
        let suites = root.name == "testsuite" ? [root] : root.children
        guard ["testsuites", "testsuite"].contains(root.name), suites.allSatisfy({ $0.name == "testsuite" }) else {
            return "the root holds test suites and nothing else"
        }
        // Of flavours whose root may say it.
        if root.name == "testsuites", root["tests"] != nil,
            let broken = brokenSum(root, of: suites.flatMap(cases), skipped: false)
        {
            return broken
        }
        for suite in suites {
            if let broken = brokenSum(suite, of: cases(suite), skipped: true) { return broken }
            if cases(suite).first?["name"] != "completed" { return "'completed' is the first case" }
        }
        let all = suites.flatMap(cases)
        if all.count > JUnitDocument.maximumCases { return "at most \(JUnitDocument.maximumCases) cases" }
        var seen: Set<[String]> = []
        for testCase in all {
            let id = [testCase["classname"] ?? "", testCase["name"] ?? ""]
            guard seen.insert(id).inserted else { return "'\(id.joined(separator: "/"))' is there twice" }
            if let broken = brokenRule(of: testCase) { return "\(broken) in '\(id.joined(separator: "/"))'" }
        }
        return nil
    }

    private static func cases(_ suite: XMLElement) -> [XMLElement] { suite.children.filter { $0.name == "testcase" } }

    /// Counts and times of a suite, or of the whole, against the cases in it.
    private static func brokenSum(_ element: XMLElement, of cases: [XMLElement], skipped: Bool) -> String? {
        let count = { (name: String) in cases.count { $0.children.contains { $0.name == name } } }
        var expected = ["tests": cases.count, "failures": count("failure"), "errors": count("error")]
        if skipped { expected["skipped"] = count("skipped") }
        for (name, number) in expected where element[name] != "\(number)" {
            return "'\(name)' of '\(element["name"] ?? "")' is \(number)"
        }
        let times = cases.map { JUnitDocument.milliseconds($0["time"]) }
        guard let total = JUnitDocument.milliseconds(element["time"]), times.allSatisfy({ $0 != nil }),
            times.compactMap(\.self).reduce(0, +) == total
        else { return "the times of '\(element["name"] ?? "")' add up" }
        return nil
    }

    private static func brokenRule(of testCase: XMLElement) -> String? {
        let results = testCase.children.filter { ["failure", "error", "skipped"].contains($0.name) }
        guard results.count <= 1 else { return "at most one result" }
        if let result = results.first {
            let message = result["message"] ?? ""
            guard !message.isEmpty, message.unicodeScalars.count <= JUnitText.maximumMessage else {
                return "a message of at most \(JUnitText.maximumMessage) characters"
            }
            guard !result.text.isEmpty, result.text.utf8.count <= JUnitText.maximumTextBytes else {
                return "a text of at most \(JUnitText.maximumTextBytes) bytes"
            }
            guard result.name == "skipped" || result["type"]?.isEmpty == false else { return "a type" }
        }
        return nil
    }
}
