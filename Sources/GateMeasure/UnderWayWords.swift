import GateCore
package import GateProxy
package import GateStream

extension AnswerUnderWay {
    /// `87 pieces in 1.2 s (80.63 /s), the first after 120.00 ms`, before the first `no answer for 1.2 s`.
    ///
    /// - Parameter now: monotonic nanoseconds.
    package func words(at now: Int64) -> String {
        let passed = DisplayFormat.seconds(AnswerUnderWay.seconds(from: beganNs, to: now))
        guard let firstPieceNs else { return "no answer for \(passed)" }
        let first = DisplayFormat.value(AnswerUnderWay.seconds(from: beganNs, to: firstPieceNs), unit: .seconds)
        let pace = pace(at: now).map { " (\(DisplayFormat.value($0, unit: .perSecond)))" } ?? ""
        return "\(DisplayFormat.count(pieces, "piece")) in \(passed)\(pace), the first after \(first)"
    }

    /// Pieces a second since the first; nil where there is nothing to tell it by.
    private func pace(at now: Int64) -> Double? {
        guard let firstPieceNs, pieces > 1, now > firstPieceNs else { return nil }
        return Double(pieces - 1) / AnswerUnderWay.seconds(from: firstPieceNs, to: now)
    }

    private static func seconds(from begin: Int64, to end: Int64) -> Double { Double(max(0, end - begin)) / 1e9 }
}

extension CallUnderWay {
    /// `3 POST /api/chat toy: ` and how far its answer is.
    ///
    /// - Parameter now: monotonic nanoseconds.
    package func words(at now: Int64) -> String {
        "\(number + 1) \(method) \(path)\(model.map { " \($0)" } ?? ""): \(answer.words(at: now))"
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
