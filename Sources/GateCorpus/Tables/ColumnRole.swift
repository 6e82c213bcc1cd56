import GateCore
import GateVocabulary

/// What a column of a table does for the numbers of its rows, as its cells show and its name may tell.
enum ColumnRole: Equatable {
    case measure
    /// A number or a flag that selects the row.
    case key
    /// A text that names the row.
    case text
    /// A text that is the same in all rows, and so names the file.
    case constantText
    /// Says that the row comes from a failure.
    case error
    case date
    case version
    case identifier
    /// Texts that are the units of other columns.
    case unit
    /// Nothing stands in it.
    case nothing

    /// Of the facts of its cells; nil where they are none.
    var kind: FactValue.Kind? {
        switch self {
        case .measure: .number
        case .key: .key
        case .date: .date
        case .version: .version
        case .identifier: .identifier
        case .text, .constantText, .error, .unit, .nothing: nil
        }
    }

    var namesRow: Bool {
        switch self {
        case .key, .text, .constantText, .error: true
        case .measure, .date, .version, .identifier, .unit, .nothing: false
        }
    }
}

/// A column as its header and its cells show it.
struct SurveyedColumn {
    /// In the table of names.
    let number: Int
    let traits: ColumnTraits
    let survey: ColumnSurvey
    /// What all of its texts are.
    let kind: TextKind
    /// The format of the file says that its numbers were given.
    let isGiven: Bool

    var role: NameRole { isGiven ? .parameter : traits.role }

    /// Its cells may tell rows apart.
    var tellsRows: Bool { !survey.isConstant && (survey.texts > 0 || survey.isComplete) }
}

/// What a name says of the column below it, without its texts: every table asks for it.
struct ColumnTraits {
    let role: NameRole
    let isMeasured: Bool
    let isBare: Bool
    let isBareStatistic: Bool
    /// It is a statistic alone, or says nothing of what is measured.
    let isSilent: Bool
    /// It is called one of metrics.
    let namesMetrics: Bool
    /// It is called one of their values.
    let isValue: Bool

    /// - Parameter oneLine: the name on one line.
    init(_ oneLine: String, _ role: NameRole, _ metric: MetricName) {
        self.role = role
        isMeasured = metric.isMeasured
        isBare = metric.isBare
        isBareStatistic = metric.isBare && metric.statistic != .raw
        isSilent = metric.isBare || metric.statistic == .raw && metric.quantity == .unknown
        isValue = ColumnRoles.isValue(oneLine)
        namesMetrics = NameWords.words(of: oneLine).contains(where: ColumnRoles.metricWords.contains)
    }
}

/// Decides what the columns of one table are.
///
/// What names a row are its texts, and numbers that count up or repeat and stand before the first measurement. A name is
/// asked only where the cells leave it open.
struct ColumnRoles {
    let columns: [SurveyedColumn]
    let rowCount: Int
    /// Of the texts of all columns; as long as the table's text is there.
    let samples: [CellTable.Cell]

    func samples(_ column: SurveyedColumn) -> [String] {
        samples[column.survey.sampled].map { String(decoding: $0.text, as: UTF8.self) }
    }

    func decide(_ table: borrowing CellTable) -> [ColumnRole] {
        var roles = columns.map(role)
        nameByDay(&roles)
        chooseKeys(&roles, table)
        // A table that measures nothing: the last of its numbers are what it is about.
        if !roles.contains(.measure), let last = roles.lastIndex(of: .key), columns[last].role == .number {
            roles[last] = .measure
        }
        // Of a table of texts alone its days and versions are what it has, whatever else they name.
        if roles.allSatisfy({ $0.kind == nil }) {
            for index in roles.indices where roles[index] == .text {
                switch columns[index].kind {
                case .date: roles[index] = .date
                case .version: roles[index] = .version
                case .text, .identifier: break
                }
            }
        }
        return roles
    }

    /// Where nothing else names the rows, a day does.
    private func nameByDay(_ roles: inout [ColumnRole]) {
        guard !roles.contains(where: { $0.namesRow && $0 != .constantText || $0 == .version || $0 == .identifier }),
            let day = roles.firstIndex(of: .date), roles.lastIndex(of: .date) == day, columns[day].survey.texts > 1,
            samples[columns[day].survey.sampled].allSatisfy({ $0.count <= ColumnRoles.longestDay })
        else { return }
        roles[day] = .text
    }

    /// `2026-03-05`, without a time.
    private static let longestDay = 10

    private func role(_ column: SurveyedColumn) -> ColumnRole {
        let survey = column.survey
        if survey.filled == 0 { return survey.missing > 0 && !column.traits.isBare ? .measure : .nothing }
        if column.role == .error { return survey.texts > 0 ? .error : .measure }
        if survey.texts > 0 { return textRole(column) }
        switch column.role {
        case .parameter, .identifier: return .key
        case .ambiguousParameter where columns.contains { $0.role == .parameter }: return .key
        case .moment: return .date
        // `gpu` 0, `device` 1
        case .label where survey.allWhole && !column.traits.isMeasured: return .key
        default: return .measure
        }
    }

