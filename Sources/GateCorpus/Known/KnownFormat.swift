import GateCore
import GateVocabulary

/// What the files of one tool say of their numbers without writing it into them: the units, and what its statistics are
/// statistics of. It is recognised by what is in a file, never by the file's name.
struct KnownFormat: Sendable {
    /// As `ingest` names it.
    let name: String
    /// Keys that a JSON document has, arrays passed over (`results.command`), or columns of a table; all of them.
    let signature: [String]
    /// What a statistic without another name is one of.
    let subject: String?
    /// By the key or the header.
    let units: [String: Quantity]
    /// Numbers that say what was run: they select the others beside them, and are no measurements.
    let given: Set<String>
    /// By the key: what the numbers below it are, where their name does not say so.
    let statistics: [String: Statistic]
    /// What keys end with that say no more than the same without it.
    let silentSuffix: String?
    /// By the key of an object: what the numbers in it are a statistic of. It is no owner.
    let holders: [String: Statistic]
    /// Its files have all the same name: the folders are owners, too.
    let isToldByFolders: Bool
    let shape: Shape
    /// Keys of objects whose numbers are in units of their own.
    let foreign: Set<String>
    /// The key that says how much was measured: an object where it is 0 holds no measurements.
    let amount: String?

    /// How its documents say what numbers are.
    enum Shape { case plain, series, spans }

    /// - Parameters:
    ///   - units: names by unit: `["s": ["mean", "min"]]`.
    init(
        _ name: String, has signature: [String], subject: String? = nil, units: [String: [String]] = [:],
        given: Set<String> = [], statistics: [String: Statistic] = [:], silentSuffix: String? = nil,
        holders: [String: Statistic] = [:], isToldByFolders: Bool = false,
        shape: Shape = .plain, foreign: Set<String> = [], amount: String? = nil
    ) {
        self.amount = amount
        self.foreign = foreign
        self.shape = shape
        self.holders = holders
        self.isToldByFolders = isToldByFolders
        self.statistics = statistics
        self.silentSuffix = silentSuffix
        self.name = name
        self.signature = signature
        self.subject = subject
        self.given = given
        var byName: [String: Quantity] = [:]
        for (unit, names) in units {
            guard let quantity = Quantity(unit: unit) else { continue }
            for name in names { byName[name] = quantity }
        }
        self.units = byName
    }

    /// The name of a number with what the format knows of it.
    /// - Parameters:
    ///   - key: as the file writes it.
    ///   - holder: the key around it.
    func completed(_ metric: MetricName, key: String, holder: String? = nil) -> MetricName {
        var metric = metric
        if let silentSuffix, key.hasSuffix(silentSuffix) {
            metric = MetricName(String(key.dropLast(silentSuffix.count)))
        }
        if let statistic = statistics[key] { metric = statistic == .count ? metric.counted : metric.called(statistic) }
        if metric.isBare, metric.statistic != .raw, let subject {
            metric = metric.qualified(by: MetricName(subject), shownAs: metric.name)
        }
        guard holder.map(foreign.contains) != true else { return metric }
        if let own = units[key], !metric.quantity.isComparable(with: own) { return metric.measured(as: own) }
        guard metric.quantity.unit == nil else { return metric }
        // "http_req_duration{expected_response:true}"
        guard let holder, let quantity = units[String(holder.prefix { $0 != "{" })] else { return metric }
        return metric.measured(as: quantity)
    }

    /// What is asked for where nothing else is said.
    static let estimate = "point_estimate"

    /// The first format whose signature these names have.
    static func of(_ names: Set<String>, in formats: [KnownFormat]) -> KnownFormat? {
        formats.first { $0.signature.allSatisfy(names.contains) }
    }
}

extension FactCollector {
    /// `median.point_estimate` is the median, `median.standard_error` the spread of it.
    func held(_ place: Int, by format: KnownFormat) -> MetricName? {
        let key = names[places[place].key].text
        var outer = places[place].outer
        while outer != 0 {
            let holder = names[places[outer].key].text
            if let statistic = format.holders[holder] {
                return (key == KnownFormat.estimate ? MetricName(holder) : MetricName("\(holder) \(key)"))
                    .called(statistic)
            }
            outer = places[outer].outer
        }
        return nil
    }

    /// The object at a place says of which statistic its numbers are, and nothing else.
    @inline(__always)
    func isHeld(_ place: Int) -> Bool {
        guard let format, !format.holders.isEmpty else { return false }
        var place = place
        while place != 0 {
            if format.holders[names[places[place].key].text] != nil { return true }
            place = places[place].outer
        }
        return false
    }

    /// Whether the format of the file says what numbers of this name are measured in: then they select nothing.
    /// - Parameter name: in the table of names.
    func isMeasured(_ name: Int) -> Bool {
        guard let format, !format.units.isEmpty else { return false }
        return format.units[names[name].text] != nil
    }

    /// Whether the format of the file says that a number of this name was given.
    /// - Parameter name: in the table of names.
    @inline(__always)
    func isGiven(_ name: Int) -> Bool {
        guard let format, !format.given.isEmpty else { return false }
        return format.given.contains(names[name].text)
    }

    /// Looks which format a JSON document is of.
    mutating func recognise() {
        format = nil
        var names: Set<String> = []
        var root = 0
        if tokens[0].kind == .array, tokens.end(of: 0) > 1 { root = 1 }
        guard tokens[root].kind == .object else { return }
        guard mayBeginFormat(root) else { return }
        for member in members(of: root) {
            let key = key(of: member)
            names.insert(key)
            var inner = member
            if tokens[inner].kind == .array, tokens.end(of: inner) > inner + 1 { inner += 1 }
            guard tokens[inner].kind == .object else { continue }
            for second in members(of: inner) { names.insert("\(key).\(self.key(of: second))") }
        }
        format = KnownFormat.of(names, in: KnownFormats.json)
    }

    /// Looks which format a table is of.
    mutating func recognise(columns: [Int]) {
        let marks = columns.reduce(0) { $0 | names.formatMark(of: $1) }
        format = marks == 0 ? nil : KnownFormats.table(marks)
    }

    private func mayBeginFormat(_ object: Int) -> Bool {
        let end = tokens.end(of: object)
        var (member, count) = (object + 1, 0)
        while member < end, count < FactCollector.mostMembers {
            if names.beginsFormat(places[tokens[member].place].key) { return true }
            (member, count) = (tokens.end(of: member), count + 1)
        }
        return false
    }

    private static let mostMembers = 64

    func key(of member: Int) -> String { names[places[tokens[member].place].key].text }

    private func members(of object: Int) -> [Int] {
        let end = tokens.end(of: object)
        var (members, member): ([Int], Int) = ([], object + 1)
        while member < end, members.count < FactCollector.mostMembers {
            members.append(member)
            member = tokens.end(of: member)
        }
        return members
    }
}
