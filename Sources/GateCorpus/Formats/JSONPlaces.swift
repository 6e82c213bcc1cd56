import GateCore
import GateJSON
import GateVocabulary

/// The places in JSON documents where values stand, array indices left open: what is told by the keys on the way to
/// them, remembered, because documents of one kind repeat them.
struct JSONPlaces: ~Copyable {
    struct Place {
        /// The key that holds the value, or the array that does: a number in the table of names.
        let key: Int
        /// The place of the object or array around it.
        let outer: Int
        let isElement: Bool
        let isNamed: Bool
        /// Its key is a number, and none of a percentile: it tells which row of what holds it.
        let isNumbered: Bool
        /// A key on the way speaks of tokens, speed and so on.
        let isHarvested: Bool
        /// Of the key; of an array's elements as of the array.
        let role: NameRole

        // What is only worked out where it is wanted.
        fileprivate(set) var name: Name?
        /// Of numbers here that are keys.
        fileprivate(set) var keyName: Name?
        fileprivate var keyLabel: Int?
        /// Below this index all have been harvested; where there is no index, below 1.
        fileprivate var harvested = 0
    }

    /// What is seldom asked for of a place.
    struct Path {
        /// The key of the object around the value; nil where that has none.
        let owner: Int?
        /// RFC 6901, with a gap for each array index.
        let pointer: [String]
        /// `results[0].tokens_s`, as the original project's keys have it, with a gap for each array index.
        let keys: [String]
        fileprivate var elementLabels: [Int] = []
    }

    /// The name of the numbers at a place, in the packer.
    struct Name {
        let number: Int
        /// The metric's name has the owner's in it, so that the owner need not say it again.
        let ownerLabel: Int?
    }

    private static let elements = 0x8000_0000

    private var places = Room<Place>(capacity: 256)
    private var paths: [Path] = []
    private var inner = PairIndex()
    private var unusual: [UnusualName: Name] = [:]
    /// Of places with two indices.
    private var harvested = PairIndex()

    /// A name that more than the place tells.
    struct UnusualName: Hashable {
        let place: Int
        let quantity: Quantity?
        /// In the table of names.
        let metric: Int?
        let kind: FactValue.Kind
        let format: String?
    }

    @inline(__always)
    subscript(place: Int) -> Place { places[place] }
    func path(to place: Int) -> Path { paths[place] }

    mutating func removeAll() {
        places.removeAll()
        paths.removeAll(keepingCapacity: true)
        inner.removeAll()
        unusual.removeAll()
        harvested.removeAll()
    }

    /// The place of a whole document.
    mutating func root(_ names: inout NameTable) -> Int {
        if places.count == 0 {
            add(
                Place(
                    key: names.find(""), outer: 0, isElement: false, isNamed: false, isNumbered: false,
                    isHarvested: false, role: .number),
                Path(owner: nil, pointer: [""], keys: [""]))
        }
        return 0
    }

    /// The place of a member with a key, which is a number in the table of names.
    mutating func member(_ key: Int, of object: Int, _ names: borrowing NameTable) -> Int {
        let next = places.count
        let found = inner.find(UInt64(object) << 32 | UInt64(key), orAdd: next)
        if found == next {
            let (outer, path) = (places[object], paths[object])
            let traits = names[key]
            add(
                Place(
                    key: key, outer: object, isElement: false, isNamed: !traits.text.isEmpty,
                    isNumbered: outer.isNamed && !outer.isElement && JSONPlaces.isNumber(traits.text)
                        && !names.isContainer(outer.key) && !JSONPlaces.isOfQuantiles(names[outer.key].text),
                    isHarvested: outer.isHarvested || traits.isHarvested, role: traits.role),
                Path(
                    owner: outer.isNamed ? outer.key : nil,
                    pointer: path.pointer.appending("/" + JSONPlaces.escaped(traits.text)),
                    keys: path.keys.appending((path.keys == [""] ? "" : ".") + traits.text)))
        }
        return found
    }

