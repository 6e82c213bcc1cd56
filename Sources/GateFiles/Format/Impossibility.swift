/// A value of a file that has the right type and says what cannot be: no arithmetic is done with it.
struct Impossibility: Equatable {
    /// `runs[0].load.requests`
    let place: String
    let detail: String
}

/// Looks at the numbers of a file, and keeps the first that cannot be.
struct PlausibleNumbers {
    private(set) var impossibility: Impossibility?

    /// More of anything was never counted.
    static let count = 0...1_000_000_000
    /// Runs of a session.
    static let runs = 0...10_000

    mutating func expect<Number: Comparable>(
        _ value: Number?, in range: ClosedRange<Number>, _ place: @autoclosure () -> String
    ) {
        guard impossibility == nil, let value, !range.contains(value) else { return }
        impossibility = Impossibility(
            place: place(), detail: "should be from \(range.lowerBound) to \(range.upperBound), but is \(value)")
    }

    /// Seconds that pass while something is measured.
    mutating func expect(seconds: Double?, _ place: @autoclosure () -> String) {
        expect(seconds, in: 0...1e9, place())
    }
}
