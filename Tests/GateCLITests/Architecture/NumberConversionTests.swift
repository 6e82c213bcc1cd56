import Testing

@Suite("Conversions to whole numbers")
struct NumberConversionTests {
    @Test("no conversion of the sources ends the program at a number that others wrote")
    func sources() throws {
        let all = try NumberConversion.allSources()
        #expect(all.count > 100)
        let unproven = all.filter { $0.proof == nil }
        #expect(
            unproven.isEmpty,
            """
            use init(checked:), init(clamping:) or init(exactly:), or import GateCore, so that the compiler judges it: \
            \(unproven)
            """)
    }

    @Test(
        "a conversion of a fraction or of a number of any size is found",
        arguments: [
            "let files = Int(report.files * 1e9)", "let tokens = Int(usage.total)", "return Int64(value.rounded())",
            "let count = UInt64(session.completed)", "values.map { UInt32($0) }",
        ])
    func unproven(line: String) {
        #expect(NumberConversion.all(in: line, place: "GateStream/New.swift").contains { $0.proof == nil })
    }

    @Test(
        "what cannot fail, has a label or is a comment is none",
        arguments: [
            "let one = Int(checked: value)", "let two = Int32(POLLIN | POLLOUT)", "// Int(report.files)",
            "let three = Printed(4.0)", "let four = Int(text)", "let five = Int64(time.tv_sec)", "Int()",
        ])
    func proven(line: String) {
        #expect(NumberConversion.all(in: line, place: "GateStream/New.swift").allSatisfy { $0.proof != nil })
    }

    @Test("in a file that imports GateCore only unsigned types are read, because the compiler judges the others")
    func compiled() {
        let text = "import GateCore\n\nlet a = Int(x)\nlet b = UInt64(x)\n"
        let found = NumberConversion.all(in: text, place: "GateStream/New.swift")
        #expect(found.map { $0.proof == nil } == [false, true])
        #expect(found.map(\.description) == ["GateStream/New.swift:3: Int(x)", "GateStream/New.swift:4: UInt64(x)"])
    }
}
