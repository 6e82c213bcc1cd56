import GateCore
import GateVocabulary

/// Facts of the rows of one table, of CSV and of Markdown.
struct TableFacts {
    struct Column {
        let name: String
        /// In the table of names.
        let number: Int
        var role = ColumnRole.measure
        /// From a row of units.
        var unit: Quantity?
        /// Where the units of its numbers stand.
        var unitColumn: Int?
        /// A bare statistic is one of this.
        var subject: MetricName?
        var notation = PrintedNumber.Notation.point
    }

    /// A column with facts of its own. Apart from the others, since it is asked for with every row.
    private struct Giving {
        let index: Int
        let kind: FactValue.Kind
        /// Its plain numbers are what they look like, and all have one name.
        var isPlain = false
        /// Of the facts, in the packer; -1 until there is one.
        var factName = -1
    }

    private(set) var columns: [Column]
    private(set) var shape = TableShape.columns
    /// The owner of the whole table, in the packer.
    private let outer: Int
    /// Facts name their column: those of CSV do.
    private let namesColumns: Bool
    private let takesRemarks: Bool
    /// What bare statistics are of.
    enum Subject {
        /// What the other columns tell statistics of.
        case siblings
        /// What stands above the table says it; nil where it is not told.
        case named(MetricName?)
    }

    private let subject: Subject
    private var isDecided = false
    var rowOwner = RowOwner()
    private var giving: [Giving] = []

    /// - Parameter names: of the columns, in the table of names.
    init(
        names: [Int], outer: Int, namesColumns: Bool, takesRemarks: Bool, subject: Subject = .siblings,
        _ collector: borrowing FactCollector
    ) {
        columns = names.enumerated().map { index, number in
            let name = collector.names[number].metric.name
            return Column(name: name.isEmpty ? "column \(index + 1)" : name, number: number)
        }
        self.outer = outer
        self.namesColumns = namesColumns
        self.takesRemarks = takesRemarks
        self.subject = subject
    }

    /// - Parameter number: of the column's new name, in the table of names.
    mutating func rename(_ column: Int, _ number: Int, _ collector: borrowing FactCollector) {
        columns[column] = Column(
            name: collector.names[number].metric.name, number: number, unit: columns[column].unit)
    }

    mutating func setUnit(_ unit: Quantity?, of column: Int) { columns[column].unit = unit }

    /// Appends the facts of the rows that are there. What the columns are is decided by the first call.
    mutating func append(_ table: borrowing CellTable, to collector: inout FactCollector) {
        guard table.rows.count > 0 else { return }
        if !isDecided { decide(table, &collector) }
        for row in 0..<table.rows.count { append(row, table, &collector) }
    }

    // MARK: - What the columns are

    private mutating func decide(_ table: borrowing CellTable, _ collector: inout FactCollector) {
        isDecided = true
        var samples: [CellTable.Cell] = []
        samples.reserveCapacity(16)
        var surveys = columns.indices.map { column in
            var survey = ColumnSurvey()
            for row in 0..<table.rows.count { survey.look(at: table[row, column], &samples) }
            return survey
        }
        chooseNotation(&surveys)
        let surveyed = columns.indices.map { index in
            SurveyedColumn(
                number: columns[index].number, traits: collector.names.columnTraits(of: columns[index].number),
                survey: surveys[index], kind: kind(of: surveys[index], samples, &collector),
                isGiven: collector.isGiven(columns[index].number))
        }
        let decision = ColumnRoles(columns: surveyed, rowCount: table.rows.count, samples: samples)
        let decided = decision.decide(table)
        shape = decision.shape(decided)
        let roles = decision.besideValues(decided, shape)
        for index in columns.indices { columns[index].role = roles[index] }
        chooseNamings(surveys)
        bindUnits(collector)
        bindStatistics(collector)
        for place in giving.indices {
            let index = giving[place].index
            giving[place].isPlain =
                giving[place].kind == .key
                || shape == .columns && columns[index].unitColumn == nil && columns[index].notation == .point
        }
        rowOwner.constant = outer
        for index in columns.indices where columns[index].role == .constantText {
            let (number, text) = (columns[index].number, table[0, index].text)
            // Without a name it would be taken for the file's own.
            let label =
                collector.names[number].text.isEmpty
                ? collector.label(text) : collector.label(.file, name: number, text: text)
            rowOwner.constant = collector.packer.owner(rowOwner.constant, label)
        }
    }

