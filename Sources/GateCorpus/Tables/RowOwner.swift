import GateCore

/// What the numbers of a table's rows were measured on: what the whole table says, then the cells that name the row.
struct RowOwner {
    /// A column that names rows. Apart from the others, since it is asked for with every row.
    struct Naming {
        let index: Int
        let role: ColumnRole
        /// In the table of names.
        let name: Int
        /// Its blank cells repeat the one above.
        let carriesDown: Bool
        /// No two rows have the same, or the same in a column before.
        let isUnique: Bool
        /// Of the last row.
        var label = -1
        var outer = -1
        var owner = -1
    }

    /// Of the whole table, in the packer.
    var constant = -1
    var namings: [Naming] = []

    /// What the numbers of the row were measured on, from its other cells.
    mutating func of(_ row: Int, _ table: borrowing CellTable, _ collector: inout FactCollector) -> Int {
        var owner = constant
        for place in namings.indices {
            let naming = namings[place]
            let text = trimmed(table[row, naming.index].text)
            let label: Int
            if text.isEmpty {
                guard naming.carriesDown, naming.label >= 0 else { continue }
                label = naming.label
            } else {
                label = self.label(text, naming, &collector)
                // What a blank cell repeats ends where an outer one changes.
                if naming.carriesDown, label != naming.label {
                    for inner in namings.indices where inner > place { namings[inner].label = -1 }
                }
            }
            if label != naming.label || owner != naming.outer {
                namings[place].owner =
                    naming.isUnique
                    ? collector.packer.newOwner(owner, label) : collector.packer.owner(owner, label)
                (namings[place].label, namings[place].outer) = (label, owner)
            }
            owner = namings[place].owner
        }
        return owner
    }

    private func label(
        _ text: UnsafeBufferPointer<UInt8>, _ naming: Naming, _ collector: inout FactCollector
    ) -> Int {
        switch naming.role {
        case .key: collector.label(naming.name, onOneLine: true, equals: withoutZeros(text))
        case .error: collector.label(errorEquals: text)
        default: collector.label(.text, name: naming.name, text: text)
        }
    }
}
