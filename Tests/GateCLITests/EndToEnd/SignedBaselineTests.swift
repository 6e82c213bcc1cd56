import Foundation
import GateCore
import TestSupport
import Testing

@Suite("Baselines that have to be signed", .enabled(if: GateBinary.isPresent, GateBinary.absence))
struct SignedBaselineTests {
    private static let alice = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIIK7lJgMCa8rQupi1tMKPxOyUnPwpnSqsGDTBaWKJN3S
        -----END PRIVATE KEY-----

        """
    private static let mallory = alice.replacing("IIK7lJgMCa8rQupi", with: "IHrJntgkM99dae2q")

    /// The public half, as the refusal of a key that is not listed tells it.
    private func publicKey(of file: String, in workspace: GateWorkspace) async throws -> String {
        try workspace.folder.write(
            GateWorkspace.sample
                + "approval_keys: [nobody MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=]\n",
            to: "other.yml")
        let refused = try await workspace.gate(
            "baseline", "approve", "--config", "other.yml", "--reason", "x", "--key", file)
        #expect(refused.status == 64, "\(refused)")
        return try #require(
            refused.errors.split(separator: "'").first { $0.hasPrefix("MCowBQYDK2VwAyEA") }.map(String.init))
    }

    @Test("count where a listed key signed them; all else is status 7, in every command that reads them")
    func signatures() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let server = "server: {api: openai, url: \"\(url)\"}\n" + GitWorkspace.wide
            let workspace = try GateWorkspace(GateWorkspace.sample + server)
            try workspace.folder.write(Self.alice, to: "alice.pem")
            try workspace.folder.write(Self.mallory, to: "mallory.pem")
            func gate(_ arguments: String..., more: [String: String] = [:]) async throws -> GateOutcome {
                try await workspace.gate(arguments[0], and: Array(arguments.dropFirst()), environment: more)
            }
            #expect(try await gate("run", "--corpus", GateWorkspace.corpus).status == 0)
            #expect(try await gate("baseline", "approve", "--reason", "before keys").status == 0)

            let key = try await publicKey(of: "alice.pem", in: workspace)
            try workspace.folder.write(
                GateWorkspace.sample + server + "approval_keys: [alice@example.org \(key)]\n", to: "chimera-gate.yml")
            let unsigned = try await gate("check", "--session", ".chimera-gate")
            #expect(unsigned.status == 7 && unsigned.output.contains("it is not signed"), "\(unsigned)")
            #expect(try workspace.text(".chimera-gate/junit.xml").contains("BaselineUntrusted"))
            let verified = try await gate("baseline", "verify")
            #expect(verified.status == 7 && verified.output.contains("it is not signed"), "\(verified)")

            let forgotten = try await gate("baseline", "approve", "--reason", "x")
            #expect(forgotten.status == 64 && forgotten.errors.contains("lists approval_keys"), "\(forgotten)")
            let stranger = try await gate("baseline", "sign", "--key", "mallory.pem")
            #expect(stranger.status == 64 && stranger.errors.contains("is none of those"), "\(stranger)")
            let none = try await gate("baseline", "sign", "--key", "chimera-gate.yml")
            #expect(none.status == 65 && none.errors.contains("holds no Ed25519 key"), "\(none)")

            let signed = try await gate("baseline", "sign", "--key", "alice.pem", "--format", "json")
            #expect(signed.status == 0 && signed.output.contains("\"signed\" : 1"), "\(signed)")
            #expect(try await gate("check", "--session", ".chimera-gate").status == 0)
            #expect(try await gate("baseline", "verify").status == 0)
            let again = try await gate("baseline", "sign", "--key", "alice.pem")
            #expect(again.output.hasSuffix(": nothing to sign\n"), "\(again)")
            let shown = try await gate("baseline", "show")
            #expect(shown.output.contains("signed by \(key)"), "\(shown)")

            // A pipeline keeps its key in a variable.
            #expect(try await gate("run", "--corpus", GateWorkspace.corpus).status == 0)
            let append = try await gate("baseline", "append", more: ["CHIMERA_GATE_APPROVAL_KEY": Self.alice])
            #expect(append.status == 0, "\(append)")
            #expect(try await gate("baseline", "verify").status == 0)

            // Signed by somebody who is listed no more.
            let other = try await publicKey(of: "mallory.pem", in: workspace)
            try workspace.folder.write(
                GateWorkspace.sample + server + "approval_keys: [mallory \(other)]\n", to: "chimera-gate.yml")
            let gone = try await gate("check", "--session", ".chimera-gate")
            #expect(gone.status == 7 && gone.output.contains("signer's key is none of those"), "\(gone)")
        }
    }

    @Test("an approval in the change counts by its signature alone, whatever keys the change lists")
    func inChange() async throws {
        try await ReplayProcess.serving(ReplayProcess.quick + ["--throughput-factor", "0.1"]) { slow in
            try await ReplayProcess.serving(ReplayProcess.quick) { quick in
                let configuration =
                    GateWorkspace.sample.replacing("runs: 1", with: "runs: 3")
                    + "approvals: in_change\nserver: {api: openai, url: \"\(quick)\"}\n" + TrustedBaseTests.strict
                let scratch = try GateWorkspace()
                try scratch.folder.write(Self.alice, to: "alice.pem")
                #expect(try await scratch.measure("run", quick).status == 0)
                let key = try await publicKey(of: "alice.pem", in: scratch)
                let keys = "approval_keys: [alice@example.org \(key)]\n"
                let repository = try await GitWorkspace(base: configuration + keys)
                let workspace = repository.workspace
                let secret = ["CHIMERA_GATE_APPROVAL_KEY": Self.alice]
                try await repository.git("checkout", "--quiet", "main")
                #expect(try await workspace.gate("run").status == 0)
                let first = try await workspace.gate("baseline", "approve", "--reason", "first", environment: secret)
                #expect(first.status == 0, "\(first)")
                try await repository.git("add", "Baselines")
                try await repository.git("commit", "--quiet", "--message", "Approve")
                try await repository.git("checkout", "--quiet", "change")
                try await repository.git("merge", "--quiet", "main")
                #expect(try await workspace.gate("run", "--url", slow).status == 0)

                // Without the key, by a configuration that asks for none.
                try workspace.folder.write(configuration, to: "chimera-gate.yml")
                let forged = try await workspace.gate("baseline", "approve", "--reason", "let me in")
                #expect(forged.status == 0, "\(forged)")
                try await repository.commit()
                let check = try await workspace.gate("check", "--url", slow)
                #expect(check.status == 1, "\(check)")
                #expect(check.output.contains("the change edits 'chimera-gate.yml' (approval_keys)"), "\(check)")

                let signed = try await workspace.gate(
                    "baseline", "approve", "--reason", "longer answers", environment: secret)
                #expect(signed.status == 0, "\(signed)")
                try await repository.commit()
                let approved = try await workspace.gate("check", "--url", slow)
                #expect(approved.status == 0, "\(approved)")
                #expect(approved.output.contains("approved in this change by"), "\(approved)")

                // Pairs are judged by the keys of their base.
                let pairs = try await workspace.gate(
                    "check", "--base-ref", "main", "--url", slow, "--base-url", quick)
                #expect(pairs.status == 0, "\(pairs)")
                #expect(pairs.output.contains("approved in this change by"), "\(pairs)")
                #expect(try workspace.session().measuredPairs.count == 8)
                let file = "Baselines/analysis/replay.json"
                try await repository.git("checkout", "--quiet", "HEAD~1", "--", file)
                let unsigned = try await workspace.gate("check", "--session", ".chimera-gate")
                #expect(unsigned.status == 1, "\(unsigned)")
            }
        }
    }
}