    /// What one column shows of its commas and points holds for the others, unless one of them shows the opposite.
    private mutating func chooseNotation(_ surveys: inout [ColumnSurvey]) {
        let isShown = surveys.contains { $0.hasDecimalCommas || $0.hasGroupsByPoints }
        let isShared = isShown && !surveys.contains(where: \.hasDecimalPoints)
        guard isShown else { return }
        for index in columns.indices {
            let isTaken = isShared && surveys[index].takeDecimalCommas()
            if isTaken || surveys[index].hasDecimalCommas { columns[index].notation = .comma }
        }
    }

    /// Of all texts of a column; plain text where they differ.
    private func kind(
        of survey: ColumnSurvey, _ samples: [CellTable.Cell], _ collector: inout FactCollector
    ) -> TextKind {
        guard survey.numbers == 0, let first = samples[survey.sampled].first else { return .text }
        let kind = collector.kind(of: first.text)
        guard kind != .text else { return .text }
        for sample in samples[survey.sampled].dropFirst() where collector.kind(of: sample.text) != kind { return .text }
        return kind
    }

    /// The column tells which metric or statistic a row has.
    private func isOfShape(_ column: Int) -> Bool {
        guard case .rows(let metric, let statistic) = shape else { return false }
        return column == metric || column == statistic
    }

    private mutating func chooseNamings(_ surveys: [ColumnSurvey]) {
        var outerCarries = true
        for index in columns.indices {
            let role = columns[index].role
            if let kind = role.kind { giving.append(Giving(index: index, kind: kind)) }
            guard role.namesRow, role != .constantText, !isOfShape(index) else { continue }
            let survey = surveys[index]
            let carries =
                index <= 1 && role == .text && survey.empty > 0 && !survey.isFirstEmpty && outerCarries
            outerCarries = outerCarries && carries
            rowOwner.namings.append(
                RowOwner.Naming(
                    index: index, role: role, name: columns[index].number, carriesDown: carries,
                    isUnique: survey.allWhole && survey.increases || rowOwner.namings.last?.isUnique == true))
        }
    }

    /// A column of units is that of the columns that its name may mean.
    private mutating func bindUnits(_ collector: borrowing FactCollector) {
        for index in columns.indices where columns[index].role == .unit {
            let words = ScopedUnit.words(of: columns[index].name)
            for measure in columns.indices where columns[measure].role == .measure && columns[measure].unitColumn == nil
            {
                let metric = collector.names[columns[measure].number].metric
                if ScopedUnit.mayApply(words, to: metric) { columns[measure].unitColumn = index }
            }
        }
        bindCorner(collector)
    }

    /// `channel (EUR)` above the names of rows: the unit of all columns where none has one of its own.
    private mutating func bindCorner(_ collector: borrowing FactCollector) {
        let measures = columns.indices.filter { columns[$0].role == .measure }
        let isSilent = measures.allSatisfy {
            columns[$0].unit == nil && columns[$0].unitColumn == nil
                && collector.names[columns[$0].number].metric.quantity == .unknown
        }
        guard shape == .columns, measures.count > 1, isSilent,
            let corner = columns.first(where: { $0.role == .text }), corner.name.hasSuffix(")"),
            case let quantity = collector.names[corner.number].metric.quantity, quantity.unit != nil
        else { return }
        for measure in measures { columns[measure].unit = quantity }
    }

