/// A unit as it is written: `ms`, `tok/s`, `req per minute`, `MiB/s`, `GFLOP/s`, `ns/op`, `$/1M tokens`.
///
/// Grammar: unit = unit ("/" | "per") unit; what is no unit is nil, so that an unknown one is never taken for another.
public struct MeasuredUnit: Hashable, Sendable {
    /// In one spelling for all of its writings: `µs`, `tok/s`, `req/min`.
    public let name: String
    public let dimension: Dimension
    /// How many base units of the dimension one of it is; see ``Dimension``.
    public let factor: Double
    /// Another factor that people mean by the same name: KB is 1000 or 1024 bytes.
    public let otherFactor: Double?
    /// What a count, a rate or a size counts, in the singular: `token`, `request`, `byte`. Of degrees, money and
    /// quotients, which they are. Nil where it is not told: `/s`, `tps`.
    public let counted: String?
    /// Of what each, in the singular: `op` of `ns/op`.
    public let per: String?

    /// Reads a unit that stands alone.
    public init?(_ written: String) {
        guard written.utf8.count <= 60 else { return nil }
        let terms = MeasuredUnit.terms(of: written)
        guard let first = terms.first, terms.count <= 3 else { return nil }
        if terms.count == 1 {
            guard let atom = Term(first)?.atom else { return nil }
            self.init(atom)
            return
        }
        var unit: MeasuredUnit?
        for (index, text) in terms.dropFirst().enumerated() {
            guard let denominator = Term(text) else { return nil }
            if index == 0 {
                unit = MeasuredUnit(first, per: denominator)
            } else {
                unit = unit.flatMap { $0.divided(by: denominator) }
            }
        }
        guard let unit else { return nil }
        self = unit
    }

    /// Whether a number of one unit can be told in the other by their factors.
    public func isComparable(with other: MeasuredUnit) -> Bool {
        guard dimension == other.dimension, dimension != .unknown else { return false }
        return agree(counted, other.counted) && agree(per, other.per)
    }

    private func agree(_ one: String?, _ other: String?) -> Bool { one == nil || other == nil || one == other }

    private init(_ atom: UnitTable.Atom) {
        self.init(
            name: atom.name, dimension: atom.dimension, factor: atom.factor, otherFactor: atom.otherFactor,
            counted: atom.counted)
    }

    private init(
        name: String, dimension: Dimension, factor: Double, otherFactor: Double? = nil, counted: String? = nil,
        per: String? = nil
    ) {
        self.name = name
        self.dimension = dimension
        self.factor = factor
        self.otherFactor = otherFactor
        self.counted = counted
        self.per = per
    }
}

extension MeasuredUnit {
    /// One side of a quotient.
    private struct Term {
        /// Nil for a noun that is no unit by itself.
        let atom: UnitTable.Atom?
        let noun: String
        /// `1k` in `1k tokens`
        let scale: Double

