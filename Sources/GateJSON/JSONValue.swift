/// A JSON text as a tree (RFC 8259). Members keep the order of the text, and numbers keep how they were written.
public enum JSONValue: Sendable {
    case object([(key: String, value: JSONValue)])
    case array([JSONValue])
    case string(String)
    case number(JSONNumber)
    case bool(Bool)
    case null
}

extension JSONValue {
    /// A whole number.
    public init(_ value: Int) { self = .number(JSONNumber(value)) }

    /// A number, or `null` for infinity and NaN, which JSON cannot write.
    public init(_ value: Double) { self = JSONNumber(value).map(JSONValue.number) ?? .null }

    public init(_ value: String) { self = .string(value) }
    public init(_ value: Bool) { self = .bool(value) }

    /// The first member of this key (compared byte for byte); nil where there is none or this is not an object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { isSame($0.key, key) }?.value
    }

    /// The element at this index; nil where there is none or this is not an array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    public var object: [(key: String, value: JSONValue)]? {
        if case .object(let members) = self { members } else { nil }
    }

    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    public var string: String? { if case .string(let text) = self { text } else { nil } }

    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The value of a number; nil for a string of digits.
    public var double: Double? { if case .number(let number) = self { number.value } else { nil } }

    /// The value of a number that is whole and fits, whether written `12`, `12.0` or `1.2e1`.
    public var int: Int? { if case .number(let number) = self { number.int } else { nil } }

    public var isNull: Bool { if case .null = self { true } else { false } }
}

extension JSONValue: Equatable {
    /// Members are compared in order, numbers by value.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy { isSame($0.key, $1.key) && $0.value == $1.value }
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.number(let left), .number(let right)): left.value == right.value
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self.init(value) }
    public init(floatLiteral value: Double) { self.init(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }
}

/// `String ==` holds canonically equivalent texts for equal; keys of JSON are equal only byte for byte.
func isSame(_ left: String, _ right: String) -> Bool {
    left == right && left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
}
