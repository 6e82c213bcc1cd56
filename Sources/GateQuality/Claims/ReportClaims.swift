import GateCore
import GateVocabulary

/// The phrases of a report with what each names.
struct ReportClaims {
    let document: ReportDocument
    let store: FactStore
    let phrases: [Phrase]
    let mentions: [Mentions]
    /// First phrase of each line that has one (lines counted from 1).
    let firstOfLine: [Int: Int]

    init(_ document: ReportDocument, _ store: FactStore) {
        self.document = document
        self.store = store
        let phrases = PhraseList(document).phrases
        self.phrases = phrases
        mentions = phrases.map { Mentions($0.tokens, store) }
        firstOfLine = Dictionary(phrases.enumerated().map { ($1.line, $0) }) { first, _ in first }
    }

    /// The phrase of a cell of a table: the header for row -1.
    func cell(of phrase: Phrase, column: Int) -> Int? {
        guard let first = firstOfLine[phrase.line], first + column < phrases.count else { return nil }
        return phrases[first + column].line == phrase.line ? first + column : nil
    }

    func header(of phrase: Phrase) -> Int? {
        guard case .cell(let table, _, let column) = phrase.kind,
            let first = firstOfLine[document.tables[table].header.line], first + column < phrases.count,
            phrases[first + column].line == document.tables[table].header.line
        else { return nil }
        return first + column
    }
}

/// A number of a report with all that binds it.
struct NumberClaim {
    enum Role { case value, rangeLow, rangeHigh, spread }
    enum Moment { case before, after }
    enum Bound { case exact, about, above, below }

    let phrase: Int
    let index: Int
    let token: Token
    let number: PrintedNumber
    /// Behind the number, or from the header or the unit's cell.
    var unit: PrintedUnit?
    /// The metric that it is about; nil where none is named.
    var family: MetricFamily?
    /// All metrics that are named for it, where the report lists several.
    var families: [MetricFamily] = []
    var statistic: Statistic?
    /// Facts under a key that the report names.
    var keys: [Int] = []
    var keyName = ""
    /// Things that were measured, which the report names for it.
    var cells: [StoredFact.Cell] = []
    var cellName = ""
    /// All such things in the sentence.
    var allCells: [[StoredFact.Cell]] = []
    var tables: [Int] = []
    var invented: String?
    /// Of what is left when what the sentence names is taken away: nothing is known about just that.
    var isOfOthers = false
    /// In a column of what was expected or wanted.
    var isWished = false
    /// A variant of the model that it is said to belong to: `gemma3_270m`.
    var variant: String?
    /// Of an action: the data may have one figure before it and one after it.
    var moment: Moment?
    /// What the report calls the number, for messages.
    var called: String {
        if let statistic, statistic != .raw, statistic != .unknown { return statistic.name }
        return moment.map { $0 == .before ? "one before" : "one after" } ?? "one"
    }
    var role = Role.value
    var bound = Bound.exact

    /// Whether an exact value, in base units, is what the report prints.
    func prints(base: Double, dimension: Dimension, factScale: Double) -> Bool {
        guard let unit, unit.dimension == dimension, unit.dimension != .count else {
            return matches(base / factScale, scale: 1)
        }
        return matches(base, scale: unit.scale) || (unit.otherScale.map { matches(base, scale: $0) } ?? false)
    }

    private func matches(_ exact: Double, scale: Double) -> Bool {
        let inOurs = exact / scale
        switch bound {
        case .exact: return number.prints(exact, scale: scale)
        case .about: return number.prints(exact, scale: scale, slack: max(number.halfStep, abs(number.value) * 0.02))
        case .above: return inOurs >= number.value - number.halfStep && inOurs <= number.value * 1.15
        case .below: return inOurs <= number.value + number.halfStep && inOurs >= number.value * 0.85
        }
    }

    /// Whether `below 200 ms` or `over 100 tok/s` is true of a fact, however far it is from the bound.
    func holds(for fact: StoredFact) -> Bool {
        guard allows(fact.dimension) else { return false }
        let isSame = unit.map { $0.dimension == fact.dimension && $0.dimension != .count } ?? false
        let value = fact.base / (isSame ? unit?.scale ?? 1 : fact.scale)
        switch bound {
        case .exact, .about: return false
        case .above: return value >= number.value - number.halfStep
        case .below: return value <= number.value + number.halfStep
        }
    }

    /// Whether a fact's dimension goes with the claim's unit.
    func allows(_ dimension: Dimension) -> Bool {
        guard let unit else { return true }
        return dimension == .unknown || unit.dimension == dimension
    }
}