        init?(_ written: String) {
            var words = written.split(whereSeparator: { $0 == " " || $0 == "_" }).map(String.init)
            var scale = 1.0
            if words.count > 1, let number = Term.scale(words[0]) {
                scale = number
                words.removeFirst()
            }
            guard words.count == 1, let word = words.first else { return nil }
            self.scale = scale
            noun = word
            atom = UnitTable.atom(word).map { atom in
                var atom = atom
                atom.factor *= scale
                if scale != 1 { atom.name = written }
                return atom
            }
            guard atom != nil || word.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic }) else { return nil }
        }

        var isTime: Bool { atom?.dimension == .time }
        /// In the singular.
        var counted: String {
            if let counted = atom?.counted { return counted }
            let noun = noun.lowercased()
            return noun.count > 3 && noun.hasSuffix("s") && !noun.hasSuffix("ss") ? String(noun.dropLast()) : noun
        }

        /// `1M`, `1k`, `1000`, `million`
        private static func scale(_ word: String) -> Double? {
            if let named = ["thousand": 1e3, "million": 1e6, "billion": 1e9][word.lowercased()] { return named }
            let digits = word.prefix { $0.isNumber }
            guard let number = Double(digits) else { return nil }
            switch word.dropFirst(digits.count) {
            case "": return number
            case "k", "K": return number * 1e3
            case "M", "m": return number * 1e6
            case "B", "b", "G": return number * 1e9
            default: return nil
            }
        }
    }

    /// The sides of the quotient, at `/` and `per`.
    private static func terms(of written: String) -> [String] {
        var text = written.trimmed
        if let first = text.first, let last = text.last, first == "(" && last == ")" || first == "[" && last == "]" {
            text = String(text.dropFirst().dropLast()).trimmed
        }
        var terms = [""]
        for word in text.split(whereSeparator: { $0 == " " || $0 == "_" }) {
            if word.lowercased() == "per" || word == "/" {
                terms.append("")
                continue
            }
            for (index, part) in word.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { terms.append("") }
                let last = terms.count - 1
                terms[last] += (terms[last].isEmpty || part.isEmpty ? "" : " ") + part
            }
        }
        return terms.filter { !$0.isEmpty } == [] ? [] : terms
    }

    /// A numerator that may be missing (`/s`), a unit, or a noun that is counted (`widgets/s`).
    private init?(_ numerator: String, per denominator: Term) {
        let isNothing = numerator.isEmpty || numerator == "1"
        guard isNothing || Term(numerator) != nil || numerator == "t" else { return nil }
        let term = Term(numerator)
        guard denominator.isTime else {
            guard let term, let atom = term.atom, let divided = MeasuredUnit(atom).divided(by: denominator) else {
                return nil
            }
            self = divided
            return
        }
        let seconds = denominator.atom?.factor ?? 1
        let time = denominator.atom?.name ?? "s"
        if isNothing {
            self.init(name: "/\(time)", dimension: .rate, factor: 1 / seconds)
        } else if numerator == "t" || term?.counted == "token" {
            let name = (term?.atom?.factor ?? 1) == 1 ? "tok" : term?.atom?.name ?? "tok"
            self.init(
                name: "\(name)/\(time)", dimension: .rate, factor: (term?.atom?.factor ?? 1) / seconds,
                counted: "token")
        } else if let atom = term?.atom, atom.dimension == .rate {
            // `Mops/s` says twice what `Mops` does.
            self.init(atom)
        } else if let atom = term?.atom, atom.dimension != .power {
            guard let divided = MeasuredUnit(atom).divided(by: denominator) else { return nil }
            self = divided
        } else if let term {
            self.init(
                name: "\(term.noun.lowercased())/\(time)", dimension: .rate, factor: 1 / seconds, counted: term.counted)
        } else {
            return nil
        }
    }

    private func divided(by denominator: Term) -> MeasuredUnit? {
        let divisor = denominator.atom?.factor ?? denominator.scale
        let written = "\(name)/\(denominator.atom?.name ?? denominator.noun.lowercased())"
        func quotient(_ dimension: Dimension, counted: String? = nil, per: String? = nil) -> MeasuredUnit {
            MeasuredUnit(
                name: written, dimension: dimension, factor: factor / divisor,
                otherFactor: otherFactor.map { $0 / divisor }, counted: counted, per: per)
        }
        switch (dimension, denominator.atom?.dimension) {
        case (.count, .time), (.bytes, .time): return quotient(.rate, counted: counted)
        case (.energy, .time): return quotient(.power)
        case (.time, .time), (.ratio, .ratio), (.bytes, .bytes): return quotient(.ratio)
        case (.quotient, _), (.unknown, _): return nil
        case (_, .count), (_, nil):
            return per == nil ? quotient(dimension, counted: counted, per: denominator.counted) : nil
        default: return quotient(.quotient, counted: written)
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        // Properties are looked up in tables; nearly all of these are ASCII.
        func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
        }
        guard let first = unicodeScalars.first, let last = unicodeScalars.last, isBlank(first) || isBlank(last) else {
            return self
        }
        return String(
            unicodeScalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed().reduce(
                into: UnicodeScalarView()
            ) { $0.append($1) })
    }
}
