import GateCore

/// p-values adjusted for having made several tests at once, in the order in which they were given.
package enum Multiplicity {
    /// Controls the probability of any false rejection, however the tests depend on each other (Holm, "A simple
    /// sequentially rejective multiple test procedure", 1979).
    package static func holm(_ p: [Double]) -> [Double] {
        var adjusted = p
        var largest = 0.0
        for (rank, index) in ascending(p).enumerated() {
            largest = max(largest, min(1, p[index] * Double(p.count - rank)))
            adjusted[index] = largest
        }
        return adjusted
    }

    private static func ascending(_ p: [Double]) -> [Int] { p.indices.sorted { (p[$0], $0) < (p[$1], $1) } }
}