    /// `50%`, `p95` beside `Average Response Time`: statistics of what most of the other columns tell statistics of.
    private mutating func bindStatistics(_ collector: borrowing FactCollector) {
        guard shape == .columns else { return }
        var bare: [Int] = []
        for index in columns.indices where columns[index].role == .measure {
            if collector.names.columnTraits(of: columns[index].number).isBareStatistic { bare.append(index) }
        }
        guard !bare.isEmpty else { return }
        if case .named(let name) = subject {
            if let name { bind(bare, to: name, name.quantity, collector) }
            return
        }
        var counts: [[String]: Int] = [:]
        var best: (words: [String], column: Int, count: Int)?
        for (index, column) in columns.enumerated() where column.role == .measure && !bare.contains(index) {
            let metric = collector.names[column.number].metric
            guard metric.statistic != .raw, metric.statistic != .count, metric.statistic != .total else { continue }
            let count = counts[metric.subject, default: 0] + (metric.quantity.dimension == .time ? 2 : 1)
            counts[metric.subject] = count
            if count > best?.count ?? 0 { best = (metric.subject, index, count) }
        }
        guard let best else { return }
        let named = collector.names[columns[best.column].number].metric.quantity
        bind(bare, to: MetricName(best.words.joined(separator: " ")), named, collector)
    }

    private mutating func bind(
        _ bare: [Int], to subject: MetricName, _ quantity: Quantity, _ collector: borrowing FactCollector
    ) {
        for index in bare {
            let own = collector.names[columns[index].number].metric.quantity
            guard own == .unknown || own.dimension == quantity.dimension else { continue }
            columns[index].subject = subject.measured(as: quantity)
        }
    }

    // MARK: - Rows

    private mutating func append(_ row: Int, _ table: borrowing CellTable, _ collector: inout FactCollector) {
        let owner = rowOwner.of(row, table, &collector)
        for place in giving.indices {
            let given = giving[place]
            let cell = table[row, given.index]
            guard !cell.isEmpty else { continue }
            let line = table.line(row, given.index)
            if !cell.digits.isNone, given.isPlain, given.factName >= 0 {
                collector.packer.append(cell.digits, name: given.factName, owner: owner, line: line)
            } else if given.kind == .number {
                appendNumber(cell, place, row, table, owner, line, &collector)
            } else {
                appendOther(cell, place, owner, line, &collector)
            }
        }
    }

    private mutating func appendNumber(
        _ cell: CellTable.Cell, _ place: Int, _ row: Int, _ table: borrowing CellTable, _ owner: Int, _ line: Int,
        _ collector: inout FactCollector
    ) {
        let index = giving[place].index
        let isByRow = shape != .columns || columns[index].unitColumn != nil
        if !cell.digits.isNone, columns[index].notation == .point {
            let (name, owner) =
                isByRow
                ? rowName(index, row, nil, table, owner, &collector) : (factName(place, &collector), owner)
            collector.packer.append(cell.digits, name: name, owner: owner, line: line)
            return
        }
        guard let number = number(in: cell.text, columns[index].notation) else {
            if ColumnSurvey.isNoNumber(trimmed(cell.text)) { collector.count(missing: 1) }
            return
        }
        let (name, owner) =
            isByRow || number.quantity != nil
            ? rowName(index, row, number.quantity, table, owner, &collector) : (factName(place, &collector), owner)
        collector.packer.append(trimmed(cell.text), value: number.value, name: name, owner: owner, line: line)
        guard let spread = number.spread, !spread.isRelative else { return }
        let (spreadName, _) = rowName(index, row, number.quantity, isSpread: true, table, owner, &collector)
        var written = spread.written
        written.withUTF8 {
            collector.packer.append($0, value: spread.value, name: spreadName, owner: owner, line: line)
        }
    }

    private func number(
        in text: UnsafeBufferPointer<UInt8>, _ notation: PrintedNumber.Notation
    ) -> WrittenNumber? {
        takesRemarks ? WrittenNumber(remarked: text, notation) : WrittenNumber(cell: text, notation)
    }

    /// The name of facts that their column alone tells.
    private mutating func factName(_ place: Int, _ collector: inout FactCollector) -> Int {
        if giving[place].factName >= 0 { return giving[place].factName }
        let column = columns[giving[place].index]
        let kind = giving[place].kind
        let isPlain = column.subject == nil && column.unit == nil
        if isPlain, let known = collector.plainName(of: column.number, kind, namesColumns) {
            giving[place].factName = known
            return known
        }
        let name = newFactName(column, kind, &collector)
        giving[place].factName = name
        if isPlain { collector.remember(plainName: name, of: column.number, kind, namesColumns) }
        return name
    }