    /// The place of the elements of an array. Where the array is an element itself, its index is a part of their name.
    mutating func elements(of array: Int, at index: Int?, _ names: inout NameTable) -> Int {
        let next = places.count
        let step = index.map { $0 + 1 } ?? 0
        let found = inner.find(UInt64(array) << 32 | UInt64(JSONPlaces.elements + step), orAdd: next)
        if found == next {
            let (outer, path) = (places[array], paths[array])
            add(
                Place(
                    key: index.map { names.find("\(names[outer.key].text)[\($0)]") } ?? outer.key, outer: array,
                    isElement: true, isNamed: index != nil || outer.isNamed, isNumbered: false,
                    isHarvested: outer.isHarvested,
                    role: outer.role),
                Path(
                    owner: path.owner, pointer: path.pointer.appending("/") + [""],
                    keys: path.keys.appending("[") + ["]"]))
        }
        return found
    }

    private static func isNumber(_ key: String) -> Bool {
        key.utf8.first.map(isDigit) == true && key.utf8.count <= 16 && Double(key)?.isFinite == true
    }

    static func isOfQuantiles(_ holder: String) -> Bool {
        NameWords.words(of: holder).contains { ["percentile", "percentiles", "quantile", "quantiles"].contains($0) }
    }

    private mutating func add(_ place: Place, _ path: Path) {
        places.append(place)
        paths.append(path)
    }

    private static func escaped(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 == ascii("~") || $0 == ascii("/") }) else { return key }
        return key.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    }
}

/// What is worked out where it is wanted.
extension JSONPlaces {
    /// Whether a place has not been asked for with these indices before. May be wrong on the side of yes.
    mutating func isNewToHarvest(_ place: Int, _ indices: [Int]) -> Bool {
        guard indices.count <= 1 else { return isNewToHarvestDeep(place, indices) }
        // Indices come from 0 upwards.
        let index = indices.first ?? 0
        let known = places[place].harvested
        if index == known { places[place].harvested = known + 1 }
        return index >= known
    }

    private mutating func isNewToHarvestDeep(_ place: Int, _ indices: [Int]) -> Bool {
        guard indices.count == 2, indices[0] < 0xFFFF, indices[1] < 0xFFFF else { return true }
        let next = harvested.count
        return harvested.find(UInt64(place) << 32 | UInt64(indices[0] << 16 | indices[1]), orAdd: next) == next
    }
}

extension FactCollector {
    /// The name of the facts at a place.
    /// - Parameters:
    ///   - quantity: another one than the name tells.
    ///   - metric: whose value it is, in the table of names.
    mutating func name(
        at place: Int, _ quantity: Quantity?, metric named: Int? = nil, kind: FactValue.Kind = .number
    ) -> JSONPlaces.Name {
        let isPlain = quantity == nil && named == nil && kind == .number && format == nil
        if isPlain, let known = places[place].name { return known }
        if kind == .key, quantity == nil, named == nil, format == nil, let known = places[place].keyName {
            return known
        }
        let unusual = JSONPlaces.UnusualName(
            place: place, quantity: quantity, metric: named, kind: kind, format: format?.name)
        if let known = places.name(unusual) { return known }
        let path = places.path(to: place)
        let key = names[places[place].key]
        let holder = named == nil ? self.holder(of: place) : path.owner
        var metric = named.map { names[$0].metric } ?? key.metric
        if named == nil, let percent = Double(key.text), isOfQuantiles(place) { metric = metric.quantile(percent) }
        var ownerLabel: Int?
        if metric.isBare, let owner = holder {
            let outer = names[owner].metric
            metric = metric.qualified(by: outer)
            // A name that is that of a metric is no owner.
            if outer.quantity != .unknown || outer.statistic != .raw { ownerLabel = label(path: names[owner].text) }
            // `"duration_s": {"before": {"p50": …}}`
            if metric.quantity == .unknown, [.raw, .count, .rate].allSatisfy({ $0 != metric.statistic }),
                let measured = measuredHolder(of: place)
            {
                metric = metric.qualified(by: measured)
            }
        }
        if let format, !format.holders.isEmpty, let held = held(place, by: format) { metric = held }
        if let format {
            // Whose value stands here is in the unit of its own name.
            let told = named.map { names[$0].text } ?? key.text
            metric = format.completed(metric, key: told, holder: holder.map { names[$0].text })
        }
        let told = quantity.map { metric.measured(as: $0).quantity } ?? metric.quantity
        let number = packer.add(
            FactName(
                metric: metric.name.isEmpty ? "value" : metric.name, isIndexed: places[place].isElement,
                statistic: metric.statistic, dimension: told.dimension, unit: told.unit, kind: kind,
                place: .pointer(path.pointer)))
        let name = JSONPlaces.Name(number: number, ownerLabel: ownerLabel)
        places.remember(name, unusual)
        return name
    }

