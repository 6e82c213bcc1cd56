import GateCore

/// The scale on which values of one metric are compared: as costs, so that larger is always worse.
///
/// Ratios are compared where every value is positive. A value that is zero or less has no logarithm; then differences
/// are compared, relative to the median of the base, or as they are where that is zero.
struct CostScale: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case logarithm
        /// Shares of this magnitude, which is greater than 0.
        case relative(to: Double)
        case absolute
    }

    let kind: Kind
    /// -1 where higher is better, else 1.
    let sign: Double

    var isHigherBetter: Bool { sign < 0 }

    /// - Parameters:
    ///   - base: the finite values of the base, which give the reference.
    ///   - head: the finite values of the head.
    ///   - direction: which way is better.
    init(base: [Double], head: [Double], direction: Direction?) {
        sign = (direction ?? .lowerIsBetter).costSign
        if base.allSatisfy({ $0 > 0 }), head.allSatisfy({ $0 > 0 }) {
            kind = .logarithm
        } else {
            let reference = abs(OrderStatistics.median(base) ?? 0)
            kind = reference > 0 ? .relative(to: reference) : .absolute
        }
    }

    /// For values that are all positive.
    static func ofRatios(_ direction: Direction?) -> CostScale {
        CostScale(base: [], head: [], direction: direction)
    }

    /// NaN where the value is not finite.
    func cost(_ value: Double) -> Double {
        guard value.isFinite else { return .nan }
        return switch kind {
        case .logarithm: sign * log(value)
        case .relative(let reference): sign * value / reference
        case .absolute: sign * value
        }
    }

    /// A difference of costs as the change of the value that it is, in the worse direction: 0.1 for a duration that is
    /// 10 % longer, and for a rate that is 10 % lower. Nil where there is nothing to relate it to.
    func ratio(_ difference: Double) -> Double? {
        switch kind {
        case .logarithm: isHigherBetter ? -expm1(-difference) : expm1(difference)
        case .relative: difference
        case .absolute: nil
        }
    }

    /// The difference of costs that is such a change in the worse direction; infinite for a rate that falls by all of it.
    /// The inverse of ``ratio(_:)``, where there are ratios.
    func difference(_ ratio: Double) -> Double {
        switch kind {
        case .logarithm where isHigherBetter: ratio < 1 ? -log1p(-ratio) : .infinity
        case .logarithm: log1p(ratio)
        case .relative, .absolute: ratio
        }
    }

    /// The largest difference of costs that a tolerance allows; nil where it says nothing on this scale.
    ///
    /// - Parameter reference: the median of the base, in the metric's unit.
    func limit(_ tolerance: Tolerance, reference: Double) -> Double? {
        let limits: [Double?] =
            switch kind {
            case .logarithm: [tolerance.share, tolerance.absolute.map { $0 / reference }]
            case .relative(let magnitude): [tolerance.share, tolerance.absolute.map { $0 / magnitude }]
            case .absolute: [tolerance.absolute]
            }
        return limits.compactMap(\.self).map(difference).max()
    }
}
