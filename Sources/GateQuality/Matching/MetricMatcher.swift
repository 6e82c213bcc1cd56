import GateCore
import GateVocabulary

/// Compares a bound number with the facts of its metric.
struct MetricMatcher {
    let claims: ReportClaims
    var store: FactStore { claims.store }

    func judge(_ claim: NumberClaim) -> Judged { inItsKind(match(claim), claim) }

    private func match(_ claim: NumberClaim) -> Judged {
        if let family = claim.family, !claim.cells.isEmpty, let judged = owned(claim, family) { return judged }
        if let judged = tabled(claim) { return judged }
        if let judged = keyed(claim) { return judged }
        if claim.invented != nil, claim.keys.isEmpty { return invented(claim) }
        guard let family = claim.family else { return unnamed(claim) }
        return familiar(claim, family)
    }

    // MARK: - A key of the data

    private func keyed(_ claim: NumberClaim) -> Judged? {
        guard !claim.keys.isEmpty, claim.keys.count <= 12, claim.role != .spread else { return nil }
        let facts = claim.keys.map { store.facts[$0] }
        if let statistic = claim.statistic, let judged = statisticOfKey(statistic, facts, claim) { return judged }
        if let hit = facts.first(where: { prints(claim, $0) }) { return .grounded(evidence(hit)) }
        if claim.role != .value { return nil }
        if let sibling = sibling(of: facts, claim) { return sibling }
        if let family = claim.family, facts.allSatisfy({ $0.family != family }) { return nil }
        let isUnique = Set(facts.map(\.value)).count == 1
        // A key by its full path is meant; a bare column is only a name of the metric.
        guard
            isUnique || claim.keyName.contains("[") || claim.keyName.hasPrefix("json_")
                || claim.keyName.hasPrefix("csv_")
        else { return nil }
        return against(facts, claim, name: claim.keyName)
    }

    /// `the average of the tokens_s values`: of all that the data has under the key, or of one array.
    private func statisticOfKey(_ statistic: Statistic, _ facts: [StoredFact], _ claim: NumberClaim) -> Judged? {
        guard [.mean, .median, .min, .max].contains(statistic), Set(facts.map(\.value)).count > 2,
            facts.allSatisfy({ $0.statistic == .raw && $0.dimension == facts[0].dimension }), claim.role == .value,
            claim.allows(facts[0].dimension), claim.number.digits >= 3
        else { return nil }
        let arrays = [facts] + Dictionary(grouping: facts) { groupName($0.metric) }.values.filter { $0.count > 1 }
        let values = arrays.compactMap { statistic.value(of: $0.map(\.base)) }
        let formula = "\(statistic.name) of \(facts.count) values of \(claim.keyName)"
        if let hit = values.first(where: {
            claim.prints(base: $0, dimension: facts[0].dimension, factScale: facts[0].scale)
        }) {
            return .derivable("\(formula) = \(shown(hit / facts[0].scale))")
        }
        guard let other = facts.first(where: { prints(claim, $0) }), let value = values.first else { return nil }
        return .misattributed(
            "\(evidence(other)); \(formula) = \(shown(value / facts[0].scale))",
            "The value is real, but it is not the \(statistic.name) that the report calls it.")
    }

    /// `models[0].mean is 77.6, compared with 65.1 for the second model`: another element of the same array.
    private func sibling(of facts: [StoredFact], _ claim: NumberClaim) -> Judged? {
        let words = claims.phrases[claim.phrase].tokens.map(\.text)
        // `the last result` names no other but itself.
        guard ordinalWords[claim.keyName] == nil, claim.keyName != "last", claim.keyName != "final" else { return nil }
        guard words.contains(where: { otherWords.contains($0) }), claim.number.digits >= 3, let first = facts.first
        else {
            return nil
        }
        let group = groupName(first.metric)
        let hit = (store.byFamily[first.family] ?? []).lazy.map { store.facts[$0] }
            .first { groupName($0.metric) == group && prints(claim, $0) }
        return hit.map { .grounded(evidence($0)) }
    }

    // MARK: - A row that is named

    private func owned(_ claim: NumberClaim, _ family: MetricFamily) -> Judged? {
        var cells = claim.cells
        if !claim.tables.isEmpty {
            let scoped = cells.filter { claim.tables.contains($0.table) }
            if !scoped.isEmpty { cells = scoped }
        }
        let facts = cells.flatMap { store.byCell[$0] ?? [] }.map { store.facts[$0] }.filter { $0.family == family }
        guard !facts.isEmpty, claim.role == .value, claim.unit?.dimension != .ratio else { return nil }
        if let hit = facts.first(where: { claim.allows($0.dimension) && prints(claim, $0) }) {
            return .grounded(evidence(hit))
        }
        return against(facts, claim, name: "\(claim.cellName)'s \(family.name)")
    }

