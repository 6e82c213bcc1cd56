import Foundation
import GateCore
import GateProcess
import Glibc
import TestSupport
import Testing

@Suite("Pairs that were interrupted", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ResumedPairsTests {
    private func configuration(_ url: String) -> String {
        GateWorkspace.sample + "server: {api: openai, url: \"\(url)\"}\n"
            + "metrics: {ttft: {role: info}, throughput: 95%}\n"
    }

    @Test("go on where they stopped, beside the same base and by the same configuration only") func killed()
        async throws
    {
        // The third run of the base never ends, however late this test looks.
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "7=stall:3"]) { stalling in
            try await ReplayProcess.serving(ReplayProcess.quick) { url in
                let repository = try await GitWorkspace(base: configuration(url))
                let workspace = repository.workspace
                let check = ["check", "--base-ref", "main", "--base-url", stalling]
                let program = try workspace.start(check)
                #expect(try await waiting { (try? workspace.session().measuredPairs.count) == 2 })
                kill(program.processID, SIGKILL)
                #expect(try await waiting { !program.isRunning })
                let kept = try workspace.session()
                #expect(kept.measuredPairs.count == 2 && kept.base?.end == nil)

                for (more, reason) in [
                    (["--runs", "7"], "its configuration is another one"),
                    (["--base-url", url], "the configuration of its base is another one"),
                    (["--base-ref", "change"], "its base is main ("),
                ] {
                    let refused = try await workspace.gate(and: check.replaced(by: more) + ["--resume"])
                    #expect(refused.status == 65 && refused.errors.contains(reason), "\(refused)")
                    #expect(try workspace.session() == kept)
                }
                let oneSided = try await workspace.gate("check", "--resume")
                #expect(oneSided.status == 65 && oneSided.errors.contains("no base is named"), "\(oneSided)")
                try await repository.git("commit", "--quiet", "--allow-empty", "--message", "Another head")
                let other = try await workspace.gate(and: check + ["--resume"])
                #expect(other.status == 65 && other.errors.contains("it was begun on another commit"), "\(other)")
                try await repository.git("reset", "--quiet", "--hard", "HEAD~1")
                #expect(try workspace.session() == kept)

                let resumed = try await workspace.gate(and: check + ["--resume"])
                #expect(resumed.status == 0, "\(resumed)")
                #expect(resumed.errors.contains("going on after 2 pairs"), "\(resumed)")
                let whole = try workspace.session()
                #expect(whole.id == kept.id && Array(whole.runs.prefix(kept.runs.count)) == kept.runs)
                #expect(whole.base?.end == .decided && whole.base?.seed == kept.base?.seed)
                #expect(whole.runs.map(\.index) == Array(1...whole.runs.count))
                #expect(Set(whole.measuredPairs.map(\.number)).isSuperset(of: [1, 2]))

                // What is whole is judged as it is.
                let again = try await workspace.gate(and: check + ["--resume"])
                #expect(again.status == 0, "\(again)")
                #expect(try workspace.session() == whole)
            }
        }
    }

    @Test("of two configurations go on, too") func compared() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "7=stall:3"]) { stalling in
            try await ReplayProcess.serving(ReplayProcess.quick) { url in
                let workspace = try GateWorkspace(nil)
                try workspace.folder.write(configuration(stalling), to: "base.yml")
                try workspace.folder.write(configuration(url), to: "head.yml")
                let compare = ["compare", "base.yml", "head.yml", "--corpus", GateWorkspace.corpus]
                let program = try workspace.start(compare)
                #expect(try await waiting { (try? workspace.session().measuredPairs.count) == 2 })
                kill(program.processID, SIGTERM)
                #expect(try await waiting { !program.isRunning })
                let kept = try workspace.session()
                let resumed = try await workspace.gate(and: compare + ["--resume"])
                #expect(resumed.status == 0, "\(resumed)")
                let whole = try workspace.session()
                #expect(whole.id == kept.id && Array(whole.runs.prefix(kept.runs.count)) == kept.runs)
                #expect(whole.base?.end == .decided)
            }
        }
    }
}

extension [String] {
    /// The flags of others in place of the own ones of the same name.
    fileprivate func replaced(by more: [String]) -> [String] {
        guard let flag = more.first, let index = firstIndex(of: flag) else { return self + more }
        return Array(self[..<index]) + more + Array(self[(index + 2)...])
    }
}
