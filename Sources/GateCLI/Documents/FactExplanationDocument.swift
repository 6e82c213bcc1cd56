import GateCore
import GateCorpus
import GateVocabulary

/// How a file of the corpus was understood: `ingest --explain --format json`.
struct FactExplanationDocument: Encodable {
    /// Facts of one kind of a file.
    struct Line: Encodable {
        /// The column, the JSON pointer with `*` for array indices, or the name of the metric.
        let place: String
        /// As the data names it.
        let metric: String
        let kind: FactValue.Kind
        /// What the numbers are of their sample.
        let statistic: String
        let dimension: Dimension
        /// Nil where none is known.
        let unit: String?
        /// How many facts.
        let count: Int
        /// The first one as written.
        let example: String
        /// What names its row, the innermost last: `model=alpha`.
        let owner: [String]
    }

    let schema = "fact-explanation"
    let version = 1
    /// Below the folder of the corpus.
    let file: String
    /// The tool whose output it was read as; nil for none that is known.
    let format: String?
    /// In the order of the file.
    let lines: [Line]

    /// - Parameter explanation: nil where the file has no facts.
    init(_ explanation: FactExplanation?, of path: String, format: String?) {
        file = path
        self.format = format
        lines = (explanation?.lines ?? []).map { line in
            Line(
                place: line.place, metric: line.metric, kind: line.kind, statistic: line.statistic.name,
                dimension: line.dimension, unit: line.unit, count: line.count, example: line.example,
                owner: line.owner)
        }
    }
}
