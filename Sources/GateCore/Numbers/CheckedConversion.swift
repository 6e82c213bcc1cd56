/// Whole numbers out of numbers that others wrote: a report, a server's answer, a file that somebody edited. Swift's own
/// conversions end the program at NaN, an infinity, or what is beyond the range; these never do.
extension FixedWidthInteger {
    /// `number` without its fraction; nil where that is NaN, infinite, or beyond the range of this type.
    @inlinable
    public init?(checked number: Double) { self.init(exactly: number.rounded(.towardZero)) }

    /// `number` without its fraction, or the end of the range that is nearest to it; NaN is 0.
    @inlinable
    public init(clamping number: Double) {
        if let exact = Self(checked: number) {
            self = exact
        } else {
            self = number.isNaN ? 0 : number < 0 ? .min : .max
        }
    }

    /// The sum, or the end of the range where it is beyond.
    @inlinable
    public func adding(clamping other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other < 0 ? .min : .max
    }

    /// The difference, or the end of the range where it is beyond.
    @inlinable
    public func subtracting(clamping other: Self) -> Self {
        let (difference, overflow) = subtractingReportingOverflow(other)
        guard overflow else { return difference }
        return Self.isSigned && other < 0 ? .max : .min
    }
}
