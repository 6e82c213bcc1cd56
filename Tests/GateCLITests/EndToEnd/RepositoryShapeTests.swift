import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("Whatever the repository is like", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct RepositoryShapeTests {
    /// The change lets throughput inform only, is slower, and was measured so.
    private func loosened(_ body: (GitWorkspace) async throws -> Void) async throws {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.25"]) { slow in
            try await ReplayProcess.serving(ReplayProcess.quick) { quick in
                func configuration(_ policy: String) -> String {
                    GateWorkspace.sample.replacing("runs: 1", with: "runs: 3")
                        + "server: {api: openai, url: \"\(quick)\"}\n" + policy
                }
                let repository = try await GitWorkspace(base: configuration(TrustedBaseTests.strict))
                let workspace = repository.workspace
                try await repository.git("checkout", "--quiet", "main")
                #expect(try await workspace.gate("run").status == 0)
                #expect(try await workspace.gate("baseline", "approve", "--reason", "first").status == 0)
                try await repository.commit()
                try await repository.git("checkout", "--quiet", "change")
                try await repository.git("merge", "--quiet", "main")
                try workspace.folder.write(configuration(TrustedBaseTests.loose), to: "chimera-gate.yml")
                try await repository.commit()
                #expect(try await workspace.gate("run", "--url", slow).status == 0)
                try await body(repository)
            }
        }
    }

    /// Judges the session in another folder.
    private func check(
        in folder: String, _ workspace: GateWorkspace, _ environment: [String: String] = [:]
    ) async throws -> GateOutcome {
        try await workspace.run(
            [
                "sh", "-c", #"cd "$1" && exec "$0" check --session "$2""#, try GateBinary.required(), folder,
                workspace.file(".chimera-gate").path,
            ], environment: environment)
    }

    private static let listed = "the change edits 'chimera-gate.yml' (metrics.throughput)"

    @Test("the base judges: on a detached head, a merge commit, in a worktree") func wholeClones() async throws {
        try await loosened { repository in
            let workspace = repository.workspace
            try await repository.git("checkout", "--quiet", "--detach")
            let detached = try await check(in: ".", workspace)
            #expect(detached.status == 1 && detached.output.contains(Self.listed), "\(detached)")

            // As platforms check a pull request out: the merge of it into a branch that went on.
            try await repository.git("checkout", "--quiet", "main")
            try workspace.folder.write("Of others.\n", to: "reports/others.md")
            try await repository.commit()
            try await repository.git("update-ref", "refs/remotes/origin/main", "main")
            try await repository.git("checkout", "--quiet", "--detach")
            try await repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")
            for environment in [[:], ["GITHUB_BASE_REF": "main"]] {
                let merged = try await check(in: ".", workspace, environment)
                #expect(merged.status == 1 && merged.output.contains(Self.listed), "\(merged)")
                #expect(!merged.output.contains("parted"), "\(merged)")
                let tip = try await repository.git("rev-parse", "--short=12", "main")
                #expect(merged.errors.contains("those of origin/main (\(tip)"), "\(merged)")
            }

            try await repository.git("worktree", "add", "--quiet", "beside", "change")
            let worktree = try await check(in: "beside", workspace)
            #expect(worktree.status == 1 && worktree.output.contains(Self.listed), "\(worktree)")
        }
    }

    @Test("a shallow clone is judged by the base that it has, else with a word on that, or not at all")
    func shallow() async throws {
        try await loosened { repository in
            let workspace = repository.workspace
            // As with every remote, its default branch is not the change.
            try await repository.git("checkout", "--quiet", "main")
            try await repository.git(
                "clone", "--quiet", "--depth", "1", "--branch", "change", "file://\(workspace.folder.url.path)", "clone"
            )
            let alone = try await check(in: "clone", workspace)
            #expect(alone.status == 0, "\(alone)")
            #expect(alone.output.contains("warning: no base was found in this shallow clone"), "\(alone)")
            let verified = try await workspace.run(
                ["sh", "-c", #"cd clone && exec "$0" baseline verify"#, try GateBinary.required()])
            #expect(verified.status == 0 && verified.errors.contains("this clone is shallow"), "\(verified)")
            let named = try await check(in: "clone", workspace, ["GITHUB_BASE_REF": "main"])
            #expect(named.status == 6 && named.errors.contains("fetch-depth: 0"), "\(named)")

            try await repository.git(
                "-C", "clone", "fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
            let tips = try await check(in: "clone", workspace)
            #expect(tips.status == 1 && tips.output.contains(Self.listed), "\(tips)")
            #expect(tips.output.contains("this clone does not show where 'origin/main'"), "\(tips)")
        }
    }

    @Test("a repository in another one is judged by its own base; baselines that another one holds are no baselines")
    func submodules() async throws {
        try await loosened { repository in
            let workspace = repository.workspace
            let path = workspace.folder.url.path
            try await repository.git("init", "--quiet", "--initial-branch", "main", "outer")
            try await repository.git(
                "-C", "outer", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://\(path)",
                "part")
            try await repository.git("-C", "outer/part", "checkout", "--quiet", "-B", "change", "origin/change")
            try await repository.git("-C", "outer/part", "remote", "set-head", "origin", "main")
            let inner = try await check(in: "outer/part", workspace)
            #expect(inner.status == 1 && inner.output.contains(Self.listed), "\(inner)")

            try FileManager.default.moveItem(at: workspace.file("Baselines"), to: workspace.file("elsewhere"))
            try await repository.git("-C", "elsewhere", "init", "--quiet", "--initial-branch", "main")
            try await repository.git("-C", "elsewhere", "add", ".")
            try await repository.git("-C", "elsewhere", "commit", "--quiet", "--message", "Baselines")
            try await repository.git("rm", "--quiet", "-r", "--cached", "Baselines")
            try await repository.git(
                "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://\(path)/elsewhere",
                "Baselines")
            try await repository.git("commit", "--quiet", "--message", "Baselines of another repository")
            try await repository.git("branch", "--force", "main", "HEAD")
            try await repository.git("commit", "--quiet", "--allow-empty", "--message", "A change")
            let outer = try await check(in: ".", workspace)
            #expect(outer.status == 6, "\(outer)")
            #expect(outer.errors.contains("'Baselines' at 'main' is a submodule"), "\(outer)")
        }
    }

    @Test("a corpus that the change edits is another one, and that is said") func corpus() async throws {
        try await loosened { repository in
            let workspace = repository.workspace
            let honest = try await check(in: ".", workspace)
            #expect(honest.output.contains("corpus"), "\(honest)")
            let verdict = try workspace.json(".chimera-gate/verdict.json")
            let differences = (verdict["differences"]?.array ?? []).compactMap { $0["what"]?.string }
            #expect(differences.contains("corpus"), "\(verdict)")
            #expect(honest.status == 1)
        }
    }

    @Test("where no default branch is known, that is said; 'worktree' is an answer") func unknown() async throws {
        try await loosened { repository in
            let workspace = repository.workspace
            try await repository.git("branch", "--quiet", "--move", "main", "trunk")
            let alone = try await check(in: ".", workspace)
            #expect(alone.status == 0 && alone.output.contains("warning: no base was found, so that"), "\(alone)")
            let chosen = try await workspace.gate("check", "--session", ".chimera-gate", "--policy-ref", "worktree")
            #expect(chosen.status == 0 && !chosen.output.contains("no base was found"), "\(chosen)")
            let named = try await workspace.gate("check", "--session", ".chimera-gate", "--policy-ref", "trunk")
            #expect(named.status == 1 && named.output.contains(Self.listed), "\(named)")
        }
    }
}