    // MARK: - A table that is named

    /// Statistics over a column, counts of rows, cells of a row with a unit but without a metric's name.
    private func tabled(_ claim: NumberClaim) -> Judged? {
        guard !claim.tables.isEmpty else { return nil }
        if let unit = claim.unit, unit.dimension == .count, rowNouns.contains(unit.name) {
            return rowCount(claim)
        }
        var columns: [(table: Int, column: FactColumn)] = []
        for table in claim.tables {
            for column in store.tables[table].columns where fits(column, claim) { columns.append((table, column)) }
        }
        guard !columns.isEmpty, claim.unit?.dimension != .ratio else { return nil }
        return claim.cells.isEmpty ? statistic(claim, columns) : cell(claim, columns)
    }

    private func fits(_ column: FactColumn, _ claim: NumberClaim) -> Bool {
        if !claim.keyName.isEmpty, claim.keys.contains(where: { store.facts[$0].cell != nil }) {
            return column.metric == claim.keyName
        }
        if let family = claim.family { return column.family == family }
        guard claim.unit != nil, claim.allows(column.dimension), column.dimension != .unknown else { return false }
        return claim.statistic == nil || claim.cells.isEmpty || column.statistic == claim.statistic
            || (claim.role == .spread && column.statistic == .standardDeviation)
    }

    private func cell(_ claim: NumberClaim, _ columns: [(table: Int, column: FactColumn)]) -> Judged? {
        var facts: [StoredFact] = []
        for (table, column) in columns {
            for cell in claim.cells where cell.table == table {
                facts += (store.byCell[cell] ?? []).map { store.facts[$0] }.filter { $0.metric == column.metric }
            }
        }
        guard !facts.isEmpty else { return nil }
        if let hit = facts.first(where: { claim.allows($0.dimension) && prints(claim, $0) }) {
            return .grounded(evidence(hit))
        }
        return against(facts, claim, name: claim.cellName)
    }

    private func rowCount(_ claim: NumberClaim) -> Judged {
        let counts = claim.tables.map { store.tables[$0] }
        if let hit = counts.first(where: { claim.number.prints(Double($0.rows.count)) }) {
            return .derivable("\(hit.file) has \(hit.rows.count) rows")
        }
        guard let table = counts.first else { return .unsupported("No table of the data has this many rows.") }
        return .contradicted(
            .G04, "\(table.file) has \(table.rows.count) rows",
            "The report counts \(claim.token.text), the data has \(table.rows.count).")
    }

    private func statistic(_ claim: NumberClaim, _ columns: [(table: Int, column: FactColumn)]) -> Judged? {
        var wanted = claim.statistic.map { [$0] } ?? []
        if claim.role == .rangeLow { wanted = [.min] }
        if claim.role == .rangeHigh { wanted = [.max] }
        var candidates: [(formula: String, value: Double, column: FactColumn)] = []
        for (table, column) in columns {
            let numbers = column.numbers
            guard !numbers.isEmpty else { continue }
            if settingNames.contains(column.metric) {
                if numbers.contains(where: { claim.number.prints($0) }) {
                    return .grounded("\(store.tables[table].file) has \(column.metric) = \(claim.token.text)")
                }
                continue
            }
            for statistic in wanted.isEmpty ? [.mean, .median, .min, .max, .total] : wanted {
                guard let value = statistic.value(of: numbers) else { continue }
                candidates.append(
                    ("\(statistic.name) of \(column.metric) in \(store.tables[table].file)", value, column))
            }
            if column.family == .tokens, claim.statistic == nil {
                candidates.append(("sum of \(column.metric)", numbers.reduce(0, +), column))
            }
        }
        if let hit = candidates.first(where: {
            claim.allows($0.column.dimension)
                && claim.prints(
                    base: $0.value * $0.column.scale, dimension: $0.column.dimension, factScale: $0.column.scale)
        }) {
            let scale = claim.unit.map { $0.dimension == hit.column.dimension ? $0.scale : hit.column.scale }
            let values = candidates.map { $0.value * $0.column.scale / (scale ?? $0.column.scale) }
            return ChanceBudget.judged(
                claim.number, formula: "\(hit.formula) = \(shown(hit.value))", candidates: values,
                isSearch: wanted.isEmpty)
        }
        if wanted.isEmpty {
            for (table, column) in columns {
                guard
                    let row = column.values.firstIndex(where: {
                        $0.map {
                            claim.prints(base: $0 * column.scale, dimension: column.dimension, factScale: column.scale)
                        } ?? false
                    }), claim.number.digits >= 3
                else { continue }
                return .grounded("\(store.tables[table].file), row \(row + 1), \(column.metric)")
            }
        }
        guard let best = candidates.first else { return nil }
        if let unit = claim.unit,
            unit.dimension == best.column.dimension || best.column.dimension == .unknown || unit.dimension == .count
        {
            if let wrong = unitClash(
                claim, candidates.map { ($0.value, $0.column.unit, $0.column.dimension) }, best.formula)
            {
                return wrong
            }
        } else if claim.unit != nil,
            let wrong = unitClash(
                claim, candidates.map { ($0.value, $0.column.unit, $0.column.dimension) }, best.formula)
        {
            return wrong
        }
        return .contradicted(
            .G04, "\(best.formula) = \(shown(best.value))\(best.column.unit.map { " " + $0 } ?? "")",
            "The data gives \(shown(best.value)) for what the report puts at \(claim.token.text).")
    }

