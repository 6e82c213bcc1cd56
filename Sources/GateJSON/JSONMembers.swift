/// The members of a document, found by brackets and quotes alone: nothing in them is read.
public enum JSONMembers {
    /// The document without these members of its object. Equal results are documents that differ in nothing else; a text that
    /// is no JSON loses no byte that says so to a parser of the whole.
    ///
    /// - Parameter names: in ASCII, without escapes. A member whose value has other bytes than ASCII stays.
    public static func leftOut(_ names: [String], of document: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(document.count)
        let keys = names.map { Array("\"\($0)\"".utf8) }
        document.withUnsafeBufferPointer { bytes in
            var (depth, isInString, isEscaped) = (0, false, false)
            var start = 0
            func take(to end: Int) {
                let member = bytes[start..<end]
                let text = member.drop { $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{") }
                let isMeant = keys.contains { text.starts(with: $0) } && text.allSatisfy { $0 < 0x80 }
                if !isMeant { kept += member }
                start = end
            }
            for (index, byte) in bytes.enumerated() {
                if isInString {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        isInString = false
                    }
                    continue
                }
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 { take(to: index) }
                case UInt8(ascii: ",") where depth == 1: take(to: index)
                default: break
                }
            }
            take(to: bytes.count)
        }
        return kept
    }
}
