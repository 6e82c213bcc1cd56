/// A number with the digits in which it was written.
public struct JSONNumber: Sendable, Equatable {
    /// As in the text, so that no digit is lost: `0.10`, `1e3`, `12345678901234567890`.
    public let written: String
    /// Always finite.
    public let value: Double

    public init(_ value: Int) {
        self.written = String(value)
        self.value = Double(value)
    }

    /// The shortest digits that read back as the same number; nil for infinity and NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.written = value.description
        self.value = value
    }

    init(written: String, value: Double) {
        self.written = written
        self.value = value
    }

    /// The value where it is whole and fits.
    public var int: Int? { Int(written) ?? Int(exactly: value) }
}