    private func newFactName(_ column: Column, _ kind: FactValue.Kind, _ collector: inout FactCollector) -> Int {
        guard kind == .number else {
            return collector.packer.add(
                FactName(
                    metric: column.name, statistic: .raw, dimension: .unknown, unit: nil, kind: kind,
                    place: namesColumns ? .column(column.name) : .line))
        }
        let metric = collector.names[column.number].metric
        return collector.tableName(
            FactCollector.TableName(
                metric: column.number, statistic: nil, subject: column.subject?.name, quantity: column.unit,
                isSpread: false, column: namesColumns ? column.name : nil)
        ) { _ in column.subject.map { metric.qualified(by: $0, shownAs: "\($0.name) \(metric.name)") } ?? metric }
    }

    /// The name and the owner of a number whose row tells its unit or its metric.
    private func rowName(
        _ index: Int, _ row: Int, _ written: Quantity?, isSpread: Bool = false, _ table: borrowing CellTable,
        _ owner: Int, _ collector: inout FactCollector
    ) -> (name: Int, owner: Int) {
        let column = columns[index]
        let unitBeside = column.unitColumn.flatMap {
            Quantity(unit: String(decoding: table[row, $0].text, as: UTF8.self))
        }
        let header = collector.names[column.number].metric
        // A unit of another dimension than the name's is that of another column.
        let fits = unitBeside.map { header.quantity == .unknown || header.quantity.dimension == $0.dimension } ?? true
        let quantity = written ?? (fits ? unitBeside : nil) ?? column.unit
        guard case .rows(let metricColumn, let statisticColumn) = shape else {
            let name = collector.tableName(
                FactCollector.TableName(
                    metric: column.number, statistic: nil, subject: column.subject?.name, quantity: quantity,
                    isSpread: isSpread, column: namesColumns ? column.name : nil)
            ) { _ in column.subject.map { header.qualified(by: $0, shownAs: "\($0.name) \(header.name)") } ?? header }
            return (name, owner)
        }
        let cell = collector.names.find(table[row, metricColumn].text)
        let isStatistic = header.isBare && header.statistic != .raw
        let beside = statisticColumn.map { table[row, $0].text }.flatMap { $0.isEmpty ? nil : collector.names.find($0) }
        let told = beside ?? (isStatistic ? column.number : nil)
        let name = collector.tableName(
            FactCollector.TableName(
                metric: cell, statistic: told, subject: nil,
                quantity: quantity, isSpread: isSpread, column: namesColumns ? column.name : nil)
        ) {
            let metric = $0.names[cell].metric
            guard let told else { return metric }
            return $0.names[told].metric.qualified(by: metric, shownAs: metric.name)
        }
        // In a table with a row for each metric the columns are what was measured; a column `Value` says nothing.
        guard !isStatistic, !header.isBare, !ColumnRoles.isValue(column.name) else { return (name, owner) }
        return (name, collector.packer.owner(owner, collector.label(collector.names[column.number].text)))
    }

    private mutating func appendOther(
        _ cell: CellTable.Cell, _ place: Int, _ owner: Int, _ line: Int, _ collector: inout FactCollector
    ) {
        let text = trimmed(cell.text)
        guard text.count <= 100 else { return }
        let (kind, notation) = (giving[place].kind, columns[giving[place].index].notation)
        let name = factName(place, &collector)
        if kind == .key, !cell.digits.isNone {
            collector.packer.append(cell.digits, name: name, owner: owner, line: line)
        } else if kind == .key, let value = WrittenNumber(remarked: text, notation)?.value {
            collector.packer.append(text, value: value, name: name, owner: owner, line: line)
        } else if kind != .key {
            collector.packer.append(text, value: .nan, name: name, owner: owner, line: line)
        }
    }
}
