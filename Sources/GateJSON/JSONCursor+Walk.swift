extension JSONCursor {
    /// Passes an object, from bracket to bracket.
    /// - Parameter member: passes the value of a member; false ends it.
    @inlinable @inline(__always)
    public mutating func object(_ member: (_ key: Text, _ cursor: inout JSONCursor) -> Bool) -> Bool {
        guard enter("{") else { return false }
        if leave("}") { return true }
        repeat {
            guard let key = key(), member(key, &self) else { return false }
        } while hasNext()
        return leave("}") || fail(.unexpected(.commaOrBrace))
    }

    /// Passes an array, from bracket to bracket.
    /// - Parameter element: passes an element; false ends it.
    @inlinable @inline(__always)
    public mutating func array(_ element: (_ cursor: inout JSONCursor) -> Bool) -> Bool {
        guard enter("[") else { return false }
        if leave("]") { return true }
        repeat {
            skipWhitespace()
            guard element(&self) else { return false }
        } while hasNext()
        return leave("]") || fail(.unexpected(.commaOrBracket))
    }

    /// Passes one value of any kind. Whether a key stands twice in an object is not looked at.
    @inlinable
    public mutating func skipValue() -> Bool {
        switch next {
        case ascii("\""): string() != nil
        case ascii("{"): object { _, cursor in cursor.skipValue() }
        case ascii("["): array { cursor in cursor.skipValue() }
        default: skipScalar()
        }
    }

    /// Of its own, so that the shape of a number that nobody asks for is not made.
    @usableFromInline
    mutating func skipScalar() -> Bool { scalar() != nil }

    /// Passes an opening bracket and the white space behind it.
    @inlinable @inline(__always)
    public mutating func enter(_ bracket: Unicode.Scalar) -> Bool {
        guard depth < JSONValue.maximumDepth else { return fail(.tooDeep) }
        guard skip(bracket) else { return false }
        depth &+= 1
        skipWhitespace()
        return true
    }

    /// Passes the closing bracket where that is next.
    @inlinable @inline(__always)
    public mutating func leave(_ bracket: Unicode.Scalar) -> Bool {
        guard skip(bracket) else { return false }
        depth &-= 1
        return true
    }

    /// Passes the comma after an element or a member; false where there is none.
    @inlinable @inline(__always)
    public mutating func hasNext() -> Bool {
        skipWhitespace()
        return skip(",")
    }

    /// Passes a member's key and colon, up to its value.
    @inlinable @inline(__always)
    public mutating func key() -> Text? {
        skipWhitespace()
        guard next == ascii("\"") else {
            fail(.unexpected(.key))
            return nil
        }
        guard let key = string() else { return nil }
        skipWhitespace()
        guard skip(":") else {
            fail(.unexpected(.colon))
            return nil
        }
        skipWhitespace()
        return key
    }
}
