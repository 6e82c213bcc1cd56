/// Names that become parts of paths: workloads and machine classes.
public enum SafeName {
    public static let maximumLength = 64
    /// For messages: what is allowed.
    public static let rule = "lower-case letters, digits, '.', '_' and '-', beginning with a letter or a digit"

    /// True for `[a-z0-9][a-z0-9._-]*` of at most 64 bytes: no separator, no traversal, nothing hidden.
    public static func isValid(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, isLetterOrDigit(first), bytes.count <= maximumLength else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
