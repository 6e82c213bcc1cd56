import Foundation
import GateProcess
import TestSupport
import Testing

@Suite("ci/install", .enabled(if: GateBinary.isPresent && Python3.isPresent, "needs the program and python3"))
struct InstallTests {
    let folder: TemporaryFolder
    private var prefix: String { folder.url.appending(path: "a prefix").path }

    init() throws { folder = try TemporaryFolder() }

    private func install(_ arguments: String...) throws -> GateOutcome {
        let script = SharedData.packageRoot.appending(path: "ci/install").path
        let ended = try ChildProcess.capture(
            command: ["bash", "-c", "exec bash \"$@\" 2>&1", "bash", script] + arguments,
            environment: GateBinary.environment(
                home: folder.url, ["CHIMERA_GATE_BINARY": try GateBinary.required()]), limit: 1 << 20,
            timeoutSeconds: 240)
        var status: Int32?
        if case .exited(let code) = ended.status { status = code }
        return GateOutcome(status: status, output: String(decoding: ended.output, as: UTF8.self), errors: "")
    }

    private func files() throws -> [String] {
        let all = FileManager.default.enumerator(atPath: prefix)?.compactMap { $0 as? String } ?? []
        var isFolder: ObjCBool = false
        return all.filter {
            FileManager.default.fileExists(atPath: "\(prefix)/\($0)", isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }

    @Test(
        "puts the program, its pages and completions below the prefix, says how to call it, and takes away no more than that"
    )
    func installs() throws {
        let installed = try install("--prefix", prefix)
        #expect(installed.status == 0, "\(installed)")
        #expect(installed.output.contains("export PATH=\"\(prefix)/bin:$PATH\""), "\(installed)")
        let names = try files()
        for name in [
            "bin/chimera-gate", "share/man/man1/chimera-gate.1", "share/man/man1/chimera-gate-check.1",
            "share/man/man1/chimera-gate-baseline-approve.1", "share/bash-completion/completions/chimera-gate",
            "share/zsh/site-functions/_chimera-gate", "share/fish/vendor_completions.d/chimera-gate.fish",
        ] {
            #expect(names.contains(name))
        }
        let version = try ChildProcess.capture(
            command: ["\(prefix)/bin/chimera-gate", "--version"], limit: 1 << 10, timeoutSeconds: 60)
        #expect(version.status.isSuccess)
        let completion = try ChildProcess.capture(
            command: ["bash", "-n", "\(prefix)/share/bash-completion/completions/chimera-gate"], limit: 1 << 16,
            timeoutSeconds: 60)
        #expect(completion.status.isSuccess)

        try folder.write("mine", to: "a prefix/bin/mine")
        #expect(try install("--prefix", prefix).status == 0)
        #expect(try files() == (names + ["bin/mine"]).sorted())
        try folder.write("bin/mine\n../other\nbin/chimera-gate\n", to: "a prefix/share/chimera-gate/installed")
        try folder.write("mine", to: "other")
        #expect(try install("--uninstall", "--prefix", prefix).status == 0)
        #expect(try files().contains("bin/mine") && !files().contains("bin/chimera-gate"))
        #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "other").path))
        let again = try install("--uninstall", "--prefix", prefix)
        #expect(again.status == 65 && again.output.contains("nothing is installed"), "\(again)")
        #expect(try install("--frob").status == 64)
    }

    @Test("a page has every flag of its command, and nothing that roff would take for an order") func pages() throws {
        #expect(try install("--prefix", prefix).status == 0)
        let page = try String(contentsOfFile: "\(prefix)/share/man/man1/chimera-gate-check.1", encoding: .utf8)
        for flag in ["ci", "junit", "base\\-ref", "session", "help"] {
            #expect(page.contains("\\-\\-\(flag)\\fR"), "\(flag)")
        }
        #expect(page.contains("(values: auto, off, github, gitlab, jenkins, buildkite, azure, circleci)"))
        let requests: Set = [".TH", ".SH", ".TP", ".PP", ".nf", ".fi"]
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(requests.contains(String(line.prefix(3))), "\(line)")
        }
    }
}
