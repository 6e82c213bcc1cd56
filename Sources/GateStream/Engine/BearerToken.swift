import GateCore
import GateJSON

/// A secret that a server asks for (RFC 6750). It describes itself without saying it, and takes itself out of texts.
public struct BearerToken: Sendable, Equatable {
    /// What stands in its place.
    public static let redaction = "[token]"
    /// Bytes; servers refuse much shorter headers.
    private static let longest = 16 << 10

    private let secret: String

    /// Takes the text without white space around it; nil where what is left is no token: empty, longer than 16 KiB, or
    /// with anything but visible ASCII in it.
    public init?(_ text: String) {
        let trimmed = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        let bytes = Array(String(trimmed).utf8)
        guard !bytes.isEmpty, bytes.count <= BearerToken.longest, bytes.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            return nil
        }
        secret = String(trimmed)
    }

    /// The whole header line.
    var header: String { "Authorization: Bearer \(secret)" }

    /// The text with every occurrence of the token replaced.
    public func redacted(_ text: String) -> String { String(decoding: redacted(Array(text.utf8)), as: UTF8.self) }

    /// Too short for a key that anybody gives out.
    var mayBeWord: Bool { secret.utf8.count < 12 }

    package func redacted(_ bytes: [UInt8]) -> [UInt8] {
        let pattern = Array(secret.utf8)
        guard bytes.count >= pattern.count else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == pattern[0], bytes[index...].starts(with: pattern) {
                result += BearerToken.redaction.utf8
                index += pattern.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

extension BearerToken {
    func redacted(_ invalid: InvalidCall) -> InvalidCall { InvalidCall(invalid.kind, redacted(invalid.detail)) }

    func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(redacted(text))
        case .array(let items): .array(items.map(redacted))
        case .object(let members): .object(members.map { ($0.key, redacted($0.value)) })
        default: value
        }
    }

    /// The same number of pieces; a token that is spread over several takes the whole text into the first.
    func redacted(_ pieces: [String]) -> [String] {
        let text = pieces.joined()
        guard text.utf8.count >= secret.utf8.count, text.contains(secret) else { return pieces }
        let each = pieces.map(redacted)
        guard each.joined().contains(secret) else { return each }
        return [redacted(text)] + [String](repeating: "", count: pieces.count - 1)
    }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { BearerToken.redaction }
    public var debugDescription: String { BearerToken.redaction }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
