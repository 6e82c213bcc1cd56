internal import GateCore
internal import GateVocabulary

/// By how much one of two values is more.
extension Comparisons {
    /// What people say of two values: of the one in parts of the other, what is more or less of it, the difference.
    func amounts(
        _ left: Double, _ right: Double, _ figure: Figure, _ column: Relation.Column, _ token: Int
    ) -> [Double] {
        let gap = abs(left - right)
        let isShare = column.isFraction || column.unit?.name == "%" || column.dimension == .ratio
        if figure.quantity.isPercent {
            let isPoints = tokens[(token + 1)...].prefix(2).contains { $0.text == "points" || $0.text == "pp" }
            let points = isShare ? [column.unit?.name == "%" || !column.isFraction ? gap : 100 * gap] : []
            guard left != 0, right != 0, !isPoints else { return points }
            let (a, b) = (abs(left / right), abs(right / left))
            // More is so of the smaller one, less of the larger one; what is quicker may be either.
            switch tokens[(token + 1)...].prefix(2).lazy.compactMap({ Lexicon.comparisons[$0.text] }).first {
            case .more?: return [100 * (max(a, b) - 1)] + points
            case .less?: return [100 * (1 - min(a, b))] + points
            default: return [100 * abs(a - 1), 100 * abs(b - 1), 100 * a, 100 * b] + points
            }
        }
        if figure.quantity.isFactor || isTimes(token) {
            guard left != 0, right != 0 else { return [] }
            let (a, b) = (abs(left / right), abs(right / left))
            return [max(a, b), min(a, b), max(a, b) - 1]
        }
        guard let unit = figure.unit, unit.dimension != .count || column.unit != nil else {
            return [gap] + (isShare ? [100 * gap, gap / 100] : [])
        }
        if let other = column.unit {
            return unit.dimension == other.dimension || unit.dimension == .count
                ? [gap * other.factor / unit.factor] : []
        }
        return [gap, gap * 1e3, gap / 1e3, gap * 1e6, gap / 1e6, gap * 1e9, gap / 1e9]
    }

    func isTimes(_ token: Int) -> Bool {
        tokens[(token + 1)...].prefix(2).contains { ["times", "fold", "x"].contains($0.text) }
    }

    /// `66 % more than B and 21 % more than C`: B is what the first of them was compared with, and not what is more than C.
    func isReference(_ entity: Reading.Entity, before index: Int) -> Bool {
        let between = tokens[entity.tokens.upperBound..<max(entity.tokens.upperBound, index)]
        return tokens[..<entity.tokens.lowerBound].last { !$0.isMark("*_`\"") }?.text == "than"
            && between.contains { $0.text == "and" || $0.isMark(",") }
    }
}
