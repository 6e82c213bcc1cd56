import GateCore
import GateVocabulary

/// A number that a report may repeat.
struct StoredFact {
    /// In the base unit of its dimension where the unit is known: seconds, bytes, per second, percent.
    let base: Double
    /// As the file has it.
    let value: Double
    let dimension: Dimension
    /// How many base units the file's unit is; 1 where it is unknown.
    let scale: Double
    /// The unit as the data names it; nil where it does not.
    let unit: String?
    let family: MetricFamily
    let statistic: Statistic
    /// The key or column as the data writes it, in lower case.
    let metric: String
    /// Into ``FactStore/tables``, with the row; nil for a fact without an owner.
    var cell: Cell?
    /// The file with its row or pointer, for people.
    let source: String

    struct Cell: Hashable {
        let table: Int
        let row: Int
    }
}

/// Facts that were measured on several things the same way: a CSV file, an array of JSON objects.
struct FactTable {
    /// In lower case: `gemma3_270m baseline`.
    let name: String
    let file: String
    /// The words of its name and file, for telling tables of one model from each other.
    let words: Set<String>
    /// In lower case.
    var rows: [String] = []
    var columns: [FactColumn] = []
}

/// One metric over the rows of a table.
struct FactColumn {
    let metric: String
    let family: MetricFamily
    let statistic: Statistic
    let dimension: Dimension
    let scale: Double
    let unit: String?
    /// By row; nil where a row has no such number.
    var values: [Double?]

    var numbers: [Double] { values.compactMap { $0 } }
}

/// `json_results[].tokens_s`: what the elements of one array have in common.
func groupName(_ metric: String) -> String {
    var isIndex = false
    return String(
        metric.filter { character in
            if character == "[" { isIndex = true }
            defer { if character == "]" { isIndex = false } }
            return !isIndex || character == "["
        })
}
