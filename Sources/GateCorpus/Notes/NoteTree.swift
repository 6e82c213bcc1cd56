import GateJSON

/// The regular lines of a text as records of names and values, below the headings above them: a name that comes again
/// begins a new record, lines of the same names are records each, and what is indented stands below the line before.
struct NoteTree {
    typealias Text = UnsafeBufferPointer<UInt8>

    struct Value {
        let column: Int
        let text: Text
        /// Counted from 1.
        let line: Int
    }

    struct Record {
        var values: [Value] = []
        /// Nodes below it.
        var children: [Int] = []
    }

    /// Records of one place.
    struct Node {
        var heading = Text(start: nil, count: 0)
        /// What the lines have in common that stand in it; empty for one of its own.
        var key: [Int] = []
        /// In the table of names.
        var columns: [Int] = []
        /// Its records are of what stands before the first names of their lines.
        var hasHeads = false
        var records: [Record] = []
        fileprivate var places: [Int: Int] = [:]
        fileprivate var known: Set<Int> = []
    }

    /// A line below which others may stand.
    private struct Level {
        var indent: Int
        let parent: Int
        let record: Int
        let heading: Text
        var node: Int?
        /// A blank line ends it for lines that are not indented.
        let isOpen: Bool
    }

    private(set) var nodes = [Node(records: [Record()])]
    private var levels: [Level] = []
    private static let mostLevels = 16
    private static let mostCells = 1 << 16
    private static let longestHeading = 60

    // MARK: - Levels

    /// - Parameter indent: below 0 for one that stands above all lines until the next such.
    mutating func open(_ heading: Text, indent: Int) {
        let (node, record) = place(at: 2 * indent)
        // "Throughput, by second:"
        let name = NoteFields.plain(Text(rebasing: heading.prefix { $0 != ascii(",") && $0 != ascii(":") }))
        let isName = name.count <= (heading.last == ascii(":") ? 100 : NoteTree.longestHeading)
        push(2 * indent, isName ? name : part(name), node, record, isOpen: true)
    }

    /// A line of words, which may stand above indented ones.
    mutating func pass(_ text: Text, indent: Int) {
        let (node, record) = place(at: 2 * indent + 1)
        let isName = text.count <= NoteTree.longestHeading && !text.contains(where: isDigit)
        push(2 * indent + 1, isName ? text : part(text), node, record, isOpen: false)
    }

    mutating func endParagraph() {
        for index in levels.indices where levels[index].isOpen && levels[index].indent >= 0 {
            levels[index].indent |= 1
        }
    }

    private func part(_ text: Text) -> Text { Text(rebasing: text.prefix(0)) }

    private mutating func push(_ indent: Int, _ heading: Text, _ node: Int, _ record: Int, isOpen: Bool) {
        guard levels.count < NoteTree.mostLevels else { return }
        levels.append(Level(indent: indent, parent: node, record: record, heading: heading, isOpen: isOpen))
    }

    /// The node and the record that a line stands in.
    private mutating func place(at indent: Int) -> (node: Int, record: Int) {
        // Names that end where others do may begin a blank before them.
        while let last = levels.last, last.indent >= (last.isOpen ? indent : indent - 2) { levels.removeLast() }
        // What stands below indented lines is not all that follows.
        if let last = levels.last, last.isOpen, last.indent >= 0, indent > last.indent + 1 {
            levels[levels.count - 1].indent |= 1
        }
        guard let level = levels.last else { return (0, nodes[0].records.count - 1) }
        let node = level.node ?? add(Node(heading: level.heading, records: [Record()]), to: level.parent, level.record)
        levels[levels.count - 1].node = node
        return (node, nodes[node].records.count - 1)
    }

    private mutating func add(_ node: Node, to parent: Int, _ record: Int) -> Int {
        nodes.append(node)
        nodes[parent].records[record].children.append(nodes.count - 1)
        return nodes.count - 1
    }

    /// The one below a record whose lines have the same in common.
    private mutating func child(of parent: Int, _ record: Int, _ key: [Int]) -> Int {
        nodes[parent].records[record].children.last { nodes[$0].key == key } ?? add(Node(key: key), to: parent, record)
    }

    // MARK: - Records

    /// - Parameters:
    ///   - names: of the pairs, in the table of names.
    ///   - isRow: other lines have the same names.
    /// - Returns: false where there are too many.
    mutating func append(
        _ line: NoteLine, names: [Int], none: Int, indent: Int, number: Int, isRow: Bool
    ) -> Bool {
        var (node, record) = place(at: 2 * indent + 1)
        if isRow {
            node = child(of: node, record, names)
            nodes[node].records.append(Record())
        } else if let head = line.head {
            node = child(of: node, record, [none])
            nodes[node].hasHeads = true
            let isSame = nodes[node].records.last?.values.first.map { $0.text.elementsEqual(head) } == true
            if !isSame || names.contains(where: nodes[node].known.contains) { beginRecord(in: node) }
        } else if names.contains(where: nodes[node].known.contains) {
            beginRecord(in: node)
        }
        record = nodes[node].records.count - 1
        if let head = line.head, nodes[node].records[record].values.isEmpty {
            append(none, head, number, to: node)
        }
        for (name, pair) in zip(names, line.pairs) { append(name, pair.value, number, to: node) }
        push(2 * indent + 1, part(line.pairs[0].name), node, record, isOpen: false)
        return nodes[node].records.count * nodes[node].columns.count <= NoteTree.mostCells
    }

    private mutating func beginRecord(in node: Int) {
        nodes[node].known = []
        nodes[node].records.append(Record())
    }

    private mutating func append(_ name: Int, _ value: Text, _ line: Int, to node: Int) {
        let column = nodes[node].places[name] ?? nodes[node].columns.count
        if column == nodes[node].columns.count {
            nodes[node].places[name] = column
            nodes[node].columns.append(name)
        }
        nodes[node].known.insert(name)
        nodes[node].records[nodes[node].records.count - 1].values.append(Value(column: column, text: value, line: line))
    }

    /// A table begins.
    mutating func beginTable(_ names: [Int], indent: Int) -> Int {
        let (node, record) = place(at: 2 * indent + 1)
        var table = Node(key: [-1])
        table.columns = names
        return add(table, to: node, record)
    }

    mutating func appendRow(_ cells: [Text], line: Int, to table: Int) {
        nodes[table].records.append(
            Record(values: cells.enumerated().map { Value(column: $0, text: $1, line: line) }))
    }
}
