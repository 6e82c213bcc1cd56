internal import GateCore

extension ValueReader where Value == [ApprovalKey] {
    /// `NAME KEY`, as in the `authorized_keys` of SSH: Base64 of the key alone, or as OpenSSL writes it.
    static var approvalKeys: ValueReader {
        let line = ValueReader<String>.text(
            pattern: "^[^ ]+ (MCowBQYDK2VwAyEA)?[A-Za-z0-9+/]{43}=$",
            words: "a name and an Ed25519 public key, as in 'alice@example.org MCowBQYDK2VwAyEA…='")
        let lines = line.list()
        return ValueReader(lines.shape) { node, key, problems in
            lines.read(node, key, &problems)?.compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                return words.count == 2 ? ApprovalKey(name: words[0], publicKey: words[1]) : nil
            }
        }
    }
}
