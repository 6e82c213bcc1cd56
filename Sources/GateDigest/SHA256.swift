import CCrypto

/// SHA-256 (FIPS 180-4) by OpenSSL, of bytes that come in pieces or at once; in lower-case hexadecimal.
public struct SHA256: ~Copyable {
    /// OpenSSL's handle; freed with the value.
    private let context: OpaquePointer?

    public init() {
        context = EVP_MD_CTX_new()
        restart()
    }

    /// Looked up once, because OpenSSL takes longer to find it than to digest a small file.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    private mutating func restart() {
        let isReady = EVP_DigestInit_ex(context, SHA256.algorithm, nil)
        precondition(isReady == 1, "OpenSSL cannot compute SHA-256: its installation is broken")
    }

    deinit { EVP_MD_CTX_free(context) }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of everything so far: 64 digits.
    public consuming func finish() -> String { digest() }

    /// As ``finish()``; what comes after it begins another digest.
    public mutating func finishAndRestart() -> String {
        defer { restart() }
        return digest()
    }

    private mutating func digest() -> String {
        let digest = [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
            var written: UInt32 = 0
            EVP_DigestFinal_ex(context, buffer.baseAddress, &written)
            count = Int(written)
        }
        return hexadecimal(digest)
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> String {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }

    public static func hash(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hash($0) } }

    public static func hash(_ text: String) -> String {
        var digest = SHA256()
        digest.update(text)
        return digest.finish()
    }

    private static let byteCount = 32
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
        for (index, byte) in bytes.enumerated() {
            buffer[index * 2] = digits[Int(byte >> 4)]
            buffer[index * 2 + 1] = digits[Int(byte & 15)]
        }
        return bytes.count * 2
    }
}