    /// The nearest key around a number that says what is measured: not `stats`, not `values`.
    private func holder(of place: Int) -> Int? {
        var outer = places[place].isElement ? places[places[place].outer].outer : places[place].outer
        while outer != 0 {
            let key = places[outer].key
            if !names.isContainer(key), !names[key].text.isEmpty { return key }
            outer = places[outer].outer
        }
        return nil
    }

    /// The nearest key around a number that names something measured in a unit.
    private func measuredHolder(of place: Int) -> MetricName? {
        var outer = places[place].outer
        while outer != 0 {
            let metric = names[places[outer].key].metric
            if metric.quantity.unit != nil, metric.quantity.dimension != .count { return metric }
            // Each element of an array is a thing of its own.
            if places[outer].isElement { return nil }
            outer = places[outer].outer
        }
        return nil
    }

    func isOfQuantiles(_ place: Int) -> Bool {
        JSONPlaces.isOfQuantiles(names[places[places[place].outer].key].text)
    }

    /// A key of digits is a setting of what holds it: `"concurrency": {"8": …}`.
    private mutating func label(member key: String, of owner: Int?) -> Int {
        guard let owner, !key.isEmpty, key.utf8.count <= 12, key.utf8.allSatisfy(isDigit) else {
            return label(path: key)
        }
        var text = key
        return text.withUTF8 { label(owner, onOneLine: true, equals: $0) }
    }

    /// The label that an object gets from the key that holds it, or from the array and its index.
    mutating func label(at place: Int, index: Int?) -> Int {
        if let known = places.label(at: place, index: index) { return known }
        let key = names[places[place].key].text
        guard let index else {
            let new = label(member: key, of: places.path(to: place).owner)
            places.remember(keyLabel: new, at: place)
            return new
        }
        let new = label(path: "\(key)[\(index)]")
        places.remember(label: new, at: place, index: index)
        return new
    }
}

extension JSONPlaces.UnusualName {
    /// The place tells it.
    fileprivate var isPlain: Bool { quantity == nil && metric == nil && kind == .number && format == nil }
}

extension JSONPlaces {
    fileprivate func name(_ name: UnusualName) -> Name? {
        name.isPlain ? places[name.place].name : unusual[name]
    }

    fileprivate mutating func remember(_ name: Name, _ unusual: UnusualName) {
        if unusual.isPlain {
            places[unusual.place].name = name
        } else if unusual.kind == .key, unusual.quantity == nil, unusual.metric == nil, unusual.format == nil {
            places[unusual.place].keyName = name
        } else {
            self.unusual[unusual] = name
        }
    }

    fileprivate func label(at place: Int, index: Int?) -> Int? {
        guard let index else { return places[place].keyLabel }
        return index < paths[place].elementLabels.count ? paths[place].elementLabels[index] : nil
    }

    fileprivate mutating func remember(keyLabel: Int, at place: Int) { places[place].keyLabel = keyLabel }

    /// Remembers the labels of indices that come one after the other.
    fileprivate mutating func remember(label: Int, at place: Int, index: Int) {
        if index == paths[place].elementLabels.count { paths[place].elementLabels.append(label) }
    }
}

extension [String] {
    /// With a text put behind the last one.
    fileprivate func appending(_ text: String) -> [String] { dropLast() + [(last ?? "") + text] }
}