    private func textRole(_ column: SurveyedColumn) -> ColumnRole {
        let survey = column.survey
        // A measurement with a remark in some of its cells.
        if survey.numbers > survey.texts, column.traits.isMeasured || 4 * survey.texts < survey.numbers,
            column.role != .label
        {
            return .measure
        }
        if survey.numbers == 0 {
            if isUnit(column) { return .unit }
            switch column.kind {
            // A day or a version that has several rows names them.
            case .date where !survey.groupsTexts: return .date
            case .version where column.role != .label && !survey.groupsTexts: return .version
            case .identifier where column.role != .label: return .identifier
            default: break
            }
        }
        return survey.isConstant && rowCount > 1 ? .constantText : .text
    }

    private func isUnit(_ column: SurveyedColumn) -> Bool {
        guard column.role == .unit else { return false }
        let samples = samples(column).filter { !$0.isEmpty }
        // A column of units may have some that nobody knows, such as `register/thread`.
        return 2 * samples.count { MeasuredUnit($0) != nil } >= samples.count
    }

    static let unitWords: Set<String> = ["unit", "units", "uom", "einheit", "unité", "unite", "unidad", "unità"]

    // MARK: - Keys

    private func chooseKeys(_ roles: inout [ColumnRole], _ table: borrowing CellTable) {
        let signatures = RowSignatures(columns)
        if let rate = offered(roles, signatures, table) { roles[rate] = .key }
        let candidates = columns.indices.filter {
            roles[$0] == .measure && (mayBeKey(columns[$0]) || isSetting($0, signatures, table))
        }
        guard !candidates.isEmpty else { return }
        let firstMeasure =
            columns.indices.first {
                roles[$0] == .measure && !columns[$0].survey.isConstant && !candidates.contains($0)
            } ?? columns.count
        let leading = candidates.filter { $0 < firstMeasure }
        let names = columns.indices.filter { roles[$0].namesRow }
        // Of numbers alone the last one is measured.
        let others = roles.indices.contains { roles[$0] == .measure && !leading.contains($0) }
        var keys: [Int] = []
        for index in others ? leading[...] : leading.dropLast() {
            let survey = columns[index].survey
            let counts = survey.increases && rowCount >= 3 && (names.isEmpty || index == 0)
            // Where texts tell all rows apart, a number that happens to come again is measured.
            if counts
                || !survey.isConstant && rowCount >= 4 && signatures.repeats(index, table)
                    && (survey.allWhole && signatures.isBalanced(index, table) || !signatures.areUnique(names, table))
            {
                keys.append(index)
            }
        }
        var areUnique = signatures.areUnique(names + keys, table)
        if !areUnique {
            for index in others ? leading[...] : leading.dropLast()
            where !keys.contains(index) && !columns[index].survey.isConstant {
                keys.append(index)
                areUnique = signatures.areUnique(names + keys, table)
                if areUnique { break }
            }
            if !areUnique {
                var kept: [Int] = []
                for index in keys where columns[index].survey.increases || signatures.repeats(index, table) {
                    kept.append(index)
                }
                keys = kept
            }
        }
        for index in keys { roles[index] = .key }
    }

    /// Versions, rates and other steps of a sweep: fractions that come again equally often.
    private func isSetting(_ index: Int, _ signatures: RowSignatures, _ table: borrowing CellTable) -> Bool {
        let column = columns[index]
        return column.survey.isComplete && !column.survey.allWhole && !column.survey.isConstant && rowCount >= 4
            && !column.traits.isMeasured && !column.survey.isMeasured && signatures.repeats(index, table)
            && signatures.isBalanced(index, table)
    }

    /// `request_rate` of a sweep: what is called like a measurement and was given. All of its values come again equally often,
    /// and with it no two rows are of the same.
    private func offered(
        _ roles: [ColumnRole], _ signatures: RowSignatures, _ table: borrowing CellTable
    ) -> Int? {
        let names = columns.indices.filter { roles[$0].namesRow }
        guard rowCount >= ColumnRoles.fewestOffered, !names.isEmpty,
            let first = columns.indices.first(where: { roles[$0] == .measure && !columns[$0].survey.isConstant }),
            columns[first].traits.isMeasured, columns[first].survey.isComplete,
            signatures.isBalanced(first, table), !signatures.areUnique(names, table),
            signatures.areUnique(names + [first], table)
        else { return nil }
        return first
    }

    /// Of fewer rows two measurements may come again by accident.
    private static let fewestOffered = 8

    /// Whole numbers below a name that says nothing of a measurement.
    private func mayBeKey(_ column: SurveyedColumn) -> Bool {
        column.survey.allWhole && rowCount >= 2 && !column.traits.isMeasured
    }
}
