import Foundation

/// The cells of one scenario under one rule, as a line for people.
enum Table {
    static let head = """
                                   nothing changed            10 % worse               20 % worse
        scenario   rule            alarm undecided runs     caught undecided runs    caught undecided runs
        """

    static func line(_ cells: [Cell]) -> String {
        let first = cells.first
        let name = pad(first?.scenario ?? "", 11) + pad(first?.rule ?? "", 15)
        return name + cells.map(columns).joined(separator: "  ")
    }

    private static func columns(_ cell: Cell) -> String {
        let mark = cell.rule == "gate" && Limits.holds(cell) == false ? "!" : " "
        return String(
            format: "%6.1f%%%@%7.1f%% %5.1f", cell.convicted * 100, mark, cell.inconclusive * 100, cell.meanRuns)
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text.padding(toLength: width, withPad: " ", startingAt: 0)
    }
}