    // MARK: - A family

    private func familiar(_ claim: NumberClaim, _ family: MetricFamily) -> Judged {
        let isSpread = claim.role == .spread || claim.statistic == .standardDeviation
        let rule: RuleID = isSpread || claim.role != .value ? .G08 : .G01
        guard let indices = store.byFamily[family] else {
            return .unsupported(
                "The data has no figure for \(family.name).", rule, evidence: "no fact about \(family.name)")
        }
        let all = indices.map { store.facts[$0] }.filter { claim.allows($0.dimension) }
        if isSpread, !all.contains(where: { $0.statistic == .standardDeviation }) {
            return .unsupported(
                "The data has no spread for \(family.name).", .G08, evidence: "no standard deviation or range")
        }
        if family == .headings, let judged = perFile(claim, all) { return judged }
        let fitting = all.filter { goes($0.statistic, $0.metric, with: claim, isSpread) }
        // Of one figure alone every statistic but the spread is itself.
        let facts = fitting.isEmpty && all.count == 1 && !isSpread ? all : fitting
        if claim.role == .rangeLow || claim.role == .rangeHigh, claim.bound == .exact {
            let named = Set(claim.families + [family]).flatMap { store.byFamily[$0] ?? [] }.map { store.facts[$0] }
            return range(claim, named.filter { claim.allows($0.dimension) }, family)
        }
        if let judged = extreme(claim, facts) ?? variant(claim, facts) { return judged }
        if let hit = facts.first(where: { prints(claim, $0) }) {
            return isByChance(claim, facts) ? chance(claim, facts, family) : .grounded(evidence(hit))
        }
        if let judged = mean(claim, all, family) { return judged }
        if let other = all.first(where: { prints(claim, $0) }), claim.number.digits >= 2 {
            return .misattributed(
                evidence(other),
                "The value is real, but it is not the \(claim.statistic?.name ?? "one") that the report calls it.")
        }
        if let elsewhere = elsewhere(claim) { return elsewhere }
        let distinct = Set(facts.map(\.value))
        let isExtreme = claim.statistic == .min || claim.statistic == .max
        if distinct.count == 1, let only = facts.first, !isExtreme || only.statistic == claim.statistic {
            return against([only], claim, name: family.name)
        }
        return .unsupported(
            "None of the data's \(all.count) figures for \(family.name) is \(claim.token.text).", rule,
            evidence: nearest(claim, all))
    }

    func goes(_ statistic: Statistic, _ metric: String, with claim: NumberClaim, _ isSpread: Bool) -> Bool {
        if isSpread { return statistic == .standardDeviation }
        switch claim.moment {
        case .before where metric.holds("after"): return false
        case .after where metric.holds("before"): return false
        default: break
        }
        switch claim.statistic {
        case .mean: return statistic == .mean || statistic == .unknown || metric.holds("overall")
        case .p90, .p95, .p99: return statistic == claim.statistic
        case .median: return statistic == .median
        default: return true
        }
    }

    /// `peak throughput`: the largest of all, or of one array.
    private func extreme(_ claim: NumberClaim, _ facts: [StoredFact]) -> Judged? {
        guard claim.statistic == .max || claim.statistic == .min, claim.role == .value,
            let hit = facts.first(where: { prints(claim, $0) }), hit.statistic != claim.statistic, facts.count > 1
        else { return nil }
        let isMost = claim.statistic == .max
        let groups = [facts] + Dictionary(grouping: facts) { groupName($0.metric) }.values.filter { $0.count > 1 }
        let extremes = groups.compactMap { group in
            isMost
                ? group.max { size($0, claim) < size($1, claim) } : group.min { size($0, claim) < size($1, claim) }
        }
        guard !extremes.contains(where: { prints(claim, $0) }), let whole = extremes.first else { return nil }
        return .misattributed(
            "\(evidence(hit)); the \(isMost ? "largest" : "smallest") is \(evidence(whole))",
            "The value is real, but it is not the \(isMost ? "largest" : "smallest") that the data has.")
    }

