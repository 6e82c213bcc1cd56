import GateCore

/// Facts of the tables of one Markdown file, and its count of headings.
struct MarkdownFacts {
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, names: NameTable, maximumFacts: Int
    ) -> Findings {
        var findings = Findings(maximumFacts: maximumFacts)
        let scanner = PipeTableScanner.scan(bytes)
        findings.markdownHeadings = scanner.headings
        for table in scanner.tables { append(table, file: file, names, to: &findings) }
        return findings
    }

    private static func append(_ table: PipeTable, file: String, _ names: NameTable, to findings: inout Findings) {
        let traits = table.header.map { names[$0] }
        let hasParameters = traits.contains { $0.role == .parameter }
        let roles = traits.map { $0.role.resolved(besideParameters: hasParameters) }
        let isByMetric =
            table.header.first.map { ["metric", "measure", "statistic"].contains($0.lowercased()) } ?? false
        for row in table.rows {
            let labels = isByMetric ? [] : labels(row.cells, roles, table.header)
            for index in row.cells.indices.dropFirst() where index < roles.count && roles[index] == .number {
                var cell = row.cells[index]
                guard let number = cell.withUTF8({ WrittenNumber(remarked: $0) }), findings.takesFact() else {
                    continue
                }
                let metric = isByMetric ? names[row.cells[0]].metric : traits[index].metric
                let owner = isByMetric ? owner(table.header[index]) : labels
                let quantity = number.quantity ?? metric.quantity
                findings.append(
                    Fact(
                        entity: ([table.heading].compactMap { $0 } + owner).map(entityText),
                        metric: metric.name.isEmpty ? "value" : metric.name,
                        statistic: metric.statistic, dimension: quantity.dimension, unit: quantity.unit,
                        value: number.value, written: cell, source: FactSource(file: file, line: row.line)))
            }
        }
    }

    /// In a table with a row for each metric the columns are what was measured; a column `Value` says nothing.
    private static func owner(_ column: String) -> [String] {
        ["value", "values", "result"].contains(column.lowercased()) ? [] : [column]
    }

    /// The first cell, and the other cells that tell a name or a setting.
    private static func labels(_ cells: [String], _ roles: [NameRole], _ header: [String]) -> [String] {
        zip(cells, zip(roles, header)).enumerated().compactMap { index, column in
            let (cell, (role, name)) = column
            guard !cell.isEmpty else { return nil }
            switch role {
            case .label: return cell
            case .parameter, .identifier: return "\(name)=\(cell)"
            case .error: return "error=\(cell)"
            case .number, .ambiguousParameter, .moment:
                guard index == 0 else { return nil }
                var cell = cell
                return cell.withUTF8 { WrittenNumber(remarked: $0) } == nil ? cell : "\(name)=\(cell)"
            }
        }
    }
}
