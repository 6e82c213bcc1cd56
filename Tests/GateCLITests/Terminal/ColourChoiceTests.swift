import TestSupport
import Testing

@testable import GateCLI

@Suite("Colours") struct ColourChoiceTests {
    @Test(
        "without a flag the terminal decides, and the environment before it",
        arguments: [
            ([:], true, true), ([:], false, false), (["TERM": "dumb"], true, false), (["NO_COLOR": "1"], true, false),
            (["NO_COLOR": ""], true, true), (["FORCE_COLOR": "1"], false, true), (["FORCE_COLOR": "0"], false, false),
            (["CLICOLOR_FORCE": "1"], false, true), (["CLICOLOR_FORCE": ""], false, false),
            (["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false),
        ])
    func auto(variables: [String: String], isTerminal: Bool, expected: Bool) {
        #expect(ColourChoice.auto.isColoured(isTerminal: isTerminal, variables: variables) == expected)
    }

    @Test("a flag decides before everything else")
    func flags() {
        #expect(ColourChoice.always.isColoured(isTerminal: false, variables: ["NO_COLOR": "1"]))
        #expect(!ColourChoice.never.isColoured(isTerminal: true, variables: ["FORCE_COLOR": "1"]))
    }
}

@Suite("Usage errors", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct UsageWordsTests {
    @Test(
        "a name that was nearly right is proposed, one that was not is not",
        arguments: [
            (["chekc"], "There is no command 'chekc'. Did you mean 'check'?", ""),
            (["lnit", "report.md"], "Did you mean 'lint'?", ""),
            (["check", "--sesion", "x"], "Did you mean '--session'?", ""),
            (["check", "--foo"], "Unknown option '--foo'", "Did you mean"),
            (["frobnicate"], "frobnicate", "Did you mean"),
        ])
    func proposals(arguments: [String], expected: String, absent: String) async throws {
        let result = try await GateWorkspace(nil).gate(and: arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(expected), "\(result)")
        #expect(absent.isEmpty || !result.errors.contains(absent), "\(result)")
        #expect(result.output == "")
    }

    @Test("a colour can be forced where there is no terminal")
    func forced() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("# Report\n\n- Owner: [Your Name]\n", to: "report.md")
        #expect(try await !workspace.gate("lint", "report.md").output.contains("\u{1B}["))
        #expect(try await workspace.gate("lint", "report.md", "--color", "always").output.contains("\u{1B}["))
        #expect(
            try await workspace.gate("lint", "report.md", environment: ["CLICOLOR_FORCE": "1"]).output
                .contains("\u{1B}["))
        #expect(try await workspace.gate("lint", "report.md", "--color", "sometimes").status == 64)
    }
}
