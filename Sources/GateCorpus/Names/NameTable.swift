/// Numbers the names of columns and keys and remembers what they tell, because files of one kind repeat them.
struct NameTable: ~Copyable {
    struct Traits {
        /// As the file writes it.
        let text: String
        let role: NameRole
        let metric: MetricName
        /// It says no more than that a value stands there.
        let isValue: Bool
        /// It holds what something was run with.
        let isSettings: Bool
        let isConfiguration: Bool
        /// It holds what was measured, and says nothing of it.
        let isContainer: Bool
        /// It speaks of tokens, throughput, latency, TTFT or speed.
        let isHarvested: Bool
    }

    /// A hostile file has a new name in every place.
    private static let maximumNames = 10_000
    private var table = ByteTable()
    /// By the number of a name: the one that came after it last time. Files of one kind have them in one order.
    private var followers: [Int] = []
    private var last = 0
    private var traits: [Traits] = []
    /// Those of the traits; asked for with every member of every object.
    private var roles: [NameRole] = []
    private var columns: [ColumnTraits] = []
    private var marks: [UInt64] = []
    /// 1 for a value, 2 for a container, 4 for what the files of a known format begin with, 8 for what is harvested.
    private var kinds: [UInt8] = []

    subscript(name: Int) -> Traits { _read { yield traits[name] } }
    func role(of name: Int) -> NameRole { roles[name] }
    func columnTraits(of name: Int) -> ColumnTraits { columns[name] }
    @inline(__always)
    func isValue(_ name: Int) -> Bool { kinds[name] & 1 != 0 }
    @inline(__always)
    func isContainer(_ name: Int) -> Bool { kinds[name] & 2 != 0 }
    func beginsFormat(_ name: Int) -> Bool { kinds[name] & 4 != 0 }
    /// Which headers of the known formats of tables it is.
    func formatMark(of name: Int) -> UInt64 { marks[name] }
    func isHarvested(_ name: Int) -> Bool { kinds[name] & 8 != 0 }

    mutating func find(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        if last < followers.count, table.matches(followers[last], name) {
            last = followers[last]
            return last
        }
        let number = table.find(name)
        if number == traits.count {
            traits.append(NameTable.traits(of: String(decoding: name, as: UTF8.self)))
            let traits = traits[number]
            roles.append(traits.role)
            marks.append(KnownFormats.mark(traits.text))
            columns.append(ColumnTraits(traits.metric.name, traits.role, traits.metric))
            kinds.append(
                (traits.isValue ? 1 : 0) | (traits.isContainer ? 2 : 0)
                    | (KnownFormats.mayBegin(traits.text) ? 4 : 0) | (traits.isHarvested ? 8 : 0))
            followers.append(0)
        }
        followers[last] = number
        last = number
        return number
    }

    mutating func find(_ name: String) -> Int {
        var name = name
        return name.withUTF8 { find($0) }
    }

    /// Forgets the names when they are too many; no number holds after it.
    mutating func trim() {
        guard traits.count > NameTable.maximumNames else { return }
        table.removeAll()
        traits.removeAll()
        roles.removeAll()
        columns.removeAll()
        marks.removeAll()
        kinds.removeAll()
        followers.removeAll()
        last = 0
    }

    private static func traits(of name: String) -> Traits {
        // A broken file may have megabytes where a name should be.
        let words = name.prefix(500).split(whereSeparator: \.isWhitespace)
        let oneLine = entityText(words.joined(separator: " "))
        return Traits(
            text: name, role: NameRole(oneLine), metric: MetricName(oneLine),
            isValue: ColumnRoles.isValue(oneLine), isSettings: Containers.isSettings(oneLine),
            isConfiguration: Containers.isConfiguration(oneLine),
            isContainer: Containers.isContainer(oneLine), isHarvested: Harvest.isWanted(oneLine))
    }
}
