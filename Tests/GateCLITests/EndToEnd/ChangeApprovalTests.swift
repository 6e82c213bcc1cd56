import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("A change that approves its own regression", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct ChangeApprovalTests {
    private func configuration(_ url: String, _ approvals: String) -> String {
        GateWorkspace.sample.replacing("runs: 1", with: "runs: 3") + "approvals: \(approvals)\n"
            + "server: {api: openai, url: \"\(url)\"}\n" + TrustedBaseTests.strict
    }

    /// On `main` a baseline; on `change` a commit at a tenth of the speed, measured and approved there.
    private func slower(
        _ approvals: String, _ body: (GitWorkspace, _ slow: String, _ quick: String) async throws -> Void
    ) async throws {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.1"]) { slow in
            try await ReplayProcess.serving(ReplayProcess.quick) { quick in
                let repository = try await GitWorkspace(base: configuration(quick, approvals))
                let workspace = repository.workspace
                try await repository.git("checkout", "--quiet", "main")
                #expect(try await workspace.gate("run").status == 0)
                #expect(try await workspace.gate("baseline", "approve", "--reason", "first").status == 0)
                try await repository.git("add", "Baselines")
                try await repository.git("commit", "--quiet", "--message", "Approve")
                try await repository.git("checkout", "--quiet", "change")
                try await repository.git("merge", "--quiet", "main")
                #expect(try await workspace.gate("run", "--url", slow).status == 0)
                let approval = try await workspace.gate(
                    "baseline", "approve", "--reason", "longer answers, see #42", "--approver", "a@example.org")
                #expect(approval.status == 0, "\(approval)")
                try await repository.commit()
                try await body(repository, slow, quick)
            }
        }
    }

    @Test("passes where the base's policy lets it, and the verdict says by whom and why") func inChange() async throws {
        try await slower("in_change") { repository, slow, _ in
            let workspace = repository.workspace
            let check = try await workspace.gate("check", "--url", slow)
            #expect(check.status == 0, "\(check)")
            #expect(
                check.output.contains("regression, approved in this change by a@example.org: longer answers, see #42"),
                "\(check)")
            #expect(check.output.contains("got worse, which is approved in this change"), "\(check)")
            #expect(try workspace.verdicts().outcomes["analysis/throughput"] == "approved")
            #expect(try workspace.text(".chimera-gate/summary.md").contains("approved in this change by"))

            // Worse than what was approved.
            try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.02"]) { slower in
                let worse = try await workspace.gate("check", "--url", slower)
                #expect(worse.status == 1, "\(worse)")
            }
        }
    }

    @Test("of a tree that no commit holds does not count in it, and approve and check say so") func dirty() async throws
    {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.1"]) { slow in
            try await slower("in_change") { repository, _, _ in
                let workspace = repository.workspace
                try await repository.git("reset", "--quiet", "--hard", "HEAD~1")
                try workspace.folder.write("# Uncommitted\n", to: "reports/new.md")
                #expect(try await workspace.gate("run", "--url", slow).status == 0)
                let approval = try await workspace.gate("baseline", "approve", "--reason", "slow", "--allow", "dirty")
                #expect(approval.status == 0, "\(approval)")
                let reason = "it was measured with changes that no commit holds"
                #expect(approval.output.contains("it counts from the merge on"), "\(approval)")
                #expect(approval.output.contains(reason), "\(approval)")
                try await repository.commit()
                let check = try await workspace.gate("check", "--url", slow)
                #expect(check.status == 1, "\(check)")
                #expect(check.output.contains("(slow) does not count in it: \(reason)"), "\(check)")
            }
        }
    }

    @Test("passes beside a base that is measured, too; one that was edited by hand does not") func pairs() async throws
    {
        try await slower("in_change") { repository, slow, quick in
            let workspace = repository.workspace
            let check = try await workspace.gate(
                "check", "--base-ref", "main", "--url", slow, "--base-url", quick)
            #expect(check.status == 0, "\(check)")
            #expect(
                check.output.contains("regression, approved in this change by a@example.org: longer answers, see #42"),
                "\(check)")
            let verdict = try workspace.json(".chimera-gate/verdict.json")
            #expect(verdict["evidence"]?.string == "pairs" && verdict["pairs_used"]?.int == 8)
            #expect(try workspace.verdicts().outcomes["analysis/throughput"] == "approved")

            let file = "Baselines/analysis/replay.json"
            let approved = try workspace.text(file)
            try workspace.folder.write(approved.replacing("a@example.org", with: "b@example.org"), to: file)
            let edited = try await workspace.gate("check", "--session", ".chimera-gate")
            #expect(edited.status == 1, "\(edited)")
            #expect(edited.output.contains("the change edits '\(file)' (it was edited by hand)"), "\(edited)")
        }
    }

    @Test("does not where the base keeps approvals to itself, whatever the change says of that") func onBase()
        async throws
    {
        try await slower("on_base") { repository, slow, _ in
            let workspace = repository.workspace
            let configuration = try workspace.text("chimera-gate.yml")
            try workspace.folder.write(
                configuration.replacing("on_base", with: "in_change"), to: "chimera-gate.yml")
            try await repository.commit()
            let check = try await workspace.gate("check", "--url", slow)
            #expect(check.status == 1, "\(check)")
            #expect(check.output.contains("the change edits 'chimera-gate.yml' (approvals)"), "\(check)")
        }
    }
}
