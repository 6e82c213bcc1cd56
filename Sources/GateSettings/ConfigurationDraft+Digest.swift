internal import GateDigest

extension ConfigurationDraft {
    /// SHA-256 over the file and the flags beside it, hexadecimal: two calls with the same one measure and judge alike.
    /// Where the server is, and what the machine is called, may differ from job to job, as the flags may that say so.
    package func digest(with flags: ConfigurationFlags) -> String {
        let given = flags.values.filter { key, _ in
            !key.hasPrefix("server.") && key != "name" && key != "machine_class"
        }
        let words = given.map { "\($0)=\($1)" }.sorted() + flags.tolerances.sorted()
        return SHA256.hash(([digest ?? ""] + words).joined(separator: "\0"))
    }
}
