import GateCore

/// The values of pairs, metric by metric.
struct PairColumns: Sendable {
    struct Column: Sendable {
        let name: String
        var base: [Double] = []
        var head: [Double] = []
        var isInBase = false
        var isInHead = false

        var arms: MetricArms {
            MetricArms(name: name, base: base, head: head, isInBase: isInBase, isInHead: isInHead)
        }
    }

    private(set) var columns: [Column]
    private(set) var count = 0
    private var indices: [String: Int]

    /// - Parameter names: metrics that have a column even where no pair has them.
    init(names: some Sequence<String>) {
        columns = names.map { Column(name: $0) }
        indices = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
    }

    mutating func append(_ pair: RunPair) {
        for name in pair.base.keys where indices[name] == nil { add(name) }
        for name in pair.head.keys where indices[name] == nil { add(name) }
        for index in columns.indices {
            let (base, head) = (pair.base[columns[index].name], pair.head[columns[index].name])
            columns[index].base.append(base ?? .nan)
            columns[index].head.append(head ?? .nan)
            if base != nil { columns[index].isInBase = true }
            if head != nil { columns[index].isInHead = true }
        }
        count += 1
    }

    private mutating func add(_ name: String) {
        let nothing = [Double](repeating: .nan, count: count)
        indices[name] = columns.count
        columns.append(Column(name: name, base: nothing, head: nothing))
    }
}
