/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Problem: Sendable, Equatable {
        /// There is nothing but white space.
        case empty
        /// The text ends inside a value.
        case truncated
        /// Another character than the grammar allows here.
        case unexpected(Expected)
        /// Something follows after the value.
        case trailing
        /// NaN or Infinity, or a number too large for a Double.
        case notFinite
        case malformedNumber
        /// ``JSONError/key`` says which.
        case duplicateKey
        case invalidUTF8
        /// A control character that is not escaped.
        case controlCharacter
        case invalidEscape
        /// `\uD800`…`\uDFFF` without its other half.
        case unpairedSurrogate
        /// More than ``JSONValue/maximumDepth`` objects and arrays inside each other.
        case tooDeep
    }

    /// What the grammar allows at a place.
    public enum Expected: String, Sendable {
        case value = "a value"
        case trueLiteral = "'true'"
        case falseLiteral = "'false'"
        case nullLiteral = "'null'"
        case key = "a key in quotes"
        case colon = "':' after a key"
        case commaOrBracket = "',' or ']' after an element"
        case commaOrBrace = "',' or '}' after a member"
    }

    public let problem: Problem
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in Unicode code points.
    public let column: Int
    /// The one that is there twice.
    public let key: String?

    /// `line 3, column 7: expected ':' after a key`
    public var description: String { "line \(line), column \(column): \(reason)" }

    /// Without the place: `expected ':' after a key`
    public var reason: String {
        switch problem {
        case .empty: "there is no JSON value: the text is empty"
        case .truncated: "the JSON text ends in the middle of a value"
        case .unexpected(let expected): "expected \(expected.rawValue)"
        case .trailing: "something follows after the end of the JSON value"
        case .notFinite: "the number is not finite; JSON has no NaN or Infinity"
        case .malformedNumber: "malformed number"
        case .duplicateKey: "the key '\((key ?? "").prefix(80))' is there twice in one object"
        case .invalidUTF8: "the text is not valid UTF-8"
        case .controlCharacter: "a control character in a string must be escaped"
        case .invalidEscape: "unknown escape in a string"
        case .unpairedSurrogate: "half of a surrogate pair in a string"
        case .tooDeep: "more than \(JSONValue.maximumDepth) objects and arrays inside each other"
        }
    }
}
