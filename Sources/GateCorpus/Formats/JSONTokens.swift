import GateCore
import GateJSON

/// The values of a JSON text in the order in which they stand, as places in its bytes: what a tree would hold, without
/// making one. A value that holds others says where they end.
///
/// Accepts what ``JSONValue/parse(_:notFinite:)`` accepts, of text that is UTF-8 already, with the values that are none as
/// Python writes them: `NaN`, `Infinity`. That says what is wrong with a text that this one refuses. A text of several
/// documents, one after the other, is an array of them.
struct JSONTokens: ~Copyable {
    enum Kind: UInt8 { case object, array, string, number, bool, null }

    struct Traits: OptionSet {
        let rawValue: UInt8
        /// A string with a backslash in it.
        static let escapes = Traits(rawValue: 1)
        /// An object with a setting among its members.
        static let parameters = Traits(rawValue: 2)
        /// A number of digits, perhaps with a point and a minus, whose digits are in the token.
        static let plain = Traits(rawValue: 8)
    }

    struct Token {
        let kind: Kind
        fileprivate(set) var traits: Traits
        /// In ``JSONPlaces``.
        fileprivate let number: UInt32
        fileprivate let start: UInt32
        fileprivate var end: UInt32
        /// Of an object or array: the token that follows all that it holds. Of a plain number: its digits.
        fileprivate var content: UInt64

        @inline(__always) var place: Int { Int(number) }

        /// Where the text of the value lies, without quotes.
        @inline(__always) var range: Range<Int> { Int(start)..<Int(end) }

        /// Of a plain number, else none.
        @inline(__always)
        var digits: PackedDecimal {
            traits.contains(.plain) ? PackedDecimal(nibbles: content, count: Int(end - start)) : .none
        }
    }

    /// An object or array that has not ended.
    struct Open {
        let token: Int
        let isObject: Bool
        /// Of an object: the step to its last member.
        var step = 0
        /// Of an object: one of the steps was new.
        var isNew = false
        /// Of an array: where its elements stand, and the index of the last one.
        var elements = 0
        var index = 0
    }

    private var tokens = Room<Token>(capacity: 1024)
    private var open = Room<Open>()
    private var steps = JSONSteps()
    /// By the number of a place: the last object that was found to have it.
    private var owners = Room<UInt64>()
    private var objects: UInt64 = 0
    /// Numbers that are none, of the last text.
    private(set) var missing = 0
    /// The last text was several documents.
    private(set) var isLines = false

    @inline(__always)
    subscript(index: Int) -> Token { tokens[index] }

    /// The token that follows a value and all that it holds.
    @inline(__always)
    func end(of value: Int) -> Int {
        switch tokens[value].kind {
        case .object, .array: Int(truncatingIfNeeded: tokens[value].content)
        case .string, .number, .bool, .null: value + 1
        }
    }

    /// Forgets the places that tokens have.
    mutating func forgetPlaces() {
        tokens.removeAll()
        steps.removeAll()
        owners.removeAll()
        objects = 0
    }

