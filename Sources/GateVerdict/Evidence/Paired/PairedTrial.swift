import GateCore

/// Pairs of base and head as they arrive, and whether another one is needed.
///
/// ```swift
/// var trial = PairedTrial(demands: demands)
/// while trial.verdict == nil { trial.append(try measurePair()) }
/// ```
package struct PairedTrial: Sendable {
    package let demands: Demands
    /// Nil as long as another pair may decide something; after ``ConvictionRule/maximumPairs`` there always is one.
    package private(set) var verdict: CaseVerdict?
    private var columns: PairColumns

    package init(demands: Demands) {
        self.demands = demands
        columns = PairColumns(names: demands.names)
    }

    /// Pairs that were looked at.
    package var count: Int { columns.count }

    /// Adds a pair and looks at all of them. A verdict stands: pairs after it change nothing.
    package mutating func append(_ pair: RunPair) {
        guard verdict == nil else { return }
        columns.append(pair)
        verdict = Conviction.decide(columns, demands: demands)
    }

    /// The verdict, or what can be said of the pairs so far where no more will come.
    package var concluded: CaseVerdict { verdict ?? Conviction.conclude(columns, demands: demands) }
}
