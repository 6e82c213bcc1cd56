import Foundation
import GateCore
import GateDigest
import GateFiles
import GateVerdict
import TestSupport
import Testing

@testable import GateBaselines

@Suite("Signed approvals") struct ApprovalProofTests {
    private static let alice = "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7"
    private static let bob = "MC4CAQAwBQYDK2VwBCIEIIK7lJgMCa8rQupi1tMKPxOyUnPwpnSqsGDTBaWKJN3S"

    let folder: TemporaryFolder
    let store: BaselineStore

    init() throws {
        folder = try TemporaryFolder()
        store = BaselineStore(directory: folder.url.appending(path: "Baselines").path)
    }

    private struct Unexpected: Error {}

    private static func key(_ base64: String) throws -> Ed25519.PrivateKey {
        let pem = "-----BEGIN PRIVATE KEY-----\n\(base64)\n-----END PRIVATE KEY-----\n"
        guard let key = Ed25519.PrivateKey(pem: Array(pem.utf8)) else { throw Unexpected() }
        return key
    }

    private static func listed(_ base64: String, as name: String) throws -> [ApprovalKey] {
        [ApprovalKey(name: name, publicKey: try key(base64).publicKey.base64)]
    }

    private func sign(_ session: ApprovedSession, _ baseline: Baseline) throws -> ApprovedSession {
        try ApprovalProof.signed(session, of: baseline, by: try Self.key(Self.alice))
    }

    private func session(_ id: String, ttft: Double = 0.25) -> Session {
        Fixtures.wholeSession(
            id: id,
            runs: (1...3).map { index in
                Fixtures.run(
                    index,
                    calls: [StageName.analysis, .report].map {
                        Fixtures.call($0, run: index, ttft: ttft, throughput: 40)
                    })
            }, model: "smollm2:135m", cpuModel: "AMD EPYC 7763", isDirty: false)
    }

    private func approve(_ session: Session, metrics: [String]? = nil, isSigned: Bool = true) throws {
        var request = ApprovalRequest(approval: Fixtures.approval)
        if let metrics { request.figures = .metrics(metrics) }
        if isSigned {
            try store.approve(session, request, sign: { try sign($0, $1) })
        } else {
            try store.approve(session, request)
        }
    }

    private var baseline: Baseline {
        get throws { try #require(try store.read(workload: .analysis, machineClass: "ci-small")?.baseline) }
    }

    private func objections(to baseline: Baseline, _ keys: [ApprovalKey]) -> [String] {
        ApprovalProof.objections(to: baseline, keys: keys).map { "\($0.session): \($0.reason)" }
    }

    @Test("hold after they were written and read, for the key that is listed and for no other")
    func signed() throws {
        try approve(session("s1"))
        try approve(session("s2"))
        let alice = try Self.listed(Self.alice, as: "alice")
        #expect(objections(to: try baseline, alice) == [])
        #expect(objections(to: try baseline, []) == [])
        let bob = try Self.listed(Self.bob, as: "bob")
        let strange = "its signer's key is none of those that are listed"
        #expect(objections(to: try baseline, bob) == ["s1: \(strange)", "s2: \(strange)"])
        #expect(ApprovalProof.error(in: try baseline, file: "f", keys: bob)?.failure.kind == .baselineUntrusted)
        #expect(objections(to: try baseline, alice + bob) == [])
        try approve(session("s3"), isSigned: false)
        #expect(objections(to: try baseline, alice) == ["s3: it is not signed"])
    }

    @Test("do not hold for another reason, approver, machine class, workload, or other figures")
    func changed() throws {
        try approve(session("s1"))
        let alice = try Self.listed(Self.alice, as: "alice")
        let file = try store.file(workload: .analysis, machineClass: "ci-small")
        let whole = try baseline
        let approved = try #require(whole.sessions.first)
        let broken = "s1: its signature is wrong: something of it was changed after it was signed"
        func with(_ session: ApprovedSession, name: String? = nil, machineClass: String = "ci-small") -> Baseline {
            Baseline(name: name, workload: .analysis, machineClass: machineClass, sessions: [session])
        }
        let other = Approval(
            reason: "another", approvedAt: approved.approval.approvedAt, approvedBy: approved.approval.approvedBy,
            commit: approved.approval.commit
        ).signed(approved.approval.signature)
        #expect(objections(to: with(approved.with(approval: other, samples: approved.samples)), alice) == [broken])
        #expect(objections(to: with(approved, name: "nightly"), alice) == [broken])
        #expect(objections(to: with(approved, machineClass: "ci-large"), alice) == [broken])
        let faster = approved.samples.map { sample in
            Sample(check: sample.check, unit: sample.unit, values: sample.values.map { $0 * 2 })
        }
        #expect(
            objections(to: with(approved.with(approval: approved.approval, samples: faster)), alice)
                .first?.hasPrefix("s1: its signature is not of the figures of ") == true)
        #expect(objections(to: with(approved), alice) == [])
        #expect(PathKind.of(file) == .file)
    }

    @Test("stay with what is left of a session of which one metric was replaced")
    func stepped() throws {
        for number in 1...5 { try approve(session("s\(number)")) }
        try approve(session("slow", ttft: 0.75), metrics: ["ttft"])
        let whole = try baseline
        #expect(whole.sessions.count == 6)
        #expect(whole.sessions[0].samples.count < (whole.sessions[0].approval.signature?.samples.count ?? 0))
        #expect(objections(to: whole, try Self.listed(Self.alice, as: "alice")) == [])
    }

    @Test("can be given later, to those sessions that have none")
    func later() throws {
        let alice = try Self.listed(Self.alice, as: "alice")
        try approve(session("s1"))
        try approve(session("s2"), isSigned: false)
        let before = try baseline
        #expect(
            try store.sign(workload: .analysis, machineClass: "ci-small", keys: alice, by: { try sign($0, $1) }) == 1)
        let after = try baseline
        #expect(objections(to: after, alice) == [] && after.sessions[0] == before.sessions[0])
        #expect(after.history?.sequence == (before.history?.sequence ?? 0) + 1)
        #expect(
            try store.sign(workload: .analysis, machineClass: "ci-small", keys: alice, by: { try sign($0, $1) }) == 0)
        #expect(try baseline == after)
    }
}
