import CCrypto

/// Ed25519 signatures (RFC 8032) by OpenSSL.
public enum Ed25519 {
    /// Who holds the private half can have signed.
    public struct PublicKey: Sendable, Equatable {
        /// 32 of them.
        let bytes: [UInt8]

        /// Bytes that stand before an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410, 4).
        private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

        /// - Parameter base64: the key alone, or as `openssl pkey -pubout` writes it between its two lines; nil where it is
        ///   neither.
        public init?(base64: String) {
            guard let bytes = Base64.bytes(of: base64) else { return nil }
            if bytes.count == 32 {
                self.bytes = bytes
            } else if bytes.count == 44, bytes.starts(with: PublicKey.prefix) {
                self.bytes = Array(bytes.suffix(32))
            } else {
                return nil
            }
        }

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// As `openssl pkey -pubout` writes it between its two lines: 60 characters.
        public var base64: String { Base64.text(of: PublicKey.prefix + bytes) }

        /// Whether the other half of this key made the signature, of this message.
        ///
        /// - Parameter signature: 64 bytes in Base64.
        public func verifies(_ signature: String, of message: [UInt8]) -> Bool {
            guard let signature = Base64.bytes(of: signature), signature.count == 64,
                let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            else { return false }
            defer { EVP_PKEY_free(key) }
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
                && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    /// The half that signs.
    public final class PrivateKey {
        private let key: OpaquePointer

        /// - Parameter pem: as `openssl genpkey -algorithm ed25519` writes it, without a passphrase; nil where it is no such
        ///   key.
        public init?(pem: [UInt8]) {
            let read = pem.withUnsafeBytes { bytes in
                // It reads these bytes where they are, and keeps none.
                let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
                defer { BIO_free(source) }
                // Without an answer of ours OpenSSL would ask for a passphrase on the terminal.
                return PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil)
            }
            guard let key = read else { return nil }
            guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
                EVP_PKEY_free(key)
                return nil
            }
            self.key = key
        }

        deinit { EVP_PKEY_free(key) }

        public var publicKey: PublicKey {
            PublicKey(
                bytes: [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                    count = 32
                    let result = EVP_PKEY_get_raw_public_key(key, buffer.baseAddress, &count)
                    precondition(result == 1, "OpenSSL cannot tell a public key: its installation is broken")
                })
        }

        /// The signature of a message: 64 bytes in Base64.
        public func signature(of message: [UInt8]) -> String {
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            let signature = [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
                count = 64
                let isSigned =
                    EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                    && EVP_DigestSign(context, buffer.baseAddress, &count, message, message.count) == 1
                precondition(isSigned, "OpenSSL cannot sign: its installation is broken")
            }
            return Base64.text(of: signature)
        }
    }
}

/// RFC 4648, by OpenSSL.
enum Base64 {
    static func text(of bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, Int32(clamping: bytes.count))
        return String(decoding: text.prefix(Int(clamping: count)), as: UTF8.self)
    }

    /// nil where it is none.
    static func bytes(of text: String) -> [UInt8]? {
        let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard !text.isEmpty, text.utf8.count.isMultiple(of: 4), padding <= 2 else { return nil }
        var bytes = [UInt8](repeating: 0, count: text.utf8.count / 4 * 3)
        // It takes blanks at the ends for nothing.
        guard !text.utf8.contains(where: { $0 <= 0x20 }),
            EVP_DecodeBlock(&bytes, Array(text.utf8), Int32(clamping: text.utf8.count)) == bytes.count
        else { return nil }
        return Array(bytes.dropLast(padding))
    }
}
