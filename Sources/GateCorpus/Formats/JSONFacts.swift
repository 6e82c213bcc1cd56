import GateCore
import GateJSON
import GateVocabulary

/// Facts and harvested metrics of one JSON document.
struct JSONFacts {
    let bytes: UnsafeBufferPointer<UInt8>
    let file: String
    /// The array indices on the way to where it stands.
    private(set) var indices: [Int] = []
    /// From beside the numbers, the nearest one last.
    private var units: [ScopedUnit] = []
    /// Numbers that select their object, of the array whose element is read.
    private var keys: [Int] = []
    /// Room for those of one object.
    private var labels: [Int] = []

    /// Collects the facts of a file that was begun.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, into collector: inout FactCollector
    ) throws(FileRefusal) {
        let isLines = file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson")
        // Lines of JSON under another name are read as what they are.
        guard
            collector.readTokens(bytes, lines: isLines)
                || !isLines && JSONFacts.mayBeLines(bytes) && collector.readTokens(bytes, lines: true)
        else { throw refusal(bytes, isLines: isLines) }
        collector.count(missing: collector.tokens.missing)
        collector.recognise()
        var reader = JSONFacts(bytes: bytes, file: file)
        var owner = collector.packer.owner(0, collector.label(file: file))
        if collector.format?.isToldByFolders == true {
            for folder in JSONFacts.folders(of: file) {
                owner = collector.packer.owner(owner, collector.label(path: folder))
            }
        }
        if collector.format == nil, reader.takeScalars(0, owner: owner, &collector) {
            collector.format = KnownFormats.scalars
            return
        }
        reader.walk(0, Standing(owner: owner, role: .number), &collector)
    }

    /// `parse/new` of `target/criterion/parse/new/estimates.json`
    private static func folders(of file: String) -> [String] {
        let folders = file.split(separator: "/").dropLast()
        let tool = folders.lastIndex { $0 == "criterion" }.map { $0 + 1 } ?? max(0, folders.count - 2)
        return folders[tool...].map(String.init)
    }

    /// Objects or arrays may follow each other.
    private static func mayBeLines(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = bytes.first { !isBlank($0) }
        return first == ascii("{") || first == ascii("[")
    }

    private static func refusal(_ bytes: UnsafeBufferPointer<UInt8>, isLines: Bool) -> FileRefusal {
        if isLines, let reason = refusedLine(bytes) { return FileRefusal(reason: reason) }
        do {
            _ = try JSONValue.parse(bytes, notFinite: .null)
            return FileRefusal(reason: "more than 4 GB in one JSON document")
        } catch {
            return FileRefusal(reason: "\(error)")
        }
    }

    /// Which line is no JSON, and why.
    private static func refusedLine(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let text = trimmed(UnsafeBufferPointer(rebasing: line))
            guard !text.isEmpty else { continue }
            do { _ = try JSONValue.parse(text, notFinite: .null) } catch { return "line \(index + 1): \(error)" }
        }
        return nil
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// Where a value stands.
    private struct Standing {
        /// In the packer.
        var owner: Int
        var role: NameRole
        /// In the array that holds it; -1 where none does.
        var index = -1
        var isKey = false
        /// Below a key that says so numbers are versions.
        var isVersion = false
        /// What a number that is called a value is a value of, in the table of names; -1 where that is not told.
        var metric = -1
    }

    @inline(__always)
    private mutating func walk(_ token: Int, _ standing: Standing, _ collector: inout FactCollector) {
        let value = collector.tokens[token]
        switch value.kind {
        case .number: appendNumber(value, standing, &collector)
        case .object: walkObject(token, standing, &collector)
        case .array: walkArray(token, standing, &collector)
        case .string: appendString(value, standing, &collector)
        case .bool, .null: break
        }
    }

    private mutating func walkArray(_ token: Int, _ standing: Standing, _ collector: inout FactCollector) {
        let end = collector.tokens.end(of: token)
        let keys = JSONKeys.places(in: token, collector)
        var element = token + 1
        var index = 0
        indices.append(0)
        while element < end {
            indices[indices.count - 1] = index
            self.keys = keys
            walk(
                element,
                Standing(
                    owner: standing.owner, role: standing.role, index: index, isKey: standing.isKey,
                    metric: standing.metric), &collector)
            element = collector.tokens.end(of: element)
            index += 1
        }
        indices.removeLast()
    }

    private mutating func walkObject(_ token: Int, _ standing: Standing, _ collector: inout FactCollector) {
        let shape = collector.format?.shape ?? .plain
        if shape == .series, takeSeries(token, owner: standing.owner, &collector) { return }
        if let amount = collector.format?.amount, isZero(amount, of: token, collector) { return }
        let isElement = standing.index >= 0
        var identity = JSONIdentity(bytes: bytes, isElement: isElement, keys: isElement ? keys : [])
        labels.removeAll(keepingCapacity: true)
        identity.read(token, &labels, &collector)
        let owner = owner(of: token, standing, &collector)
        let isVersion =
            standing.isVersion
            || collector.names.role(of: collector.places[collector.tokens[token].place].key) == .versions
        if !identity.units.isEmpty { units += identity.units.reversed() }
        defer { if !identity.units.isEmpty { units.removeLast(identity.units.count) } }
        if shape == .spans { appendDuration(token, owner, &collector) }
        let end = collector.tokens.end(of: token)
        var member = token + 1
        while member < end {
            let place = collector.tokens[member].place
            let role = collector.places[place].role
            let resolved = role.resolved(besideParameters: identity.hasParameters)
            let isKey = identity.isKey(place, role) || collector.isGiven(collector.places[place].key)
            walk(
                member,
                Standing(
                    owner: owner, role: resolved, isKey: isKey, isVersion: isVersion,
                    metric: identity.metric ?? -1), &collector)
            member = collector.tokens.end(of: member)
        }
    }

    /// What the numbers of an object were measured on: what it stands in, and what its members say that it is.
    private func owner(
        of object: Int, _ standing: Standing, _ collector: inout FactCollector
    ) -> Int {
        let place = collector.tokens[object].place
        var owner = standing.owner
        if standing.index >= 0 {
            if labels.isEmpty {
                owner = collector.packer.owner(owner, collector.label(at: place, index: standing.index))
            }
        } else if collector.places[place].isNamed, !collector.names.isContainer(collector.places[place].key),
            !collector.isHeld(place)
        {
            owner = collector.packer.owner(owner, collector.label(at: place, index: nil))
        }
        let outer = owner
        for label in labels where !collector.packer.has(outer, label) {
            owner = collector.packer.owner(owner, label)
        }
        return owner
    }

    @inline(__always)
    private mutating func appendNumber(
        _ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector
    ) {
        if collector.places[value.place].isHarvested, collector.places.isNewToHarvest(value.place, indices),
            let number = DecimalText.double(bytes.slice(value))
        {
            harvest(number, value.place, &collector)
        }
        guard !standing.isKey else { return appendKey(value, standing, &collector) }
        guard !standing.isVersion else { return appendVersion(value, standing, &collector) }
        guard standing.role == .number || standing.role == .label else { return }
        if collector.places[value.place].isNumbered, standing.metric < 0 {
            return appendNumbered(value, standing, &collector)
        }
        let name =
            units.isEmpty && standing.metric < 0
            ? collector.name(at: value.place, nil) : scopedName(value.place, standing, &collector)
        let owner = owner(standing.owner, name, collector)
        if !value.digits.isNone {
            collector.packer.append(value.digits, name: name.number, owner: owner, indices: indices)
        } else if let number = DecimalText.double(bytes.slice(value)) {
            collector.packer.append(
                bytes.slice(value), value: number, name: name.number, owner: owner, indices: indices)
        }
    }

    /// `"statusCodeDistribution": {"200": 17, "503": 2}`: the holder names the metric, the key the row.
    private func appendNumbered(
        _ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector
    ) {
        let place = collector.places[value.place]
        let holder = collector.places[place.outer].key
        let metric = collector.names[holder].metric
        let unit = units.last { $0.applies(to: metric) }
        let name = collector.name(at: value.place, unit?.quantity, metric: holder)
        var owner = standing.owner
        if let last = collector.packer.parts(of: owner), last.label == collector.label(at: place.outer, index: nil) {
            owner = last.parent
        }
        var key = collector.names[place.key].text
        let label = key.withUTF8 { collector.label(holder, onOneLine: true, equals: $0) }
        owner = collector.packer.owner(owner, label)
        if !value.digits.isNone {
            collector.packer.append(value.digits, name: name.number, owner: owner, indices: indices)
        } else if let number = DecimalText.double(bytes.slice(value)) {
            collector.packer.append(
                bytes.slice(value), value: number, name: name.number, owner: owner, indices: indices)
        }
    }

    /// With the unit or the metric that stands beside it.
    private func scopedName(
        _ place: Int, _ standing: Standing, _ collector: inout FactCollector
    ) -> JSONPlaces.Name {
        let key = collector.names[collector.places[place].key]
        let metric = key.isValue && standing.metric >= 0 ? standing.metric : nil
        let own = metric.map { collector.names[$0].metric } ?? key.metric
        // `"scorePercentiles": {"50.0": …}` beside a `scoreUnit`.
        let holder =
            collector.isOfQuantiles(place)
            ? collector.names[collector.places[collector.places[place].outer].key].metric : nil
        let unit =
            units.last { $0.applies(to: own) } ?? holder.flatMap { holder in units.last { $0.applies(to: holder) } }
        return collector.name(at: place, unit?.quantity, metric: metric)
    }

    /// It is a name of the others; what it is stands in the facts all the same.
    private func appendKey(_ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector) {
        let name = collector.name(at: value.place, nil, kind: .key)
        guard value.digits.isNone else {
            return collector.packer.append(
                value.digits, name: name.number, owner: standing.owner, indices: indices)
        }
        guard let number = DecimalText.double(bytes.slice(value)) else { return }
        collector.packer.append(
            bytes.slice(value), value: number, name: name.number, owner: standing.owner, indices: indices)
    }

    private func appendVersion(
        _ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector
    ) {
        let name = collector.name(at: value.place, nil, kind: .version)
        collector.packer.append(
            bytes.slice(value), value: .nan, name: name.number, owner: standing.owner, indices: indices)
    }

    private mutating func appendString(
        _ value: JSONTokens.Token, _ standing: Standing, _ collector: inout FactCollector
    ) {
        guard value.traits.contains(.escapes) else {
            return appendText(bytes.slice(value), value.place, standing, &collector)
        }
        var text = JSONCursor.Text(bytes: bytes.slice(value), hasEscapes: true).characters
        text.withUTF8 { appendText($0, value.place, standing, &collector) }
    }

    private mutating func appendText(
        _ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ standing: Standing, _ collector: inout FactCollector
    ) {
        if collector.places[place].isHarvested, let value = Harvest.value(text) {
            harvest(value, place, &collector)
        }
        let named = collector.names[collector.places[place].key].metric.quantity
        guard standing.role == .number, let number = WrittenNumber(text: text, named) else {
            return appendOther(text, place, standing, &collector)
        }
        let quantity = number.quantity ?? named
        // A string of digits is a version or a name as often as a number; a value with a fraction is one.
        let isValue = collector.names[collector.places[place].key].isValue && text.contains(UInt8(ascii: "."))
        guard quantity != .unknown || isValue else { return appendOther(text, place, standing, &collector) }
        let name = collector.name(at: place, quantity)
        collector.packer.append(
            trimmed(text), value: number.value, name: name.number, owner: owner(standing.owner, name, collector),
            indices: indices)
    }

    /// Dates, versions and identifiers are facts of their kinds.
    private func appendOther(
        _ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ standing: Standing, _ collector: inout FactCollector
    ) {
        let kind: FactValue.Kind
        switch collector.kind(of: text) {
        case .date: kind = .date
        case .version: kind = .version
        case .identifier: kind = .identifier
        case .text: return
        }
        let name = collector.name(at: place, nil, kind: kind)
        collector.packer.append(text, value: .nan, name: name.number, owner: standing.owner, indices: indices)
    }

    /// Without the last label where the name tells it.
    @inline(__always)
    private func owner(_ owner: Int, _ name: JSONPlaces.Name, _ collector: borrowing FactCollector) -> Int {
        guard let label = name.ownerLabel, let last = collector.packer.parts(of: owner), last.label == label else {
            return owner
        }
        return last.parent
    }

    private func harvest(_ value: Double, _ place: Int, _ collector: inout FactCollector) {
        let path = collector.places.path(to: place)
        collector.harvest(
            "json_" + filled(path.keys), value, from: FactSource(file: file, pointer: filled(path.pointer)))
    }

    /// The pieces of a path with the indices between them.
    private func filled(_ pieces: [String]) -> String {
        zip(pieces.dropFirst(), indices).reduce(pieces[0]) { "\($0)\($1.1)\($1.0)" }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The text of a token, without quotes.
    func slice(_ token: JSONTokens.Token) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: self[token.range])
    }
}
