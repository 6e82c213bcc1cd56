import Foundation

/// A recorded answer: its status and its body, chunk framing taken off. Our own are in `Tests/Data/wire`, those of a real
/// server in `../shared/data/wire`.
public struct WireCapture {
    public let status: Int
    public let body: [UInt8]

    /// Our own recordings, and the others where they are there.
    public static func present<Recording>(_ own: [Recording], besides: [Recording]) -> [Recording] {
        own + (SharedData.isPresent ? besides : [])
    }

    /// The request that a recording answers.
    public static func request(_ name: String) throws -> String {
        let own = SharedData.own.appending(path: "wire/\(name).req")
        let isOwn = FileManager.default.fileExists(atPath: own.path)
        return try String(contentsOf: isOwn ? own : SharedData.url("data/wire/\(name).req"), encoding: .utf8)
    }

    public init(_ name: String) throws {
        let own = SharedData.own.appending(path: "wire/\(name).http")
        guard !FileManager.default.fileExists(atPath: own.path) else {
            try self.init(raw: [UInt8](Data(contentsOf: own)))
            return
        }
        let text = try String(contentsOf: SharedData.url("data/wire/\(name).jsonl"), encoding: .utf8)
        var raw: [UInt8] = []
        for line in text.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if let encoded = object?["b64"] as? String, let data = Data(base64Encoded: encoded) { raw += data }
        }
        try self.init(raw: raw)
    }

    private init(raw: [UInt8]) throws {
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
