internal import GateCore
internal import GateVocabulary

/// A number of a report that claims something, with what it is bound to.
struct Figure {
    /// How sure it is that a subject belongs to the number.
    enum Certainty: Int, Comparable {
        /// It stands with just this number, or is the only one of its kind in the sentence, or in the row and header.
        case own
        /// That of the number before it in the sentence.
        case inherited
        /// Of a sentence, an item or a heading above.
        case context
        /// One of several.
        case loose
        /// Of something above that the sentence need not go on with.
        case faint

        static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
    }

    struct Bound<Mention> {
        let mention: Mention
        let certainty: Certainty
    }

    /// How the number limits: `about 5`, `more than 5`.
    enum Hedge { case exact, about, bound }

    /// What a bound keeps its values to.
    enum Side { case atMost, atLeast }

    let phrase: Int
    let token: Int
    var quantity: Quantity
    var hedge = Hedge.exact
    /// Of a bound; nil where that cannot be told.
    var side: Side?
    /// `only A stays under`: a bound of none in particular.
    var isOfSome = false
    /// `none exceeds`, `every run needs less than`: it is said of all that the words leave.
    var isOfEach = false
    /// Rows of what is left out: `all but A stay below 5 ms`.
    var excepted: [Int] = []
    /// The sign that stands before it; nil where there is none.
    var sign: FloatingPointSign?
    var entities: [Bound<Reading.Entity>] = []
    var metric: Bound<Reading.Metric>?
    var statistics: [Reading.Said] = []
    /// The dimension that a word names: `takes`, `throughput`.
    var dimension: Dimension?
    /// The unit of the number or of its column's header.
    var unit: MeasuredUnit?
    /// Entities that stand in the sentence, of which another one could be meant.
    var alternatives: [Reading.Entity] = []
    /// Metrics of the sentence that no number stands with.
    var otherMetrics: [Reading.Metric] = []
    /// Rows that the words of the metric name as well.
    var homonyms: [Reading.Entity] = []
    var isOfSeveral = false
    /// `All runs took`: its sentence speaks of all there is.
    var isOfWhole = false
    var isCell = false
    var hasUnknownKey = false
    /// The name of its row is more than what the data has of it.
    var hasUnreadName = false
    /// What it counts by the word behind it, as a stem: `chunk` of `564 chunks`.
    var counted: String?
    /// Of how many it is a part: 1,319 of `437 of the 1,319 problems`.
    var whole: Double?
    /// It may say what several values come to: words of change or of parts stand with it.
    var isDerived = false

    /// By how much one is more than another: `243 MB more`, `grew by 164 MB`.
    var isAmount = false

    /// Of two names that exclude each other the nearer one is its own: `12.7 GiB for A, 7.7 GiB for B`, where A names a
    /// scheme and B a model.
    mutating func keepNearest(in phrase: Phrase) {
        let own = entities.indices.filter { entities[$0].certainty == .own && !entities[$0].mention.isKey }.sorted {
            distance(entities[$0].mention.tokens, phrase) < distance(entities[$1].mention.tokens, phrase)
        }
        guard var rows = own.first.map({ entities[$0].mention.rows }) else { return }
        for place in own.dropFirst() {
            let both = intersection(rows, entities[place].mention.rows)
            if both.isEmpty {
                entities[place] = .init(mention: entities[place].mention, certainty: .loose)
            } else {
                rows = both
            }
        }
    }

    /// What stands behind a comma is farther than any word of the number's own part.
    private func distance(_ range: Range<Int>, _ phrase: Phrase) -> Int {
        let between = range.upperBound <= token ? range.upperBound..<token : token..<max(token, range.lowerBound)
        let isApart = phrase.tokens[between].contains { $0.isMark(",;") || $0.text == "and" }
        return between.count + (isApart ? phrase.tokens.count : 0)
    }

    /// A value as exact as it is printed, although a word of change or of parts may stand near it.
    var mayBeValue: Bool { hedge == .exact && !isAmount && (!isDerived || quantity.significant >= 3) }

    /// The same, where its unit is left to that of another: `226.3 ms, higher than B's 190.3`.
    func inUnit(of other: Figure) -> Figure {
        var figure = self
        figure.unit = other.unit
        return figure
    }

    /// With the sign that stands before it.
    var signed: Quantity {
        var quantity = quantity
        if sign == .minus { quantity.value = -quantity.value }
        return quantity
    }

    /// The same without the names that a semicolon parts it from: what a sentence says behind one it may say of others.
    func inOwnPart(of phrase: Phrase) -> Figure {
        var figure = self
        figure.entities.removeAll { entity in
            guard entity.certainty == .own, !phrase.isCell else { return false }
            let (name, all) = (entity.mention.tokens, phrase.tokens)
            let between = min(name.upperBound, token)..<max(name.lowerBound, token)
            return between.clamped(to: all.indices).contains { all[$0].isMark(";") }
        }
        return figure
    }

    /// The same with all rows that share words with its names.
    var widened: Figure {
        var figure = self
        figure.entities = entities.map { .init(mention: $0.mention.widened, certainty: $0.certainty) }
        return figure
    }

    /// It says how two others stand to each other.
    var isRelative: Bool { quantity.isPercent || quantity.isFactor || unit?.name == "%" }
    /// A share may be extreme, a factor is none of a metric's values.
    var isRelativeChange: Bool { quantity.isFactor }
    /// What the number may be off for its words.
    var slack: Double { hedge == .about ? max(quantity.halfStep, abs(quantity.value) * 0.03) : 0 }
    /// The statistics of the data that are named.
    var namedStatistics: [Statistic] {
        statistics.compactMap { said in
            switch said {
            case .statistic(let statistic): statistic
            case .extreme: nil
            }
        }
    }
    var extreme: Lexicon.Extreme? {
        statistics.lazy.compactMap { said in if case .extreme(let extreme) = said { extreme } else { nil } }.first
    }
}
