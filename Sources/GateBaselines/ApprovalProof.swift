public import GateCore
public import GateDigest
import GateFiles
import GateVerdict

/// Signs approved sessions, and says whose signature one bears.
public enum ApprovalProof {
    /// What is signed: all that a baseline says of a session. Of its samples the digests.
    private struct Statement: Encodable {
        let workload: String
        let machineClass: String
        let session: ApprovedSession
        let samples: [String: String]
    }

    /// The session with a signature in place of any that it bears.
    public static func signed(
        _ session: ApprovedSession, of baseline: Baseline, by key: Ed25519.PrivateKey
    ) throws -> ApprovedSession {
        let samples = try digests(of: session)
        let message = try statement(of: session, samples, in: baseline)
        let signature = ApprovalSignature(
            key: key.publicKey.base64, value: key.signature(of: message), samples: samples)
        return session.with(approval: session.approval.signed(signature), samples: session.samples)
    }

    /// Why a session counts as approved by none of these keys; nil where one of them signed it.
    public static func objection(
        to session: ApprovedSession, of baseline: Baseline, keys: [ApprovalKey]
    ) -> String? {
        guard let signature = session.approval.signature else { return "it is not signed" }
        guard let signer = Ed25519.PublicKey(base64: signature.key),
            keys.contains(where: { Ed25519.PublicKey(base64: $0.publicKey) == signer })
        else { return "its signer's key is none of those that are listed" }
        guard let found = try? digests(of: session),
            let message = try? statement(of: session, signature.samples, in: baseline),
            signer.verifies(signature.value, of: message)
        else { return "its signature is wrong: something of it was changed after it was signed" }
        let changed = found.filter { signature.samples[$0.key] != $0.value }.keys.sorted()
        return changed.first.map { "its signature is not of the figures of \($0)" }
    }

    /// Every session of a baseline that is not signed by one of these keys, each with why; none where no keys are listed.
    public static func objections(to baseline: Baseline, keys: [ApprovalKey]) -> [(session: String, reason: String)] {
        guard !keys.isEmpty else { return [] }
        return baseline.sessions.compactMap { session in
            objection(to: session, of: baseline, keys: keys).map { (session.sessionId, $0) }
        }
    }

    /// Why a baseline does not count where these keys are listed; nil where it does.
    public static func error(in baseline: Baseline, file: String, keys: [ApprovalKey]) -> BaselineError? {
        objections(to: baseline, keys: keys).first.map {
            .unsigned(file: file, sessionId: $0.session, reason: $0.reason)
        }
    }

    private static func digests(of session: ApprovedSession) throws -> [String: String] {
        var digests: [String: String] = [:]
        for sample in session.samples {
            digests[sample.check.description] = SHA256.hash(try CanonicalJSON.encodeLine(sample))
        }
        return digests
    }

    private static func statement(
        of session: ApprovedSession, _ samples: [String: String], in baseline: Baseline
    ) throws -> [UInt8] {
        let bare = session.with(approval: session.approval.signed(nil), samples: [])
        return try CanonicalJSON.encodeLine(
            Statement(
                workload: baseline.workloadName.rawValue, machineClass: baseline.machineClass, session: bare,
                samples: samples))
    }
}
