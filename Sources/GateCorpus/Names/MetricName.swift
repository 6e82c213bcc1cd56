import GateCore
import GateVocabulary

/// What the name of a number tells about it.
struct MetricName {
    let name: String
    let statistic: Statistic
    let quantity: Quantity
    /// Nothing but a statistic or a unit (`p50_ms`, `mean`): it needs the name of what it belongs to.
    let isBare: Bool

    init(_ name: String) {
        self.name = name
        let words = GateCorpus.words(of: name)
        statistic = Statistic(words: words)
        quantity = Quantity(words: words)
        isBare = words.allSatisfy { Statistic.isWord($0) || Quantity.isUnit($0) }
    }

    private init(_ name: String, _ statistic: Statistic, _ quantity: Quantity) {
        self.name = name
        self.statistic = statistic
        self.quantity = quantity
        isBare = false
    }

    /// `latency_percentiles.p50`
    func qualified(by owner: MetricName) -> MetricName {
        MetricName(
            "\(owner.name).\(name)", statistic == .raw ? owner.statistic : statistic,
            quantity == .unknown ? owner.quantity : quantity)
    }
}
