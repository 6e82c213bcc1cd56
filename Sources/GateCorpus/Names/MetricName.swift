import GateCore
import GateVocabulary

/// What the name of a number tells about it.
struct MetricName {
    let name: String
    let statistic: Statistic
    let quantity: Quantity
    /// Nothing but a statistic or a unit (`p50_ms`, `mean`): it needs the name of what it belongs to.
    let isBare: Bool
    /// The words that are neither a statistic nor a unit.
    let subject: [String]

    init(_ name: String) {
        // A column `95%` beside times holds percentiles, and so does `95th`; a share has a name.
        let ending = name.hasSuffix("%") ? 1 : name.hasSuffix("th") ? 2 : 0
        if ending > 0, let percent = Double(name.dropLast(ending)), (0...100).contains(percent) {
            let statistic: Statistic =
                percent == 100 ? .max : percent == 0 ? .min : Statistic(quantile: percent / 100)
            self.init(name, statistic, .unknown, isBare: true, subject: [])
            return
        }
        let reading = NameReading(name)
        self.init(
            name, reading.statistic, Quantity(reading),
            isBare: MetricName.isBare(reading),
            subject: reading.subject)
    }

    private static func isBare(_ reading: NameReading) -> Bool {
        // "tokens_s" is a unit that says what is counted.
        if reading.isBare { return reading.unit?.counted == nil }
        return reading.subject.allSatisfy(ColumnRoles.valueWords.contains)
    }

    private init(
        _ name: String, _ statistic: Statistic, _ quantity: Quantity, isBare: Bool, subject: [String]
    ) {
        self.name = name
        // What is fastest took the least time, and had the highest rate.
        let isOfSpeed = quantity.dimension == .rate && (name.hasSuffix("astest") || name.hasSuffix("lowest"))
        self.statistic = isOfSpeed ? (name.hasSuffix("astest") ? .max : .min) : statistic
        self.quantity = quantity
        self.isBare = isBare
        self.subject = subject
    }

    /// Whether the name is that of something measured, whatever the numbers below it look like: it has a statistic, or
    /// a dimension that selects no rows.
    var isMeasured: Bool {
        if statistic != .raw { return true }
        switch quantity.dimension {
        case .unknown, .count, .bytes: return false
        case .time, .rate, .ratio, .power, .energy, .temperature, .frequency, .money, .quotient: return true
        }
    }

    /// `latency_percentiles.p50`
    func qualified(by owner: MetricName, shownAs shown: String? = nil) -> MetricName {
        // The count or the rate of something is no time, whatever it is the count of.
        let isOwn = quantity != .unknown || statistic == .count || statistic == .rate
        return MetricName(
            shown ?? "\(owner.name).\(name)", statistic == .raw ? owner.statistic : statistic,
            isOwn ? quantity : owner.quantity, isBare: false, subject: owner.subject + subject)
    }

    /// With a unit that stands elsewhere than in the name. A count of something in milliseconds is a count, and the rate
    /// of something in bytes is one of bytes in a second.
    func measured(as quantity: Quantity) -> MetricName {
        let isRate =
            statistic == .rate || ["/s", "/sec", "/second", " per second"].contains { name.lowercased().hasSuffix($0) }
        switch statistic {
        case .count where quantity.dimension != .count: return self
        case _ where isRate && (quantity.dimension == .count || quantity.dimension == .bytes):
            return MetricName(name, statistic, quantity.perSecond ?? quantity, isBare: isBare, subject: subject)
        default: return MetricName(name, statistic, quantity, isBare: isBare, subject: subject)
        }
    }

    func called(_ statistic: Statistic) -> MetricName {
        MetricName(name, statistic, quantity, isBare: isBare, subject: subject)
    }

    /// How many there are of what the name speaks of.
    var counted: MetricName {
        MetricName(name, .count, .count, isBare: isBare, subject: subject)
    }

    /// `"percentiles": {"99.0": …}`
    func quantile(_ percent: Double) -> MetricName {
        let statistic: Statistic = percent == 0 ? .min : percent == 100 ? .max : Statistic(quantile: percent / 100)
        return MetricName(name, statistic, .unknown, isBare: true, subject: [])
    }
}