    /// - Parameter lines: the text is several documents.
    /// - Returns: false where the text is not JSON.
    mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, lines: Bool = false, _ names: inout NameTable, _ places: inout JSONPlaces
    ) -> Bool {
        tokens.removeAll()
        open.removeAll()
        missing = 0
        isLines = lines
        let isRead = bytes.count < UInt32.max && readAll(bytes, &names, &places)
        // Nobody has seen whether the objects that were begun have a key twice.
        if !isRead { steps.removeAll() }
        return isRead
    }

    private mutating func readAll(
        _ bytes: UnsafeBufferPointer<UInt8>, _ names: inout NameTable, _ places: inout JSONPlaces
    ) -> Bool {
        var cursor = JSONCursor(bytes, notFinite: .null)
        var place = places.root(&names)
        cursor.skipWhitespace()
        if isLines {
            let elements = places.elements(of: place, at: nil, &names)
            open.append(Open(token: 0, isObject: false, elements: elements))
            append(.array, [], place, 0..<0)
            place = elements
        }
        while true {
            guard let isOpened = value(at: place, &cursor, &names, &places) else { return false }
            if !isOpened {
                guard let isOver = closeAll(&cursor) else { return false }
                if isOver { return true }
            }
            guard let next = nextPlace(&cursor, &names, &places) else { return false }
            place = next
        }
    }

    /// Where the next member or element of the innermost object or array stands; passes the member's key.
    @inline(__always)
    private mutating func nextPlace(
        _ cursor: inout JSONCursor, _ names: inout NameTable, _ places: inout JSONPlaces
    ) -> Int? {
        let innermost = open.count - 1
        guard open[innermost].isObject else { return open[innermost].elements }
        let step: Int
        if let guess = steps.guess(from: open[innermost].step, &cursor) {
            step = guess
        } else {
            guard let found = key(&cursor, &names, &places) else { return nil }
            step = found
        }
        open[innermost].step = step
        return Int(steps[step].place)
    }

    /// - Returns: whether others must follow inside the value; nil where there is no value.
    @inline(__always)
    private mutating func value(
        at place: Int, _ cursor: inout JSONCursor, _ names: inout NameTable, _ places: inout JSONPlaces
    ) -> Bool? {
        let start = cursor.position
        switch cursor.next {
        case ascii("\""):
            guard let text = cursor.string() else { return nil }
            append(.string, text.hasEscapes ? .escapes : [], place, start + 1..<cursor.position - 1)
            return false
        case ascii("{"): return openObject(at: place, &cursor)
        case ascii("["): return openArray(at: place, &cursor, &names, &places)
        default: break
        }
        guard let scalar = cursor.scalar() else { return nil }
        switch scalar {
        case .plain(let number):
            let digits = PackedDecimal(number, in: cursor.bytes) ?? .none
            append(.number, digits.isNone ? [] : .plain, place, start..<cursor.position, digits.nibbles)
        case .number: append(.number, [], place, start..<cursor.position)
        case .bool: append(.bool, [], place, start..<cursor.position)
        case .null: append(.null, [], place, start..<cursor.position)
        case .missing:
            missing += 1
            append(.null, [], place, start..<cursor.position)
        }
        return false
    }

    private mutating func openObject(at place: Int, _ cursor: inout JSONCursor) -> Bool? {
        let start = cursor.position
        guard cursor.enter("{") else { return nil }
        if cursor.leave("}") {
            append(.object, [], place, start..<cursor.position, UInt64(tokens.count + 1))
            return false
        }
        open.append(Open(token: tokens.count, isObject: true, step: steps.start(at: place)))
        append(.object, [], place, start..<start)
        return true
    }

    private mutating func openArray(
        at place: Int, _ cursor: inout JSONCursor, _ names: inout NameTable, _ places: inout JSONPlaces
    ) -> Bool? {
        let start = cursor.position
        guard cursor.enter("[") else { return nil }
        let index = open.count > 0 && !open[open.count - 1].isObject ? open[open.count - 1].index : nil
        let elements = places.elements(of: place, at: index, &names)
        if cursor.leave("]") {
            append(.array, [], place, start..<cursor.position, UInt64(tokens.count + 1))
            return false
        }
        open.append(Open(token: tokens.count, isObject: false, elements: elements))
        append(.array, [], place, start..<start)
        return true
    }

    @inline(__always)
    private mutating func append(
        _ kind: Kind, _ traits: Traits, _ place: Int, _ range: Range<Int>, _ content: UInt64 = 0
    ) {
        tokens.append(
            Token(
                kind: kind, traits: traits, number: UInt32(truncatingIfNeeded: place),
                start: UInt32(truncatingIfNeeded: range.lowerBound), end: UInt32(truncatingIfNeeded: range.upperBound),
                content: content))
    }

    /// The step to the member whose key stands here; passes what stands before its value.
    private mutating func key(
        _ cursor: inout JSONCursor, _ names: inout NameTable, _ places: inout JSONPlaces
    ) -> Int? {
        let start = cursor.position
        guard let key = cursor.key() else { return nil }
        let name = JSONTokens.name(key, &names)
        let innermost = open.count - 1
        let object = tokens[open[innermost].token].place
        let traits: Traits = names.role(of: name) == .parameter ? .parameters : []
        let (step, isNew) = steps.step(
            from: open[innermost].step, to: places.member(name, of: object, names), traits,
            UnsafeBufferPointer(rebasing: cursor.bytes[start..<cursor.position]))
        if isNew { open[innermost].isNew = true }
        return step
    }

    /// Passes the ends of objects and arrays behind a value, and the comma after them.
    /// - Returns: whether the text is over; nil where something else stands there.
    @inline(__always)
    private mutating func closeAll(_ cursor: inout JSONCursor) -> Bool? {
        while true {
            cursor.skipWhitespace()
            guard open.count > 0 else { return cursor.isAtEnd ? true : nil }
            let innermost = open.count - 1
            if innermost == 0, isLines {
                guard !cursor.isAtEnd else { return close(cursor.position) ? true : nil }
                open[0].index += 1
                return false
            }
            if cursor.skip(",") {
                open[innermost].index += 1
                cursor.skipWhitespace()
                return false
            }
            guard cursor.leave(open[innermost].isObject ? "}" : "]"), close(cursor.position) else { return nil }
        }
    }

    /// - Returns: false where an object has a key twice.
    private mutating func close(_ end: Int) -> Bool {
        let closed = open[open.count - 1]
        open.removeLast()
        if closed.isNew, hasKeyTwice(closed.token) { return false }
        tokens[closed.token].end = UInt32(truncatingIfNeeded: end)
        tokens[closed.token].content = UInt64(tokens.count)
        guard closed.isObject else { return true }
        tokens[closed.token].traits.formUnion(steps[closed.step].traits)
        return true
    }

    private mutating func hasKeyTwice(_ object: Int) -> Bool {
        objects += 1
        var member = object + 1
        while member < tokens.count {
            let place = tokens[member].place
            while owners.count <= place { owners.append(0) }
            guard owners[place] != objects else { return true }
            owners[place] = objects
            member = end(of: member)
        }
        return false
    }

    private static func name(_ key: JSONCursor.Text, _ names: inout NameTable) -> Int {
        key.hasEscapes ? names.find(key.characters) : names.find(key.bytes)
    }
}
