import GateDigest
import Testing

@Suite("A Git LFS pointer") struct LargeFilePointerTests {
    private static let digest = SHA256.hash("model,ms\na,1\n")

    private func pointer(
        version: String = "version https://git-lfs.github.com/spec/v1", oid: String = "oid sha256:\(digest)",
        size: String = "size 13"
    ) -> [UInt8] { Array("\(version)\n\(oid)\n\(size)\n".utf8) }

    @Test("names one file by digest and size") func whole() throws {
        let read = try #require(LargeFilePointer(pointer()))
        #expect(read.sha256 == Self.digest && read.size == 13)
        #expect(read.names(Array("model,ms\na,1\n".utf8)))
        #expect(!read.names(Array("model,ms\na,2\n".utf8)) && !read.names(Array("model,ms\na,1\n\n".utf8)))
    }

    @Test("that is not whole names none, and is no other file either") func damaged() {
        for bytes in [
            pointer(oid: "oid sha256:00"), pointer(oid: "oid md5:\(Self.digest)"), pointer(size: "size -1"),
            pointer(size: ""), pointer(oid: "oid sha256:\(Self.digest.uppercased())"),
            pointer(oid: "oid sha256:../../\(Self.digest.dropFirst(6))"),
        ] {
            #expect(LargeFilePointer(bytes) == nil && LargeFilePointer.begins(bytes))
        }
        #expect(!LargeFilePointer.begins(Array("version,ms\n1,2\n".utf8)))
        // A text about pointers is none.
        #expect(!LargeFilePointer.begins(pointer() + [UInt8](repeating: 32, count: 1024)))
    }
}
