import GateCore
import GateVocabulary

/// What a figure of a list or of a line is called, and whose it is: by its own name, by the points of the list above it,
/// and by the headings.
struct MarkdownFigure {
    let owner: Int
    /// Something tells what it is a number of.
    let isMeasured: Bool
    /// In the table of names.
    private let metric: Int
    private let statistic: Int?
    private let quantity: Quantity?

    /// - Parameters:
    ///   - scanner: at the figure; its first cell is the name.
    ///   - heading: what the headings above say, in the packer.
    init(
        _ scanner: borrowing PipeTableScanner, _ heading: Int, _ quantity: Quantity?, _ collector: inout FactCollector
    ) {
        self.quantity = quantity
        let own = collector.names.find(scanner.cells[0])
        var points = scanner.points[...]
        let above = points.last.map { point in point.text.withUnsafeBufferPointer { collector.names.find($0) } }
        var (metric, statistic, label): (Int, Int?, Int?) = (own, nil, nil)
        if let above, MarkdownFigure.names(above, collector) {
            let name = collector.names[own].metric
            if name.isBare, name.statistic != .raw {
                // `- Latency:` above `- p99: 12 ms`
                (metric, statistic) = (above, own)
                points = points.dropLast()
            } else if !name.isMeasured, name.quantity == .unknown, MarkdownFigure.fits(quantity, above, collector) {
                // `- Throughput:` above `- alpha: 45 tok/s`
                metric = above
                points = points.dropLast()
                label = collector.label(scanner.cells[0])
            }
        }
        var owner = heading
        for point in points where !point.text.isEmpty {
            owner = collector.packer.owner(owner, point.text.withUnsafeBufferPointer { collector.label(path: $0) })
        }
        if let label { owner = collector.packer.owner(owner, label) }
        (self.owner, self.metric, self.statistic) = (owner, metric, statistic)
        isMeasured = quantity != nil || collector.names[own].metric.quantity != .unknown
    }

    /// A point above names what is measured, not what it was measured on.
    private static func names(_ point: Int, _ collector: borrowing FactCollector) -> Bool {
        let metric = collector.names[point].metric
        return !metric.isBare && metric.isMeasured
    }

    private static func fits(_ quantity: Quantity?, _ point: Int, _ collector: borrowing FactCollector) -> Bool {
        quantity.map { $0.dimension == collector.names[point].metric.quantity.dimension } ?? true
    }

    /// In the packer.
    func name(isSpread: Bool = false, _ collector: inout FactCollector) -> Int {
        collector.tableName(
            FactCollector.TableName(
                metric: metric, statistic: statistic, subject: nil, quantity: quantity, isSpread: isSpread, column: nil)
        ) {
            let named = $0.names[metric].metric
            guard let statistic else { return named }
            return $0.names[statistic].metric.qualified(by: named, shownAs: named.name)
        }
    }
}
