/// Who may approve: a name, and the public key by which their approvals are known.
public struct ApprovalKey: Codable, Sendable, Equatable, CustomStringConvertible {
    /// Without blanks.
    public let name: String
    /// An Ed25519 public key in Base64.
    public let publicKey: String

    public init(name: String, publicKey: String) {
        self.name = name
        self.publicKey = publicKey
    }

    /// `alice@example.org MCowBQYDK2VwAyEA…`, as it is configured.
    public var description: String { "\(name) \(publicKey)" }
}

/// The proof of an approval: workload, machine class, revision, reason, who approved, what was measured on, and every
/// sample were signed together.
public struct ApprovalSignature: Codable, Sendable, Equatable {
    /// The signer's Ed25519 public key in Base64.
    public let key: String
    /// The signature in Base64.
    public let value: String
    /// SHA-256 of the samples that were signed, by check: one whose figures were replaced since takes the others' proof not
    /// away.
    public let samples: [String: String]

    public init(key: String, value: String, samples: [String: String]) {
        self.key = key
        self.value = value
        self.samples = samples
    }
}
