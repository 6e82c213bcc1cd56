import ArgumentParser
import GateBaselines
import GateCore
import GateDigest
import GateMeasure
import GateVerdict

/// The key with which approvals are signed.
struct SigningKeyOption: ParsableArguments {
    /// Pipelines keep secrets in variables.
    static let variable = "CHIMERA_GATE_APPROVAL_KEY"
    private static let largestFile = 64 << 10

    @Option(
        help: ArgumentHelp(
            "Signs with this Ed25519 key, as 'openssl genpkey -algorithm ed25519' writes it (default: the text of"
                + " \(variable)).",
            valueName: "file"))
    var key: String?

    /// Where the key comes from; nil where nobody names one.
    private var place: String? {
        key.map { "the file '\($0)' (--key)" }
            ?? (Variables.all[Self.variable] == nil ? nil : "the environment variable \(Self.variable)")
    }

    /// What signs; nil where nobody names a key.
    ///
    /// - Parameter listed: the keys that count. A signature by another would be worth nothing.
    func signer(
        listed: [ApprovalKey]
    ) throws -> ((ApprovedSession, Baseline) throws -> ApprovedSession)? {
        guard let place else {
            guard listed.isEmpty else {
                throw CommandFailure(
                    .usage,
                    "the configuration lists approval_keys, so that an approval without a signature counts for nothing",
                    remedy: "Sign it: --key FILE, or \(Self.variable).")
            }
            return nil
        }
        let known = try publicKey(in: place)
        guard listed.isEmpty || listed.contains(where: { Ed25519.PublicKey(base64: $0.publicKey) == known }) else {
            throw CommandFailure(
                .usage, "the key in \(place) is none of those that approval_keys lists",
                remedy: "Sign with one of them, or have its public half listed: '\(known.base64)'.")
        }
        return { session, baseline in
            try ApprovalProof.signed(session, of: baseline, by: try privateKey(in: place))
        }
    }

    private func publicKey(in place: String) throws -> Ed25519.PublicKey { try privateKey(in: place).publicKey }

    /// No error repeats what is there.
    private func privateKey(in place: String) throws -> Ed25519.PrivateKey {
        let text =
            try key.map { try LinkedFile.read($0, limit: Self.largestFile) }
            ?? Array((Variables.all[Self.variable] ?? "").utf8)
        guard let key = Ed25519.PrivateKey(pem: text) else {
            throw CommandFailure(
                .malformedData, "\(place) holds no Ed25519 key",
                remedy:
                    "Make one: openssl genpkey -algorithm ed25519 -out approval.pem; it has to be without a passphrase."
            )
        }
        return key
    }
}
