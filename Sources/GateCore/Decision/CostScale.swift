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
    let isHigherBetter: Bool

    /// - Parameters:
    ///   - base: the finite values of the base, which give the reference.
    ///   - head: the finite values of the head.
    init(base: [Double], head: [Double], isHigherBetter: Bool) {
        self.isHigherBetter = isHigherBetter
        if base.allSatisfy({ $0 > 0 }), head.allSatisfy({ $0 > 0 }) {
            kind = .logarithm
        } else {
            let reference = abs(OrderStatistics.median(base) ?? 0)
            kind = reference > 0 ? .relative(to: reference) : .absolute
        }
    }

    /// NaN where the value is not finite.
    func cost(_ value: Double) -> Double {
        guard value.isFinite else { return .nan }
        let sign = isHigherBetter ? -1.0 : 1
        return switch kind {
        case .logarithm: sign * log(value)
        case .relative(let reference): sign * value / reference
        case .absolute: sign * value
        }
    }

    /// A difference of costs as a ratio, 0.1 for 10 % worse; nil where there is nothing to relate it to.
    func ratio(_ difference: Double) -> Double? {
        switch kind {
        case .logarithm: expm1(difference)
        case .relative: difference
        case .absolute: nil
        }
    }

    /// The largest difference of costs that a tolerance allows; nil where it says nothing on this scale.
    ///
    /// - Parameter reference: the median of the base, in the metric's unit.
    func limit(_ tolerance: AllowedWorsening, reference: Double) -> Double? {
        let limits: [Double?] =
            switch kind {
            case .logarithm:
                [tolerance.relative.map { log1p($0) }, tolerance.absolute.map { step($0 / reference) }]
            case .relative(let magnitude): [tolerance.relative, tolerance.absolute.map { $0 / magnitude }]
            case .absolute: [tolerance.absolute]
            }
        return limits.compactMap(\.self).max()
    }

    /// From a share of the reference to a difference of logarithms; a rate cannot fall by more than all of it.
    private func step(_ share: Double) -> Double {
        guard isHigherBetter else { return log1p(share) }
        return share < 1 ? -log1p(-share) : .infinity
    }
}
