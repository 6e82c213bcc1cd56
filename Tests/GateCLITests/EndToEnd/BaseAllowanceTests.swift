import Foundation
import GateCore
import TestSupport
import Testing

@Suite("What reports may have, beside a base", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct BaseAllowanceTests {
    @Test("is what is approved on the base, whatever the change adopts, and that is listed") func adopted() async throws
    {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let configuration =
                GateWorkspace.sample + "server: {api: openai, url: \"\(url)\"}\n"
                + "metrics: {ttft: {role: info}, throughput: 95%}\n"
            let repository = try await GitWorkspace(base: configuration)
            let workspace = repository.workspace
            try await repository.git("checkout", "--quiet", "main")
            #expect(try await workspace.gate("run").status == 0)
            #expect(try await workspace.gate("baseline", "approve", "--reason", "first").status == 0)
            // Of the approved reports none has that section.
            try workspace.folder.write(
                configuration + "quality: {required_sections: [Findings, Outlook]}\n", to: "chimera-gate.yml")
            try await repository.commit()
            try await repository.git("checkout", "--quiet", "change")
            try await repository.git("merge", "--quiet", "main")
            #expect(try await workspace.gate("run").status == 0)
            let adopted = try await workspace.gate(
                "baseline", "approve", "--reason", "as they are", "--adopt-quality", "--replace", "--allow",
                "broken-reports")
            #expect(adopted.status == 0, "\(adopted)")
            try await repository.commit()

            let pairs = try await workspace.gate("check", "--base-ref", "main")
            #expect(pairs.status == 3, "\(pairs)")
            #expect(try workspace.session().measuredPairs.count >= 6)
            #expect(
                pairs.output.contains(
                    "the change edits 'Baselines/analysis/replay.json' (approved sessions: 1 added, 1 removed)"),
                "\(pairs)")
            let stored = try await workspace.gate("check")
            #expect(stored.status == 3, "\(stored)")
            // From the merge on it counts.
            try await repository.git("branch", "--force", "main", "HEAD")
            let merged = try await workspace.gate("check")
            #expect(merged.status == 0, "\(merged)")
        }
    }
}
