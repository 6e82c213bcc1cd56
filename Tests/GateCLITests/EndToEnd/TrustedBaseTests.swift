import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("A change cannot loosen its own gate", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct TrustedBaseTests {
    static let strict = "metrics: {ttft: 2000%, throughput: 30%}\n"
    static let loose = "metrics: {ttft: 2000%, throughput: {role: info}}\n"

    private func configuration(_ url: String, _ more: String) -> String {
        GateWorkspace.sample.replacing("runs: 1", with: "runs: 3")
            + "server: {api: openai, url: \"\(url)\"}\n" + more
    }

    /// `main` has a policy and an approved baseline; `change` was measured at a quarter of the speed.
    private func slower(_ body: (GitWorkspace) async throws -> Void) async throws {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.25"]) { slow in
            try await ReplayProcess.serving(ReplayProcess.quick) { quick in
                let repository = try await GitWorkspace(base: configuration(quick, Self.strict))
                let workspace = repository.workspace
                try await repository.git("checkout", "--quiet", "main")
                #expect(try await workspace.gate("run").status == 0)
                let approval = try await workspace.gate("baseline", "approve", "--reason", "first")
                #expect(approval.status == 0, "\(approval)")
                try await repository.git("add", "Baselines")
                try await repository.git("commit", "--quiet", "--message", "Approve")
                try await repository.git("checkout", "--quiet", "change")
                try await repository.git("merge", "--quiet", "main")
                #expect(try await workspace.gate("run", "--url", slow).status == 0)
                try await body(repository)
            }
        }
    }

    @Test("whatever it edits of policy and baselines is listed, and judged as the base has it") func edited()
        async throws
    {
        try await slower { repository in
            let workspace = repository.workspace
            let honest = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(honest.status == 1, "\(honest)")
            #expect(honest.errors.contains("policy and baselines: those of main ("), "\(honest)")

            let configuration = try workspace.text("chimera-gate.yml")
            try workspace.folder.write(configuration.replacing(Self.strict, with: Self.loose), to: "chimera-gate.yml")
            let file = "Baselines/analysis/replay.json"
            try workspace.folder.write(
                try workspace.text(file).replacing("\"first\"", with: "\"fine\""), to: file)
            try await repository.commit()

            let loosened = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(loosened.status == 1, "\(loosened)")
            let summary = try workspace.text(".chimera-gate/summary.md")
            #expect(summary.contains("the change edits 'chimera-gate.yml' (metrics.throughput)"), "\(summary)")
            #expect(summary.contains("the change edits '\(file)' (it was edited by hand)"), "\(summary)")

            let own = try await workspace.gate("check", "--session", ".chimera-gate", "--policy-ref", "worktree")
            #expect(own.status == 7, "\(own)")
            #expect(try workspace.verdicts().overall == "baseline_untrusted")
            try await repository.git("checkout", "--quiet", "main", "--", file)
            let restored = try await workspace.gate("check", "--session", ".chimera-gate", "--policy-ref", "worktree")
            #expect(restored.status == 0, "\(restored)")
        }
    }

    @Test("the base of a pull request is found by the pipeline's variables; a base that is not there is an error")
    func variables() async throws {
        try await slower { repository in
            let workspace = repository.workspace
            try await repository.git("update-ref", "refs/remotes/origin/release", "main")
            let found = try await workspace.gate(
                "check", "--session", ".chimera-gate", environment: ["GITHUB_BASE_REF": "release"])
            #expect(found.status == 1, "\(found)")
            #expect(found.errors.contains("those of origin/release ("), "\(found)")
            #expect(found.errors.contains("GITHUB_BASE_REF"), "\(found)")
            let missing = try await workspace.gate(
                "check", "--session", ".chimera-gate", environment: ["CHANGE_TARGET": "gone"])
            #expect(missing.status == 64, "\(missing)")
            #expect(missing.errors.contains("the repository has no revision 'origin/gone'"), "\(missing)")
            let both = try await workspace.gate("check", "--policy-ref", "main", "--base-ref", "main")
            #expect(both.status == 64, "\(both)")
        }
    }

    @Test("on the default branch, and outside git, the files that are there judge") func defaultBranch() async throws {
        try await slower { repository in
            let workspace = repository.workspace
            try await repository.git("checkout", "--quiet", "main")
            let check = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(check.status == 1 && !check.errors.contains("policy and baselines"), "\(check)")
            try FileManager.default.removeItem(at: workspace.file(".git"))
            let outside = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(outside.status == 1 && !outside.errors.contains("policy and baselines"), "\(outside)")
        }
    }
}
