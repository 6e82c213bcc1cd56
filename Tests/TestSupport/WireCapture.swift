import Foundation

/// A recorded answer of a real server (`../shared/data/wire`): its status and its body, chunk framing taken off.
public struct WireCapture {
    public let status: Int
    public let body: [UInt8]

    public init(_ name: String) throws {
        let text = try String(contentsOf: SharedData.url("data/wire/\(name).jsonl"), encoding: .utf8)
        var raw: [UInt8] = []
        for line in text.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if let encoded = object?["b64"] as? String, let data = Data(base64Encoded: encoded) { raw += data }
        }
        let separator = Array("\r\n\r\n".utf8)
        guard let end = raw.indices.first(where: { raw[$0...].starts(with: separator) }) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let head = String(decoding: raw[..<end], as: UTF8.self)
        status = Int(head.split(separator: " ")[1]) ?? 0
        let rest = Array(raw[(end + 4)...])
        body = head.lowercased().contains("transfer-encoding: chunked") ? WireCapture.unchunked(rest) : rest
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0D),
            let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16),
            size > 0
        {
            let start = end + 2
            body += rest[start..<min(start + size, rest.endIndex)]
            guard start + size + 2 <= rest.endIndex else { break }
            rest = rest[(start + size + 2)...]
        }
        return body
    }
}
