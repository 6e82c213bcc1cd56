/// Numbers in words.
extension Tokenizer {
    /// `nine`, `sixty-four`, `two hundred and fifty`, `five thousand`: from a word that was just read on; nil where it is
    /// no number.
    ///
    /// Moves behind the last word of it.
    mutating func numeral(_ first: String) -> Quantity? {
        guard var value = small(first) else { return nil }
        if let (word, stop) = nextWord(behind: " "), word == "hundred" {
            position = stop
            value *= 100
            if let rest = rest() { value += rest }
        }
        guard value > 1 else { return nil }
        var number = Quantity(value: value, decimals: 0, digits: String(Int(value)).utf8.count, halfStep: 0.5)
        number.isSpelled = true
        return number
    }

    /// Below a hundred: `sixty`, with `-four` or ` four` behind it.
    private mutating func small(_ first: String) -> Double? {
        if let value = Lexicon.numerals[first] { return value }
        guard let tens = Lexicon.tens[first] else {
            // `a hundred`, `one hundred`
            return ["one", "a"].contains(first) && nextWord(behind: " ")?.word == "hundred" ? 1 : nil
        }
        guard let (word, stop) = nextWord(behind: "-") ?? nextWord(behind: " "),
            let units = word == "one" ? 1 : Lexicon.numerals[word], units < 10
        else { return tens }
        position = stop
        return tens + units
    }

    /// ` and fifty` behind `two hundred`
    private mutating func rest() -> Double? {
        let start = position
        if let (word, stop) = nextWord(behind: " "), word == "and" { position = stop }
        guard let (word, stop) = nextWord(behind: " ") else {
            position = start
            return nil
        }
        position = stop
        guard let value = small(word) else {
            position = start
            return nil
        }
        return value
    }

    private func nextWord(behind mark: Character) -> (word: String, stop: Int)? {
        guard position < end, bytes[position] == mark.asciiValue else { return nil }
        var stop = position + 1
        while stop < end, isLetter(bytes[stop]) { stop += 1 }
        guard stop > position + 1, stop == end || !isNameByte(bytes[stop]) else { return nil }
        return (lowercase(position + 1..<stop), stop)
    }
}
