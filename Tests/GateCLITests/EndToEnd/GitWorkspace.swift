import Foundation
import TestSupport
import Testing

/// A workspace in a git repository: the sample's corpus and a configuration on `main`, and a branch `change`.
struct GitWorkspace {
    let workspace: GateWorkspace

    /// Demands that no noise of a busy machine breaks.
    static let wide = "metrics: {ttft: 2000%, throughput: 95%}\n"

    /// - Parameter base: the configuration on `main`; nil for none.
    init(base: String?, head: String? = nil) async throws {
        workspace = try GateWorkspace(base)
        for name in ["reports", "csv_data"] {
            try FileManager.default.copyItem(
                atPath: "\(GateWorkspace.corpus)/\(name)", toPath: workspace.file(name).path)
        }
        try await git("init", "--quiet", "--initial-branch", "main")
        try await commit()
        try await git("checkout", "--quiet", "-b", "change")
        if let head { try workspace.folder.write(head, to: "chimera-gate.yml") }
        try workspace.folder.write("# A note\n\nIt is new.\n", to: "reports/new.md")
        try await commit()
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let identity = ["-c", "user.name=tester", "-c", "user.email=tester@example.org"]
        // The times are part of the commits' names, and those of the order of the pairs.
        let time = "2026-11-01T12:00:00Z"
        let outcome = try await workspace.run(
            ["git"] + identity + arguments, environment: ["GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time])
        try #require(outcome.status == 0, "\(outcome)")
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    func commit() async throws {
        try await git("add", "reports", "csv_data", ".")
        try await git("commit", "--quiet", "--message", "A commit")
    }
}