    /// A figure whose owner nobody knows, given to one variant of the model.
    private func variant(_ claim: NumberClaim, _ facts: [StoredFact]) -> Judged? {
        guard let name = claim.variant, claim.tables.isEmpty, claim.cells.isEmpty,
            let hit = facts.first(where: { prints(claim, $0) }), hit.cell == nil, claim.number.digits >= 3,
            !facts.contains(where: { $0.cell != nil && prints(claim, $0) })
        else { return nil }
        return .misattributed(evidence(hit), "The value is real, but the data does not say that it is \(name)'s.")
    }

    /// A range is the smallest and the largest value, not any two.
    private func range(_ claim: NumberClaim, _ facts: [StoredFact], _ family: MetricFamily) -> Judged {
        let isLow = claim.role == .rangeLow
        func least(_ group: [StoredFact]) -> StoredFact? {
            isLow ? group.min { size($0, claim) < size($1, claim) } : group.max { size($0, claim) < size($1, claim) }
        }
        guard let extreme = least(facts) else {
            return .unsupported("The data has no figure for \(family.name).", .G08)
        }
        let groups = Dictionary(grouping: facts) { groupName($0.metric) }.values.filter { $0.count > 1 }
        if let hit = ([facts] + groups).compactMap(least).first(where: { prints(claim, $0) }) {
            return .grounded(evidence(hit))
        }
        let word = isLow ? "smallest" : "largest"
        if let other = facts.first(where: { prints(claim, $0) }), claim.number.digits >= 3 {
            return .misattributed(
                "\(evidence(other)); the \(word) is \(evidence(extreme))",
                "The value is real, but it is not the \(word) that the data has.")
        }
        return .unsupported(
            "The \(word) figure for \(family.name) in the data is \(shown(extreme.value)).", .G08,
            evidence: evidence(extreme))
    }

    /// The mean of one array: `json_results[*].tokens_s`.
    private func mean(_ claim: NumberClaim, _ facts: [StoredFact], _ family: MetricFamily) -> Judged? {
        var statistic = claim.statistic
        if statistic == nil, isSum(claim) { statistic = .total }
        guard let statistic, [.mean, .median, .total].contains(statistic) else { return nil }
        // Where the data has a median of its own, that one is meant.
        if statistic == .median, facts.contains(where: { $0.statistic == .median }) { return nil }
        let groups = Dictionary(grouping: facts) { groupName($0.metric) }.filter { $0.value.count > 1 }
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
            let numbers = members.map(\.base)
            guard let value = statistic.value(of: numbers), let first = members.first,
                claim.prints(base: value, dimension: first.dimension, factScale: first.scale), claim.number.digits >= 3
            else { continue }
            return .derivable(
                "\(statistic.name) of \(members.count) values of \(name) = \(shown(value / first.scale))"
            )
        }
        return nil
    }

    /// `Together the five results generated 218 tokens`; not where a total of the data is named.
    private func isSum(_ claim: NumberClaim) -> Bool {
        let words = Set(claims.phrases[claim.phrase].tokens.map(\.text))
        guard claims.mentions[claim.phrase].keys.isEmpty, !words.isDisjoint(with: sumWords) else { return false }
        return !words.isDisjoint(with: ["together", "combined", "altogether"]) || !words.isDisjoint(with: elementNouns)
    }

    private func isByChance(_ claim: NumberClaim, _ facts: [StoredFact]) -> Bool {
        guard claim.bound == .exact || claim.bound == .about, claim.number.digits < 3 else { return false }
        let scale = claim.unit?.scale ?? facts.first?.scale ?? 1
        let candidates = Set(facts.map { $0.base / scale })
        guard candidates.count > 1 else { return false }
        let hits = ChanceBudget.expectedHits(
            claim.number.value, halfStep: claim.number.halfStep, candidates: Array(candidates))
        return ChanceBudget.probability(hits) > 0.2
    }

    private func chance(_ claim: NumberClaim, _ facts: [StoredFact], _ family: MetricFamily) -> Judged {
        Judged(
            verdict: .unverifiable, rule: .G01, severity: .info,
            evidence: "\(facts.count) figures for \(family.name), of which some number matches by chance",
            message: "The number is too coarse to tell which figure it repeats.")
    }
}

private let sumWords: Set<String> = ["together", "total", "combined", "altogether", "sum", "all"]
private let rowNouns: Set<String> = ["runs"]
private let otherWords: Set<String> = ["second", "third", "fourth", "fifth", "last", "others", "other", "respectively"]
/// Columns that say how something was set up, not what came out.
private let settingNames: Set<String> = [
    "num_gpu", "num_ctx", "temperature", "top_p", "top_k", "repeat_penalty", "seed", "threads", "batch_size",
]
