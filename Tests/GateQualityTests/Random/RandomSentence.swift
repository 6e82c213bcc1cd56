import GateCore

/// A true text, and what may be changed in it so that it is false.
struct RandomSentence {
    enum Change: String, CaseIterable { case number, name, unit, order }

    private struct Piece {
        let text: String
        var change: Change?
        var wrong = ""
    }

    private var pieces: [Piece] = []

    var text: String { pieces.map(\.text).joined() }

    /// Every false variant, with what was changed.
    var variants: [(change: Change, text: String)] {
        pieces.indices.compactMap { index in
            guard let change = pieces[index].change else { return nil }
            var changed = pieces
            changed[index] = Piece(text: pieces[index].wrong)
            return (change, changed.map(\.text).joined())
        }
    }

    mutating func say(_ text: String) { pieces.append(Piece(text: text)) }

    mutating func say(_ text: String, not wrong: String, _ change: Change) {
        pieces.append(Piece(text: text, change: change, wrong: wrong))
    }

    /// A figure, and one that is 8 to 45 % off it.
    mutating func say(_ value: Double, decimals: Int, _ random: inout SplitMix64) {
        let factor = 1 + Double.random(in: 0.08...0.45, using: &random)
        let wrong = Bool.random(using: &random) ? value * factor : value / factor
        let (text, other) = (fixed(value, decimals), fixed(wrong, decimals))
        if text == other { say(text) } else { say(text, not: other, .number) }
    }

    mutating func say(count: Int, _ random: inout SplitMix64) {
        say("\(count)", not: "\(count + Int.random(in: 2...9, using: &random))", .number)
    }

    private func fixed(_ value: Double, _ decimals: Int) -> String {
        DisplayFormat.fixed(value, decimals: decimals)
    }
}
