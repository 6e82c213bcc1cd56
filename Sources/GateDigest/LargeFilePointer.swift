/// What Git LFS commits in place of a file (`version https://git-lfs.github.com/spec/v1`): the digest and the size of the
/// file itself, which lies elsewhere.
public struct LargeFilePointer: Sendable, Equatable {
    /// SHA-256 of the file, 64 hexadecimal digits.
    public let sha256: String
    /// Bytes of the file; at least 0.
    public let size: Int

    private static let beginning = "version https://git-lfs.github.com/spec/"
    /// Git LFS reads no larger one.
    private static let largest = 1024

    /// True for bytes that begin as a pointer does, whether it is a whole one or not.
    public static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count < largest && bytes.starts(with: beginning.utf8)
    }

    /// Nil for what is no pointer, or not a whole one.
    public init?(_ bytes: some Collection<UInt8>) {
        guard LargeFilePointer.begins(bytes) else { return nil }
        var fields: [Substring: Substring] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
        guard let oid = fields["oid"], oid.hasPrefix("sha256:"),
            let size = fields["size"].flatMap({ Int($0, radix: 10) }),
            size >= 0
        else { return nil }
        let digits = oid.dropFirst("sha256:".count)
        guard digits.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit && !$0.isUppercase }) else {
            return nil
        }
        sha256 = String(digits)
        self.size = size
    }

    /// Whether these bytes are the file.
    public func names(_ bytes: [UInt8]) -> Bool { bytes.count == size && SHA256.hash(bytes) == sha256 }
}
