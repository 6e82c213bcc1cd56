internal import FoundationEssentials

/// The address of a model server.
enum ServerURL {
    static let pattern = #"^https?://[^/?#@\s]+(/[^?#\s]*)?$"#

    /// Scheme, host in lower case, port where one is named, and path without a slash at its end.
    ///
    /// The refusal never repeats the address: it may hold a password.
    static func normalized(_ text: String) throws(Refusal) -> String {
        let example = "as in http://127.0.0.1:8080"
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw Refusal("not an address that begins with http:// or https://, \(example)")
        }
        guard !text.drop(while: { $0 != "/" }).dropFirst(2).prefix(while: { $0 != "/" }).contains("@") else {
            throw Refusal("the address holds a user name or a password; leave everything up to the '@' out")
        }
        guard !text.contains("?"), !text.contains("#") else {
            throw Refusal("the address has a query or a fragment; end it before the '?' or '#'")
        }
        guard matches(text, pattern),
            let parts = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = parts.scheme, let host = parts.host, !host.isEmpty
        else { throw Refusal("not an address; write scheme, host and port, \(example)") }
        if let port = parts.port, !(1...65_535).contains(port) {
            throw Refusal("\(port) is not a port; allowed: 1 to 65535")
        }
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        return "\(scheme)://\(host.lowercased())\(parts.port.map { ":\($0)" } ?? "")\(path)"
    }
}

extension ValueReader where Value == String {
    static var serverURL: ValueReader {
        let shape = ValueShape.text(
            pattern: ServerURL.pattern, words: "an http or https address, as in http://127.0.0.1:8080")
        return ValueReader(shape) { (node) throws(Refusal) in
            guard let text = node.text else { return nil }
            return try ServerURL.normalized(text)
        }
    }
}
