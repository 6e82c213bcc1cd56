import Testing

@testable import GateDigest

@Suite("Ed25519")
struct Ed25519Tests {
    /// RFC 8032, 7.1, TEST 2: the secret and public key, the message and its signature.
    private static let secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    private static let publicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    private static let message: [UInt8] = [0x72]
    private static let signature =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: hexadecimal.count, by: 2).map { offset in
            let start = hexadecimal.index(hexadecimal.startIndex, offsetBy: offset)
            return UInt8(hexadecimal[start..<hexadecimal.index(start, offsetBy: 2)], radix: 16)!
        }
    }

    /// PKCS #8 (RFC 8410, 7), as OpenSSL writes it.
    private static func pem(_ secret: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [
            0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
        ]
        return Array(
            "-----BEGIN PRIVATE KEY-----\n\(Base64.text(of: prefix + secret))\n-----END PRIVATE KEY-----\n".utf8)
    }

    @Test("signs and verifies as its standard's vector says")
    func vector() throws {
        let key = try #require(Ed25519.PrivateKey(pem: Self.pem(Self.bytes(Self.secret))))
        let signature = key.signature(of: Self.message)
        #expect(signature == Base64.text(of: Self.bytes(Self.signature)))
        #expect(key.publicKey.bytes == Self.bytes(Self.publicKey))
        #expect(key.publicKey.verifies(signature, of: Self.message))
        #expect(!key.publicKey.verifies(signature, of: [0x73]))
        #expect(
            !key.publicKey.verifies(Base64.text(of: [0] + Self.bytes(Self.signature).dropFirst()), of: Self.message))
    }

    @Test("a public key is the same alone and as OpenSSL writes it")
    func publicKeys() throws {
        let alone = try #require(Ed25519.PublicKey(base64: Base64.text(of: Self.bytes(Self.publicKey))))
        #expect(alone.base64.count == 60 && alone.base64.hasPrefix("MCowBQYDK2VwAyEA"))
        #expect(Ed25519.PublicKey(base64: alone.base64) == alone)
    }

    @Test(
        "what is no key is none, and no signature verifies",
        arguments: ["", "AAAA", "=", "====", "A===", "%%%%", "MCowBQYDK2VwAyEA", " AAA", "AAA\n"])
    func noKey(text: String) throws {
        #expect(Ed25519.PublicKey(base64: text) == nil)
        #expect(Ed25519.PrivateKey(pem: Array(text.utf8)) == nil)
        let key = try #require(Ed25519.PublicKey(base64: Base64.text(of: Self.bytes(Self.publicKey))))
        #expect(!key.verifies(text, of: Self.message))
    }

    @Test("Base64 has a form for every length", arguments: 1...40)
    func base64(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 251) }
        #expect(Base64.bytes(of: Base64.text(of: bytes)) == bytes)
    }
}
