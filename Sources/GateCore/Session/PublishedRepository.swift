/// A repository as its host shows it to people: where a line of a file of a revision can be looked at.
public struct PublishedRepository: Sendable, Equatable {
    /// Whose addresses of lines we know.
    public enum Host: Sendable, CaseIterable {
        case github
        case gitlab
        case azure
    }

    public let host: Host
    /// `https://github.com/team/agent`
    public let address: String

    /// - Parameter address: as a browser opens it; a user name in it is left out. nil for what is no plain `http` or `https`.
    public init?(host: Host, address: String) {
        guard let scheme = ["https://", "http://"].first(where: address.hasPrefix) else { return nil }
        let rest = address.dropFirst(scheme.count)
        let plain = rest[(rest.prefix { $0 != "/" }.lastIndex(of: "@").map(rest.index(after:)) ?? rest.startIndex)...]
        let path = plain.hasSuffix("/") ? plain.dropLast() : plain
        guard path.contains("/"), path.utf8.allSatisfy({ Self.isPlain($0) || $0 == 0x2F || $0 == 0x3A || $0 == 0x25 })
        else { return nil }
        self.host = host
        self.address = scheme + path
    }

    /// - Parameter clone: what git was told, `git@github.com:team/agent.git` or a URL. nil of hosts whose addresses are not
    ///   known by their names.
    public init?(clone: String) {
        let rest = clone.firstRange(of: "://").map { clone[$0.upperBound...] } ?? clone[...]
        let place = rest.split(separator: "@", maxSplits: 1).last ?? rest
        guard let end = place.firstIndex(where: { $0 == "/" || $0 == ":" }) else { return nil }
        let hosts: [Substring: Host] = ["github.com": .github, "gitlab.com": .gitlab]
        guard let host = hosts[place[..<end]] else { return nil }
        let path = place[place.index(after: end)...]
        self.init(
            host: host, address: "https://\(place[..<end])/" + (path.hasSuffix(".git") ? path.dropLast(4) : path))
    }

    /// Where a line is shown: of letters, digits and signs that mean nothing in Markdown alone, whatever the file is called.
    ///
    /// - Parameters:
    ///   - path: below the root of the repository.
    ///   - line: counted from 1.
    ///   - revision: hexadecimal.
    public func address(of path: String, line: Int, revision: String) -> String {
        let file = Self.escaped(path)
        // Where Markdown is shown as a page it has no lines.
        let asText = [".md", ".markdown"].contains { path.lowercased().hasSuffix($0) } ? "?plain=1" : ""
        return switch host {
        case .github: "\(address)/blob/\(revision)/\(file)\(asText)#L\(line)"
        case .gitlab: "\(address)/-/blob/\(revision)/\(file)\(asText)#L\(line)"
        case .azure:
            "\(address)?path=/\(file)&version=GC\(revision)&line=\(line)&lineEnd=\(line + 1)&lineStartColumn=1"
                + "&lineEndColumn=1&lineStyle=plain&_a=contents"
        }
    }

    /// Unreserved in URLs (RFC 3986, 2.3), without what Markdown may take for emphasis between letters of no kind.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    /// A path as URLs have it, slash by slash.
    package static func escaped(_ path: String) -> String {
        path.utf8.map { byte in
            isPlain(byte) || byte == 0x2F
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
