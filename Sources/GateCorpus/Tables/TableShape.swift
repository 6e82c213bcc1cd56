import GateCore
import GateVocabulary

/// How the numbers of a table are named.
enum TableShape: Equatable {
    /// By the headers.
    case columns
    /// By the texts of a column: a row for each metric. The headers tell the statistic, or what was measured; or another
    /// column tells the statistic.
    case rows(metric: Int, statistic: Int?)
}

extension ColumnRoles {
    /// - Parameter roles: as decided.
    func shape(_ roles: [ColumnRole]) -> TableShape {
        guard
            let metric = columns.indices.first(where: {
                (roles[$0] == .text || roles[$0] == .constantText) && isMetricColumn($0, roles)
            })
        else { return .columns }
        let statistic = columns.indices.first { $0 != metric && roles[$0] == .text && isStatisticColumn(columns[$0]) }
        return .rows(metric: metric, statistic: statistic)
    }

    /// Where the metric of a row is said and the column of its value, other numbers say what it was measured on.
    func besideValues(_ roles: [ColumnRole], _ shape: TableShape) -> [ColumnRole] {
        guard shape != .columns, columns.indices.contains(where: { roles[$0] == .measure && isValue($0) }) else {
            return roles
        }
        return columns.indices.map { index in
            roles[index] == .measure && !columns[index].traits.isMeasured && !columns[index].traits.isBareStatistic
                && !isValue(index) && rowCount > 1
                && (columns[index].survey.holdsWholes || columns[index].survey.isConstant) ? .key : roles[index]
        }
    }

    private func isValue(_ index: Int) -> Bool { columns[index].traits.isValue }

    /// `average`, `P99`, `min`: its texts are statistics and nothing else.
    private func isStatisticColumn(_ column: SurveyedColumn) -> Bool {
        !column.survey.sampled.isEmpty
            && samples(column).allSatisfy {
                let metric = MetricName($0)
                return metric.isBare && metric.statistic != .raw && metric.quantity.unit == nil
            }
    }

    /// A column of names of metrics: it is called so, or its texts read like them and the headers of the numbers do not.
    private func isMetricColumn(_ index: Int, _ roles: [ColumnRole]) -> Bool {
        let measures = columns.indices.filter { roles[$0] == .measure }
        guard !measures.isEmpty else { return false }
        if columns[index].traits.namesMetrics, !isStatisticColumn(columns[index]) {
            // Among what was measured one may be called like a unit.
            return 2 * measures.count { columns[$0].traits.isSilent } >= measures.count
        }
        guard measures.allSatisfy({ columns[$0].traits.isSilent }) else { return false }
        let samples = samples(columns[index])
        let read = samples.count { MetricName($0).isMeasured }
        return samples.count >= 2 && 5 * read >= 3 * samples.count
    }

    static func isValue(_ name: String) -> Bool {
        let words = NameWords.words(of: name)
        return words.contains(where: valueWords.contains)
            && words.allSatisfy { valueWords.contains($0) || metricWords.contains($0) }
    }

    static let metricWords: Set<String> = [
        "metric", "metrics", "measure", "measurement", "what", "quantity", "variable", "statistic", "stat", "kpi",
        "counter", "indicator", "métrique",
        "metrik", "métrica", "kennzahl", "indicateur", "medida",
    ]
    static let valueWords: Set<String> = [
        "value", "values", "val", "result", "results", "numeric", "number", "measurement", "valeur", "wert", "valor",
        "reading", "raw",
    ]
}
