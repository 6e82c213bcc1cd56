import GateCore
package import GateProxy

extension CallUnderWay {
    /// `3 POST /api/chat toy: 87 pieces in 1.2 s, the first after 120.00 ms`.
    ///
    /// - Parameter now: monotonic nanoseconds.
    package func words(at now: Int64) -> String {
        let passed = DisplayFormat.seconds(Double(max(0, now - beganNs)) / 1e9)
        let progress = firstPieceNs.map { first in
            "\(DisplayFormat.count(pieces, "piece")) in \(passed), the first after"
                + " \(DisplayFormat.value(Double(max(0, first - beganNs)) / 1e9, unit: .seconds))"
        }
        let name = model.map { " \($0)" } ?? ""
        return "\(number + 1) \(method) \(path)\(name): \(progress ?? "no answer for \(passed)")"
    }
}

extension [CallUnderWay] {
    /// So many are told one by one.
    private static let mostTold = 3

    /// One line of all of them; nil where there is none.
    ///
    /// - Parameter now: monotonic nanoseconds.
    package func words(at now: Int64) -> String? {
        guard !isEmpty else { return nil }
        let told = prefix(Self.mostTold).map { $0.words(at: now) }.joined(separator: " | ")
        return count > Self.mostTold ? "\(told) | and \(count - Self.mostTold) more" : told
    }
}
