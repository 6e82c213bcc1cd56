/// What is promised: at most 1 % alarms, and at least the power that this gate has been published with.
enum Limits {
    static let alarms = 0.01

    /// Convicted at 10 and at 20 % worse, as published for this rule with its screen at 3.5 %, and for AR3, SESS2_HT and
    /// REAL_S at 5 %, where nothing else was.
    static let power: [String: (ten: Double, twenty: Double)] = [
        "LN3": (0.996, 1), "LN8": (0.36, 0.99), "HT3": (0.99, 0.95), "AR3": (0.97, 1), "SESS2": (0.98, 1),
        "SESS2_1b": (0.98, 1), "SESS6": (0.99, 1), "SESS2_HT": (0.94, 0.95), "REAL": (0.88, 0.99),
        "REAL_S": (0.87, 0.99),
    ]

    /// Nil where nothing is promised. A rate misses its limit where its whole confidence interval does.
    static func holds(_ cell: Cell) -> Bool? {
        guard cell.change > 0 else { return cell.lower <= alarms }
        guard let promised = power[cell.scenario] else { return nil }
        return cell.upper >= (cell.change < 0.15 ? promised.ten : promised.twenty)
    }
}
