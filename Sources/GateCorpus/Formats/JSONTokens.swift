import GateCore
import GateJSON

/// The values of a JSON text in the order in which they stand, as places in its bytes: what a tree would hold, without
/// making one. A value that holds others says where they end; a member is a key, then its value.
///
/// Accepts just what ``JSONValue/parse(_:)`` accepts, of text that is UTF-8 already. That parser says what is wrong
/// with a text that this one refuses.
struct JSONTokens: ~Copyable {
    enum Kind: UInt8 { case object, array, key, string, number, bool, null }

    struct Traits: OptionSet {
        let rawValue: UInt8
        /// A string or key with a backslash in it.
        static let escapes = Traits(rawValue: 1)
        /// An object with a setting among its members.
        static let parameters = Traits(rawValue: 2)
        /// An object that holds others, or members that tell more than a number does.
        static let identity = Traits(rawValue: 4)
    }

    struct Token {
        let kind: Kind
        var traits: Traits = []
        /// Without quotes, where there are some.
        let start: UInt32
        var end: UInt32
        /// Of a key: its number in the table of names. Of any other: the token that follows it and all that it holds.
        var next: UInt32
        /// Of a plain number.
        var digits = PackedDecimal.none
    }

    private var tokens: [Token] = []
    private var open: [Int] = []
    /// By the number of a name: the last object that was found to have it.
    private var owners: [UInt64] = []
    private var objects: UInt64 = 0

    subscript(index: Int) -> Token { tokens[index] }

    func kind(of token: Int) -> Kind { tokens[token].kind }

    /// The number of a key in the table of names.
    func name(of key: Int) -> Int { Int(tokens[key].next) }

    /// The token that follows a value and all that it holds.
    func end(of value: Int) -> Int { Int(tokens[value].next) }

    /// - Returns: false where the text is not JSON.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ names: inout NameTable) -> Bool {
        tokens.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        guard bytes.count < UInt32.max else { return false }
        var scanner = JSONScanner(bytes)
        var wantsValue = true
        while true {
            scanner.skipWhitespace()
            if wantsValue {
                guard let isOpened = value(&scanner, &names) else { return false }
                wantsValue = isOpened
                continue
            }
            guard let container = open.last else { return scanner.isAtEnd }
            let isObject = tokens[container].kind == .object
            if scanner.skip(",") {
                if isObject {
                    scanner.skipWhitespace()
                    guard key(&scanner, &names) else { return false }
                }
                wantsValue = true
            } else {
                guard scanner.skip(isObject ? "}" : "]"), close(container, scanner.position, names) else {
                    return false
                }
            }
        }
    }

    /// - Returns: whether another value must follow, as behind an opening bracket; nil where there is no value.
    private mutating func value(_ scanner: inout JSONScanner, _ names: inout NameTable) -> Bool? {
        let start = scanner.position
        if scanner.skip("\"") {
            guard let hasEscapes = scanner.string() else { return nil }
            append(.string, hasEscapes ? .escapes : [], start + 1, scanner.position - 1)
        } else if scanner.skip("{") {
            guard enter(.object, start) else { return nil }
            scanner.skipWhitespace()
            if scanner.skip("}") { return close(open[open.count - 1], scanner.position, names) ? false : nil }
            return key(&scanner, &names) ? true : nil
        } else if scanner.skip("[") {
            guard enter(.array, start) else { return nil }
            scanner.skipWhitespace()
            return scanner.skip("]") ? (close(open[open.count - 1], scanner.position, names) ? false : nil) : true
        } else if let digits = scanner.number() {
            append(.number, [], start, scanner.position)
            tokens[tokens.count - 1].digits = digits
        } else if scanner.skip(word: "true") || scanner.skip(word: "false") {
            append(.bool, [], start, scanner.position)
        } else {
            guard scanner.skip(word: "null") else { return nil }
            append(.null, [], start, scanner.position)
        }
        return false
    }

    private mutating func key(_ scanner: inout JSONScanner, _ names: inout NameTable) -> Bool {
        let start = scanner.position + 1
        guard scanner.skip("\""), let hasEscapes = scanner.string() else { return false }
        let end = scanner.position - 1
        let text = scanner.slice(start, end)
        let name = hasEscapes ? JSONTokens.unescaped(text).map { names.find($0) } : names.find(text)
        guard let name else { return false }
        tokens.append(
            Token(
                kind: .key, traits: hasEscapes ? .escapes : [], start: UInt32(start), end: UInt32(end),
                next: UInt32(name)))
        scanner.skipWhitespace()
        return scanner.skip(":")
    }

    private mutating func append(_ kind: Kind, _ traits: Traits, _ start: Int, _ end: Int) {
        tokens.append(
            Token(
                kind: kind, traits: traits, start: UInt32(start), end: UInt32(end),
                next: UInt32(tokens.count + 1)))
    }

    private mutating func enter(_ kind: Kind, _ start: Int) -> Bool {
        open.append(tokens.count)
        append(kind, [], start, start)
        return open.count <= JSONValue.maximumDepth
    }

    /// - Returns: false where an object has a key twice.
    private mutating func close(_ container: Int, _ end: Int, _ names: borrowing NameTable) -> Bool {
        open.removeLast()
        tokens[container].end = UInt32(end)
        tokens[container].next = UInt32(tokens.count)
        guard tokens[container].kind == .object else { return true }
        objects += 1
        var traits: Traits = []
        var index = container + 1
        while index < tokens.count {
            let name = Int(tokens[index].next)
            while owners.count <= name { owners.append(0) }
            guard owners[name] != objects else { return false }
            owners[name] = objects
            let role = names.role(of: name)
            if role != .number || tokens[index + 1].kind == .object { traits.insert(.identity) }
            if role == .parameter { traits.insert(.parameters) }
            index = Int(tokens[index + 1].next)
        }
        tokens[container].traits = traits
        return true
    }

    /// The text of a string that has escapes; nil where one of them is wrong.
    static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        let quoted = [ascii("\"")] + text + [ascii("\"")]
        return try? JSONValue.parse(quoted).string
    }
}
