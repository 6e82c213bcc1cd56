/// What a number is a number of.
public enum Dimension: String, Codable, Sendable, CaseIterable {
    /// Things that are counted: tokens, requests, files. Base unit: one.
    case count
    /// Base unit: one byte.
    case bytes
    /// Base unit: one second. Time for each of something (`ns/op`) is time.
    case time
    /// Something for each second: `tok/s`, `MB/s`, `req/min`. Base unit: one a second.
    case rate
    /// Parts of a whole, and factors. Base unit: the fraction 1, of which a percent is 0.01.
    case ratio
    /// Base unit: one watt.
    case power
    /// Base unit: one joule.
    case energy
    /// In the degree that is written: °C and °F do not convert by a factor.
    case temperature
    /// Base unit: one hertz.
    case frequency
    /// In the currency that is written.
    case money
    /// A quotient of other units, such as `tok/J`.
    case quotient
    /// The data does not tell.
    case unknown
}
